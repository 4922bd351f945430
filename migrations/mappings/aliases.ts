import { aliasesOf, readAlias } from '../../content-types/rules/aliases';
import { pathOf } from '../../content-types/rules/path-of';
import { pathKey } from '../../content-types/rules/site-path';
import type { Path } from '../source/json';
import { problemAt } from '../source/parsed-file';
import { detached, firstFewOfEach, type Problem, type RuleName } from '../source/problem';
import type { WantedRecord } from './wanted-record';

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

/** A record's aliases as paths; those that can lead nowhere are told, addresses of other sites apart from the others. */
export const placedAliases = (
  record: WantedRecord,
  isOwnHost: (host: string) => boolean,
): { aliases: PlacedAlias[]; problems: Problem[]; foreign: Problem[] } => {
  const aliases: PlacedAlias[] = [];
  const [problems, foreign]: [Problem[], Problem[]] = [[], []];
  aliasesOf(record.values.aliases).forEach((value, index) => {
    const place = () => placeOf(record, index);
    const alias = readAlias(value, isOwnHost);
    if ('path' in alias) aliases.push({ place, value, ...alias });
    else if (record.file) {
      (alias.isForeign ? foreign : problems).push(
        problemAt(record.file, 'redirect/invalid', place(), `The alias ${JSON.stringify(value)} ${alias.problem}.`),
      );
    }
  });
  return { aliases, problems, foreign };
};

/** The paths of a record by their keys: where it stands, and from where it is to be found too. */
export interface RecordPaths {
  page?: string;
  aliases: string[];
  /** What is wrong with the aliases, whatever else is in the archive. */
  problems: readonly Problem[];
}

/** Which paths a record asks for. */
export const recordPaths = (record: WantedRecord): RecordPaths => {
  const { type, values, file } = record;
  const path = pathOf(type, values);
  const page = path === null ? undefined : pathKey(path);
  if (type !== 'curated-content' || !file) return { page, aliases: [], problems: [] };

  // Which host is the site's own is not known without Strapi; a plan knows.
  const placed = placedAliases(record, () => true);
  const { problems } = placed;
  const aliases = new Set<string>();
  for (const { place, path, key } of placed.aliases) {
    const tell = (rule: RuleName, message: string) => problems.push(problemAt(file, rule, place(), message));
    if (key === page) tell('redirect/loop', `"${path}" is where the story itself stands.`);
    else if (aliases.has(key)) tell('redirect/duplicate', `"${path}" stands here a second time.`);
    else aliases.add(key);
  }
  return { page, aliases: [...aliases], problems: detached(firstFewOfEach(problems)) };
};
