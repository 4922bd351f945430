import { aliasesOf, readAlias } from '../../content-types/rules/aliases';
import { pathOf } from '../../content-types/rules/path-of';
import { pathKey } from '../../content-types/rules/site-path';
import type { WantedRecord } from '../mappings/wanted-record';
import type { Path } from '../source/json';
import { locate } from '../source/locate';
import { problemAt, type ParsedFile } from '../source/parsed-file';
import { detached, type Problem, type RuleName } from '../source/problem';
import { KeyTable } from '../spool/key-table';
import { labelOf } from './compare';

/** One alias of a record: where in its file it stands, and the path it means. */
export interface PlacedAlias {
  /** Asked for the few that are told: to find it, a file may have to be read again. */
  place: () => Path;
  value: unknown;
  path: string;
  key: string;
}

const placeOf = ({ placeOf: find, values }: WantedRecord, index: number): Path => {
  const place = find?.('aliases') ?? [];
  return Array.isArray(values.aliases) ? [...place, index] : place;
};

/** A record's aliases as paths; those that can lead nowhere are told. */
export const placedAliases = (
  record: WantedRecord,
  isOwnHost: (host: string) => boolean,
): { aliases: PlacedAlias[]; problems: Problem[] } => {
  const aliases: PlacedAlias[] = [];
  const problems: Problem[] = [];
  aliasesOf(record.values.aliases).forEach((value, index) => {
    const place = () => placeOf(record, index);
    const alias = readAlias(value, isOwnHost);
    if ('path' in alias) aliases.push({ place, value, ...alias });
    else if (record.file) {
      problems.push(problemAt(record.file, 'redirect/invalid', place(), `The alias ${JSON.stringify(value)} ${alias.problem}.`));
    }
  });
  return { aliases, problems };
};

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

  /** Takes a record, in the order in which `problems` will be asked for them: from 0. */
  add(record: WantedRecord): void {
    const number = this.count;
    this.count += 1;
    const page = pathOf(record.type, record.values);
    const pageKey = page === null ? undefined : pathKey(page);
    if (pageKey && !this.pages.has(pageKey)) {
      this.pages.set(pageKey, number);
      const owner = this.owners.get(pageKey);
      if (owner !== undefined) this.taken.push({ key: pageKey, number: owner, page: number });
    }
    if (record.type !== 'curated-content' || !record.file) return;

    // Which host is the site's own is not known without Strapi; a plan knows.
    const { aliases, problems } = placedAliases(record, () => true);
    this.found.push(...detached(problems));
    const own = new Set<string>();
    for (const { place, path, key } of aliases) {
      if (key === pageKey) this.tell(record.file, 'redirect/loop', place(), `"${path}" is where the story itself stands.`);
      else if (own.has(key)) this.tell(record.file, 'redirect/duplicate', place(), `"${path}" stands here a second time.`);
      else if (this.owners.has(key)) this.twice.push({ key, number });
      else {
        this.owners.set(key, number);
        const page = this.pages.get(key);
        if (page !== undefined) this.taken.push({ key, number, page });
      }
      own.add(key);
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

  private tell(file: ParsedFile, rule: RuleName, place: Path, message: string): void {
    this.found.push(...detached([problemAt(file, rule, place, message)]));
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
