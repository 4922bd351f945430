import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';

import { UIDS, type ContentType } from '../../../content-types';
import { readMerges } from '../../../migrations/apply/runs';
import { actionOf } from '../constants';
import type { TopicUsage, UsedInAnswer, UsedInStory } from '../contracts/usage';
import { inOwnLocale } from '../services/locale';
import { demand, type Editor } from './editor';
import { hostOf } from '../services/host-of';

const STORY = UIDS['curated-content'];
const MERGES = 5;

interface StoryRow {
  documentId: string;
  title: string;
  date: string | null;
  updatedAt: string | null;
}

const DRAFT = { publishedAt: { $null: true } };
const PUBLISHED = { publishedAt: { $notNull: true } };

/** The state that the Content Manager's list shows. */
const statusOf = ({ updatedAt }: StoryRow, published: StoryRow | undefined): UsedInStory['status'] => {
  if (!published) return 'draft';
  return new Date(updatedAt ?? 0) > new Date(published.updatedAt ?? 0) ? 'modified' : 'published';
};

/** Where offerings and topics are used, as far as an editor may see it. */
export const createUsage = ({ strapi }: { strapi: Core.Strapi }) => {
  const host = () => hostOf(strapi);
  const countOf = (type: ContentType, where: object): Promise<number> =>
    strapi.db.query(UIDS[type]).count({ where: { $and: [inOwnLocale(strapi, UIDS[type]), where] } });
  const stories = (where: object) => ({ $and: [inOwnLocale(strapi, STORY), where] });

  const demandEntry = async (editor: Editor, type: ContentType, documentId: string) => {
    const checker = editor.of(type);
    demand(checker.may('read'));
    const found = await countOf(type, { $and: [checker.where('read'), { documentId }] });
    if (found === 0) throw new errors.NotFoundError();
  };

  /** Stories of which only the published version names the offering. */
  const publishedAlone = async (offering: string): Promise<string[]> => {
    const naming = async (state: object) => {
      const where = stories({ ...state, relatedOfferings: { documentId: offering } });
      const rows = (await strapi.db.query(STORY).findMany({ select: ['documentId'], where })) as StoryRow[];
      return rows.map(({ documentId }) => documentId);
    };
    const drafts = new Set(await naming(DRAFT));
    return (await naming(PUBLISHED)).filter((documentId) => !drafts.has(documentId));
  };

  return {
    /** The stories that name an offering, as saved or as published, the newest first. */
    async stories(editor: Editor, offering: string, { page, pageSize }: { page: number; pageSize: number }): Promise<UsedInAnswer> {
      await demandEntry(editor, 'offering', offering);
      const checker = editor.of('curated-content');
      demand(checker.may('read', 'relatedOfferings'));
      const where = stories({
        $and: [
          checker.where('read', 'relatedOfferings'),
          DRAFT,
          { $or: [{ relatedOfferings: { documentId: offering } }, { documentId: { $in: await publishedAlone(offering) } }] },
        ],
      });
      const query = strapi.db.query(STORY);
      const select = ['documentId', 'title', 'date', 'updatedAt'];
      const rows = (await query.findMany({
        select,
        where,
        orderBy: [{ date: 'desc' }, { id: 'desc' }],
        offset: (page - 1) * pageSize,
        limit: pageSize,
      })) as StoryRow[];
      const total = await query.count({ where });
      const documentIds = rows.map(({ documentId }) => documentId);
      const others = (await query.findMany({ select, where: stories({ ...PUBLISHED, documentId: { $in: documentIds } }) })) as StoryRow[];
      const published = new Map(others.map((row) => [row.documentId, row]));
      const titles = stories({ $and: [checker.where('read', 'title'), DRAFT, { documentId: { $in: documentIds } }] });
      const titled = new Set(((await query.findMany({ select, where: titles })) as StoryRow[]).map(({ documentId }) => documentId));
      return {
        data: rows.map((row) => ({
          documentId: row.documentId,
          title: titled.has(row.documentId) ? row.title : row.documentId,
          date: row.date,
          status: statusOf(row, published.get(row.documentId)),
        })),
        meta: { pagination: { page, pageSize, pageCount: Math.ceil(total / pageSize), total } },
      };
    },

    /** How much is filed under a topic, and what was merged into it. */
    async topic(editor: Editor, documentId: string): Promise<TopicUsage> {
      await demandEntry(editor, 'topic', documentId);
      const filed = async (type: 'curated-content' | 'offering') => {
        const checker = editor.of(type);
        if (!checker.may('read', 'topics')) return null;
        const state = type === 'curated-content' ? [DRAFT] : [];
        return countOf(type, { $and: [checker.where('read', 'topics'), ...state, { topics: { documentId } }] });
      };
      const merges = editor.can(actionOf('topics.merge')) ? await readMerges(host(), documentId) : [];
      return {
        stories: await filed('curated-content'),
        offerings: await filed('offering'),
        topics: await countOf('topic', { $and: [editor.of('topic').where('read'), { parent: { documentId } }] }),
        merges: merges.slice(0, MERGES).map(({ run, source, user, finishedAt }) => ({ run, source, user, date: finishedAt })),
      };
    },
  };
};

export type Usage = ReturnType<typeof createUsage>;
