import { placedAliases, type PlacedAlias, type RecordPaths } from '../mappings/aliases';
import type { WantedRecord } from '../mappings/wanted-record';
import { locate } from '../source/locate';
import { problemAt } from '../source/parsed-file';
import { detached, type Problem, type RuleName } from '../source/problem';
import { rememberLast } from '../source/remember-last';
import { KeyTable } from '../spool/key-table';
import { circlesOf } from './circles';
import { labelOf } from './compare';

/** A record, and its aliases by their keys. */
interface Recalled {
  record: WantedRecord;
  aliases: ReadonlyMap<string, PlacedAlias>;
}

/**
 * Finds the aliases of an archive that cannot become redirects: no paths, the place of another page, or claimed twice. Of each record it keeps
 * digests and a number, and asks for the few again that there is something to tell about.
 */
export class RedirectCheck {
  private count = 0;
  private readonly pages = new KeyTable();
  private readonly owners = new KeyTable();
  private readonly twice: { key: string; number: number }[] = [];
  private readonly taken: { key: string; number: number; page: number }[] = [];
  private readonly found: Problem[] = [];

  /** Takes the paths of a record, in the order in which `problems` will ask for them: from 0. */
  add({ page, aliases, problems }: RecordPaths): void {
    const number = this.count;
    this.count += 1;
    if (page && !this.pages.has(page)) {
      this.pages.set(page, number);
      const owner = this.owners.get(page);
      if (owner !== undefined) this.taken.push({ key: page, number: owner, page: number });
    }
    this.found.push(...problems);
    for (const key of aliases) {
      if (this.owners.has(key)) {
        this.twice.push({ key, number });
        continue;
      }
      this.owners.set(key, number);
      const page = this.pages.get(key);
      if (page !== undefined) this.taken.push({ key, number, page });
    }
  }

  /**
   * What there is to tell.
   *
   * @param recordAt a record by its number
   */
  problems(recordAt: (number: number) => WantedRecord): Problem[] {
    const problems = [...this.found];
    const createRecall = () =>
      rememberLast((number: number): Recalled => {
        const record = recordAt(number);
        const { aliases } = placedAliases(record, () => true);
        return { record, aliases: new Map(aliases.toReversed().map((alias) => [alias.key, alias])) };
      });
    // One by one, and those of a record together: to ask for a record may be to read its file again.
    const [recall, recallOther] = [createRecall(), createRecall()];
    const tell = (number: number, wanted: string, make: (record: WantedRecord, alias: PlacedAlias) => Problem) => {
      const { record, aliases } = recall(number);
      const alias = aliases.get(wanted);
      if (alias) problems.push(...detached([make(record, alias)]));
    };

    const twice = this.twice
      .map((each) => ({ ...each, owner: this.owners.get(each.key)! }))
      .sort((a, b) => a.number - b.number || a.owner - b.owner);
    // All that is asked of the first files before anything is told of the others: going to and fro, each would be parsed again and again.
    const firsts = twice.map(({ key, owner }) => {
      const { record, aliases } = recallOther(owner);
      const { line } = locate(record.file!, aliases.get(key)!.place());
      return `"${labelOf(record.values)}" too (${record.path}:${line})`;
    });
    for (const [index, { key, number }] of twice.entries()) {
      tell(number, key, (record, { place, path }) => {
        const message = `"${path}" is an alias of ${firsts[index]}, and leads there.`;
        return problemAt(record.file!, 'redirect/duplicate', place(), message);
      });
    }

    /** From each page that an alias leads away from: the record with the alias. */
    const next = new Map(this.taken.map(({ page, number }) => [page, number]));
    const inCircles = new Set(circlesOf(next).flat());
    for (const { key, number, page } of this.taken.sort((a, b) => a.number - b.number)) {
      tell(number, key, (record, { place, path }) => {
        const { record: standing, aliases } = recallOther(page);
        const there = `"${path}" is where "${labelOf(standing.values)}" stands (${standing.path})`;
        const told = (rule: RuleName, message: string) => problemAt(record.file!, rule, place(), message);
        if (inCircles.has(page)) {
          return told('redirect/loop', `${there}, and an alias there leads back here: the two would lead to each other.`);
        }
        const on = next.get(number);
        if (on !== undefined) {
          const message = `${there}, and an alias in ${recallOther(on).record.path} would lead on from here: a redirect would lead to a redirect.`;
          return told('redirect/chain', message);
        }
        if (aliases.size > 0) return told('redirect/chain', `${there}, with aliases of its own: a redirect would lead to a redirect.`);
        return told('redirect/collision', `${there}; a page is never hidden by a redirect.`);
      });
    }
    return problems;
  }
}
