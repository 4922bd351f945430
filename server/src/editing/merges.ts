import type { Core } from '@strapi/strapi';

import { UIDS } from '../../../content-types';
import { mergeTopics, previewMerge } from '../../../migrations/merge-topics';
import type { MergePreview, MergeRequest } from '../contracts/merge';
import type { Named } from '../contracts/shapes';
import { inOwnLocale } from '../services/locale';
import { asStrapiError } from './as-strapi-error';
import { demandEntries } from './demand-entries';
import type { Editor } from './editor';
import { hostOf } from '../services/host-of';

const EXAMPLES = 5;
/** Of more stories than this not all are looked at for examples; a statement of SQLite takes no more than 32,766 values. */
const MAX_LOOKED_AT = 10_000;

/** One topic into another; the routes have checked that the editor may merge. */
export const createMerges = ({ strapi }: { strapi: Core.Strapi }) => {
  const host = () => hostOf(strapi);

  const examplesOf = async (editor: Editor, documentIds: readonly string[]): Promise<Named[]> => {
    const own = inOwnLocale(strapi, UIDS['curated-content']);
    const drafts = { ...own, publishedAt: { $null: true }, documentId: { $in: documentIds.slice(0, MAX_LOOKED_AT) } };
    const rows = (await strapi.db.query(UIDS['curated-content']).findMany({
      select: ['documentId', 'title'],
      where: { $and: [editor.of('curated-content').where('read', 'title'), drafts] },
      orderBy: [{ date: 'desc' }, { id: 'desc' }],
      limit: EXAMPLES,
    })) as { documentId: string; title: string }[];
    return rows.map(({ documentId, title }) => ({ documentId, name: title }));
  };

  return {
    async preview(editor: Editor, request: MergeRequest): Promise<MergePreview> {
      await demandEntries(strapi, editor, 'topic', [request.source, request.target]);
      const { source, target, counts, both, documentIds } = await asStrapiError(() => previewMerge(host(), request));
      const examples = await examplesOf(editor, documentIds['curated-content']);
      return {
        source,
        target,
        stories: counts['curated-content'],
        offerings: counts.offering,
        topics: counts.topic,
        both: { stories: both['curated-content'], offerings: both.offering },
        examples,
      };
    },

    async merge(editor: Editor, request: MergeRequest): Promise<{ run: number; updated: number }> {
      await demandEntries(strapi, editor, 'topic', [request.source, request.target]);
      const { run, counts } = await asStrapiError(() => mergeTopics(host(), { ...request, user: editor.name }));
      return { run, updated: counts.updated };
    },
  };
};

export type Merges = ReturnType<typeof createMerges>;
