import type { ContentType } from '../../../../content-types';
import { pathKey } from '../../../../content-types/rules/site-path';
import { TABLES } from '../../../../content-types/tables/uids';
import type { Host } from '../../../../migrations/apply/host';
import { type RedirectKind } from '../../../../migrations/apply/redirects';
import type { Row } from '../../../../migrations/apply/select';

export interface Resolution {
  type: ContentType;
  documentId: string;
  /** Where the entry stands. */
  path: string;
  slug: string | null;
  isRedirect: boolean;
}

/**
 * What a path leads to, in one query. The page that stands there comes first, then the redirect that was there first; one whose entry stands
 * nowhere at the moment leads nowhere.
 */
export const resolvePath = async (host: Host, path: string): Promise<Resolution | undefined> => {
  const { table, columns } = host.tables(TABLES.redirect);
  const deliveries = host.tables(TABLES.delivery);
  const { id, kind, type, documentId } = columns;
  const rows: Row[] = await host
    .knex({ claim: table })
    .join({ page: table }, (on) => {
      on.on(`page.${documentId}`, `claim.${documentId}`).andOn(`page.${type}`, `claim.${type}`).andOnVal(`page.${kind}`, 'live');
    })
    .join({ answer: deliveries.table }, (on) => {
      on.on(`answer.${deliveries.columns.documentId}`, `page.${documentId}`).andOn(`answer.${deliveries.columns.type}`, `page.${type}`);
    })
    .where(`answer.${deliveries.columns.isGone}`, false)
    .where(`claim.${columns.pathKey}`, pathKey(path))
    .orderBy(`claim.${id}`)
    .select({
      kind: `claim.${kind}`,
      type: `claim.${type}`,
      documentId: `claim.${documentId}`,
      path: `page.${columns.path}`,
      slug: `answer.${deliveries.columns.slug}`,
    });
  const isPage = (row: Row) => (row.kind as RedirectKind) === 'live';
  const found = rows.find(isPage) ?? rows[0];
  return (
    found && {
      type: found.type as ContentType,
      documentId: found.documentId as string,
      path: found.path as string,
      slug: found.slug as string | null,
      isRedirect: !isPage(found),
    }
  );
};
