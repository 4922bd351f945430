import type { Core } from '@strapi/strapi';

import { UIDS } from '../../../content-types';
import type { DismissalRequest, Hit, Offering, Reason, SearchAnswer, SearchRequest, Story, Suggestion } from '../contracts/picker';
import { EVERYTHING, type Access } from './access';

export interface SuggestOptions {
  limit?: number;
  exclude?: readonly string[];
  access?: Access;
}

export interface Suggestions {
  search(request: SearchRequest, access?: Access): Promise<SearchAnswer>;
  suggest(story: Story, options?: SuggestOptions): Promise<Suggestion[]>;
  offerings(documentIds: readonly string[], story?: Story, access?: Access): Promise<Offering[]>;
  dismiss(dismissal: DismissalRequest): Promise<void>;
}

const DISMISSAL = 'plugin::curation.dismissal';

/** Finds offerings and says which of them fit a story. */
export const createSuggestions = ({ strapi }: { strapi: Core.Strapi }): Suggestions => {
  const topicsOf = async (story?: Story): Promise<Set<string>> => {
    if (story?.topics) return new Set(story.topics);
    if (!story?.documentId) return new Set();
    const row = await strapi.db
      .query(UIDS['curated-content'])
      .findOne({ where: { documentId: story.documentId, publishedAt: null }, populate: { topics: { select: ['documentId'] } } });
    return new Set((row?.topics ?? []).map(({ documentId }: { documentId: string }) => documentId));
  };

  const load = async (story: Story | undefined, { fields, offerings }: Access): Promise<Offering[]> => {
    const shared = await topicsOf(story);
    const rows = await strapi.db
      .query(UIDS.offering)
      .findMany({ where: offerings ? { id: { $in: offerings } } : {}, populate: { topics: true, logo: true } });
    const stories = await strapi.db
      .query(UIDS['curated-content'])
      .findMany({ select: ['id'], where: { publishedAt: null }, populate: { relatedOfferings: { select: ['id'] } } });
    const used = new Map<number, number>();
    for (const { relatedOfferings } of stories) for (const { id } of relatedOfferings) used.set(id, (used.get(id) ?? 0) + 1);
    return rows.map((row) => {
      const given = (name: string) => (fields.has(name as never) ? (row[name] ?? null) : null);
      const logo = given('logo');
      return {
        id: row.id,
        documentId: row.documentId,
        name: given('name') ?? row.documentId,
        slug: given('slug'),
        permalink: given('permalink'),
        offeringId: given('offeringId'),
        type: given('type'),
        editorialStatus: given('editorialStatus'),
        summary: given('summary'),
        website: given('website'),
        logo: logo && { url: logo.url, alternativeText: logo.alternativeText },
        topics: (given('topics') ?? []).map((topic: { documentId: string; name: string; label: string | null }) => ({
          documentId: topic.documentId,
          name: topic.name,
          label: topic.label,
          shared: shared.has(topic.documentId),
        })),
        usedBy: used.get(row.id) ?? 0,
      };
    });
  };

  return {
    async search({ q = '', filters = {}, sort = 'fit', story, start = 0, limit = 50 }, access = EVERYTHING) {
      const words = q.toLowerCase().split(/\s+/).filter(Boolean);
      const marked = (text: string | null): [number, number][] =>
        words.flatMap((word) => {
          const at = text?.toLowerCase().indexOf(word) ?? -1;
          return at < 0 ? [] : [[at, at + word.length] as [number, number]];
        });
      const rows: Hit[] = (await load(story, access))
        .map((offering) => ({
          ...offering,
          marks: {
            name: marked(offering.name),
            summary: marked(offering.summary),
            permalink: marked(offering.permalink),
            topics: Object.fromEntries(offering.topics.map(({ documentId, name }) => [documentId, marked(name)])),
          },
        }))
        .filter((offering) => {
          const text = [
            offering.name,
            offering.summary,
            offering.permalink,
            offering.offeringId,
            ...offering.topics.map(({ name }) => name),
          ]
            .join(' ')
            .toLowerCase();
          return words.every((word) => text.includes(word));
        });
      const found = rows.filter(
        ({ topics, type, editorialStatus, usedBy }) =>
          (!filters.topics?.length || topics.some(({ documentId }) => filters.topics?.includes(documentId))) &&
          (!filters.types?.length || (type && filters.types.includes(type))) &&
          (!filters.statuses?.length || (editorialStatus && filters.statuses.includes(editorialStatus))) &&
          (!filters.notUsed || usedBy === 0),
      );
      const shared = ({ topics }: Hit) => topics.filter((topic) => topic.shared).length;
      const orders: Record<string, (a: Hit, b: Hit) => number> = {
        fit: (a, b) => shared(b) - shared(a),
        name: (a, b) => a.name.localeCompare(b.name),
        mostUsed: (a, b) => b.usedBy - a.usedBy,
        newest: (a, b) => b.id - a.id,
      };
      found.sort(orders[sort]);
      const counts = (values: (string | null)[]) =>
        [...new Set(values)]
          .filter((value) => value !== null)
          .map((value) => ({ value, count: values.filter((other) => other === value).length }));
      const topics = new Map(found.flatMap((hit) => hit.topics.map((topic) => [topic.documentId, { ...topic, count: 0 }])));
      for (const hit of found) for (const { documentId } of hit.topics) topics.get(documentId)!.count += 1;
      return {
        data: found.slice(start, start + limit),
        meta: {
          total: found.length,
          facets: {
            topics: [...topics.values()].sort((a, b) => Number(b.shared) - Number(a.shared) || b.count - a.count).slice(0, 200),
            types: counts(found.map(({ type }) => type)),
            statuses: counts(found.map(({ editorialStatus }) => editorialStatus)),
            notUsed: found.filter(({ usedBy }) => usedBy === 0).length,
          },
        },
      };
    },

    async suggest(story, { limit = 5, exclude = [], access = EVERYTHING } = {}) {
      const dismissed = story.documentId ? await strapi.db.query(DISMISSAL).findMany({ where: { storyId: story.documentId } }) : [];
      const gone = new Set([...exclude, ...dismissed.map(({ offeringId }) => offeringId)]);
      const text = [story.title, story.description, story.body].join(' ').toLowerCase();
      return (await load(story, access))
        .filter(({ documentId, editorialStatus }) => !gone.has(documentId) && editorialStatus !== 'archived')
        .map((offering) => {
          const topics = offering.topics.filter(({ shared }) => shared);
          const terms = offering.name.split(/\s+/).filter((word) => word.length > 3 && text.includes(word.toLowerCase()));
          const reasons: Reason[] = [];
          if (topics.length > 0)
            reasons.push({ kind: 'topics', topics: topics.map(({ documentId, label, name }) => ({ documentId, label: label ?? name })) });
          if (terms.length > 0) reasons.push({ kind: 'text', terms });
          return { offering, score: topics.length * 2 + terms.length, reasons };
        })
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
        .slice(0, limit);
    },

    async offerings(documentIds, story, access = EVERYTHING) {
      const byId = new Map((await load(story, access)).map((offering) => [offering.documentId, offering]));
      return documentIds.flatMap((documentId) => byId.get(documentId) ?? []);
    },

    async dismiss({ story, offering, dismissed }) {
      const where = { storyId: story, offeringId: offering };
      await strapi.db.query(DISMISSAL).deleteMany({ where });
      if (dismissed) await strapi.db.query(DISMISSAL).create({ data: where });
    },
  };
};
