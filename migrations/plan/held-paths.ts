import { placedAliases, type PlacedAlias } from '../mappings/aliases';
import type { WantedRecord } from '../mappings/wanted-record';
import { problemAt } from '../source/parsed-file';
import type { Problem } from '../source/problem';
import type { Database } from './database';

/**
 * Finds the aliases of stories whose paths lead elsewhere already, to entries that no file of an archive describes; `RedirectCheck` sees to the
 * others. Addresses of other sites are told here too: only a running Strapi knows which site is its own.
 */
export const findHeldPaths = async (
  stories: readonly { record: WantedRecord; documentId: string }[],
  database: Database,
): Promise<Problem[]> => {
  const problems: Problem[] = [];
  const claims: (PlacedAlias & { record: WantedRecord; documentId: string })[] = [];
  for (const { record, documentId } of stories) {
    if (record.type !== 'curated-content' || !record.file) continue;
    const { aliases, foreign } = placedAliases(record, database.isOwnHost);
    problems.push(...foreign);
    claims.push(...aliases.map((alias) => ({ ...alias, record, documentId })));
  }
  const holders = await database.pathHolders(claims.map(({ key }) => key));
  for (const { key, path, place, record, documentId } of claims) {
    const holder = holders.get(key);
    if (!holder || holder.documentId === documentId) continue;
    const rule = holder.isPage ? 'redirect/collision' : 'redirect/duplicate';
    const message = holder.isPage
      ? `"${path}" is where an entry in Strapi stands (${holder.documentId}); a page is never hidden by a redirect.`
      : `"${path}" leads to an entry in Strapi already (${holder.documentId}), and goes on leading there.`;
    problems.push(problemAt(record.file!, rule, place(), message));
  }
  return problems;
};
