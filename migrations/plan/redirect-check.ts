import { pathOf } from '../../content-types/rules/path-of';
import { pathKey } from '../../content-types/rules/site-path';
import { placedAliases, type PlacedAlias, type RecordPaths } from '../mappings/aliases';
import type { WantedRecord } from '../mappings/wanted-record';
import { locate } from '../source/locate';
import { problemAt } from '../source/parsed-file';
import { detached, type Problem } from '../source/problem';
import { KeyTable } from '../spool/key-table';
import { labelOf } from './compare';

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
    const tell = (number: number, wanted: string, make: (record: WantedRecord, alias: PlacedAlias) => Problem) => {
      const record = recordAt(number);
      const alias = placedAliases(record, () => true).aliases.find(({ key }) => key === wanted);
      if (alias) problems.push(...detached([make(record, alias)]));
    };

    for (const { key, number } of this.twice) {
      tell(number, key, (record, { place, path }) => {
        const first = recordAt(this.owners.get(key)!);
        const [other] = placedAliases(first, () => true).aliases.filter((alias) => alias.key === key);
        const { line } = locate(first.file!, other!.place());
        const message = `"${path}" is an alias of "${labelOf(first.values)}" too (${first.path}:${line}), and leads there.`;
        return problemAt(record.file!, 'redirect/duplicate', place(), message);
      });
    }
    for (const { key, number, page } of this.taken) {
      tell(number, key, (record, alias) => this.tellTaken(number, record, alias, page, recordAt));
    }
    return problems;
  }

  /** A page stands where an alias leads away from. */
  private tellTaken(
    number: number,
    record: WantedRecord,
    { place, path }: PlacedAlias,
    page: number,
    recordAt: (number: number) => WantedRecord,
  ): Problem {
    const standing = recordAt(page);
    const there = `"${path}" is where "${labelOf(standing.values)}" stands (${standing.path})`;
    const way = this.wayFrom(number, recordAt);
    if (way.at(-1) === page) {
      const message = `${there}, and an alias there leads back here: the two would lead to each other.`;
      return problemAt(record.file!, 'redirect/loop', place(), message);
    }
    const next = way[0];
    if (next !== undefined) {
      const message = `${there}, and an alias in ${recordAt(next).path} would lead on from here: a redirect would lead to a redirect.`;
      return problemAt(record.file!, 'redirect/chain', place(), message);
    }
    if (placedAliases(standing, () => true).aliases.length > 0) {
      const message = `${there}, with aliases of its own: a redirect would lead to a redirect.`;
      return problemAt(record.file!, 'redirect/chain', place(), message);
    }
    return problemAt(record.file!, 'redirect/collision', place(), `${there}; a page is never hidden by a redirect.`);
  }

  /** Where aliases would lead on from a record's own page, to the end or until a page comes again. */
  private wayFrom(number: number, recordAt: (number: number) => WantedRecord): number[] {
    const way: number[] = [];
    for (let at = number; ;) {
      const { type, values } = recordAt(at);
      const page = pathOf(type, values);
      const next = page === null ? undefined : this.owners.get(pathKey(page));
      if (next === undefined || next === number || way.includes(next)) return way;
      way.push(next);
      at = next;
    }
  }
}
