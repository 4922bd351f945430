import { aliasesOf, readAlias } from '../../content-types/rules/aliases';
import { pathOf } from '../../content-types/rules/path-of';
import { pathKey } from '../../content-types/rules/site-path';
import type { WantedRecord } from '../mappings/to-records';
import type { Path } from '../source/json';
import { locate } from '../source/locate';
import { problemAt } from '../source/parsed-file';
import type { Problem } from '../source/problem';
import { labelOf } from './compare';

/** One alias of a record: where in its file it stands, and the path it means. */
export interface PlacedAlias {
  place: Path;
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
    const place = placeOf(record, index);
    const alias = readAlias(value, isOwnHost);
    if ('path' in alias) aliases.push({ place, value, ...alias });
    else if (record.file) {
      problems.push(problemAt(record.file, 'redirect/invalid', place, `The alias ${JSON.stringify(value)} ${alias.problem}.`));
    }
  });
  return { aliases, problems };
};

/** Half a digest: enough to find what is to be told, and half the memory of a large archive. */
const shortKey = (key: string): string => key.slice(0, 32);

/**
 * Finds the aliases of an archive that cannot become redirects: no paths, the place of another page, or claimed twice. Of each record it keeps
 * digests and a number, and asks for the few again that there is something to tell about.
 */
export class RedirectCheck {
  private count = 0;
  private readonly pages = new Map<string, number>();
  private readonly owners = new Map<string, number>();
  private readonly twice: { key: string; number: number }[] = [];
  private readonly found: Problem[] = [];

  /** Takes a record, in the order in which `problems` will be asked for them: from 0. */
  add(record: WantedRecord): void {
    const number = this.count;
    this.count += 1;
    const page = pathOf(record.type, record.values);
    const pageKey = page === null ? undefined : shortKey(pathKey(page));
    if (pageKey && !this.pages.has(pageKey)) this.pages.set(pageKey, number);
    if (record.type !== 'curated-content' || !record.file) return;

    // Which host is the site's own is not known without Strapi; a plan knows.
    const { aliases, problems } = placedAliases(record, () => true);
    this.found.push(...problems);
    const own = new Set<string>();
    for (const { place, path, key } of aliases) {
      const short = shortKey(key);
      if (short === pageKey) {
        this.found.push(problemAt(record.file, 'redirect/loop', place, `"${path}" is where the story itself stands.`));
      } else if (own.has(short)) {
        this.found.push(problemAt(record.file, 'redirect/duplicate', place, `"${path}" stands here a second time.`));
      } else if (this.owners.has(short)) this.twice.push({ key: short, number });
      else this.owners.set(short, number);
      own.add(short);
    }
  }

  /**
   * What there is to tell.
   *
   * @param recordAt a record by its number
   */
  problems(recordAt: (number: number) => WantedRecord): Problem[] {
    const problems = [...this.found];
    const tell = (number: number, short: string, make: (record: WantedRecord, alias: PlacedAlias) => Problem) => {
      const record = recordAt(number);
      const alias = placedAliases(record, () => true).aliases.find(({ key }) => shortKey(key) === short);
      if (alias) problems.push(make(record, alias));
    };

    for (const { key, number } of this.twice) {
      tell(number, key, (record, { place, path }) => {
        const first = recordAt(this.owners.get(key)!);
        const [other] = placedAliases(first, () => true).aliases.filter((alias) => shortKey(alias.key) === key);
        const { line } = locate(first.file!, other!.place);
        const message = `"${path}" is an alias of "${labelOf(first.values)}" too (${first.path}:${line}), and leads there.`;
        return problemAt(record.file!, 'redirect/duplicate', place, message);
      });
    }
    for (const [key, number] of this.owners) {
      const page = this.pages.get(key);
      if (page !== undefined) tell(number, key, (record, alias) => this.tellTaken(number, record, alias, page, recordAt));
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
      return problemAt(record.file!, 'redirect/loop', place, message);
    }
    const next = way[0];
    if (next !== undefined) {
      const message = `${there}, and an alias in ${recordAt(next).path} would lead on from here: a redirect would lead to a redirect.`;
      return problemAt(record.file!, 'redirect/chain', place, message);
    }
    if (placedAliases(standing, () => true).aliases.length > 0) {
      const message = `${there}, with aliases of its own: a redirect would lead to a redirect.`;
      return problemAt(record.file!, 'redirect/chain', place, message);
    }
    return problemAt(record.file!, 'redirect/collision', place, `${there}; a page is never hidden by a redirect.`);
  }

  /** Where aliases would lead on from a record's own page, to the end or until a page comes again. */
  private wayFrom(number: number, recordAt: (number: number) => WantedRecord): number[] {
    const way: number[] = [];
    for (let at = number; ;) {
      const { type, values } = recordAt(at);
      const page = pathOf(type, values);
      const next = page === null ? undefined : this.owners.get(shortKey(pathKey(page)));
      if (next === undefined || next === number || way.includes(next)) return way;
      way.push(next);
      at = next;
    }
  }
}
