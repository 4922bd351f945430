import type { Core } from '@strapi/strapi';

import { UIDS } from '../../../content-types';
import type { Overview } from '../contracts/overview';
import { inOwnLocale } from '../services/locale';
import { demand, type Editor } from './editor';

const DRAFT = { publishedAt: { $null: true } };

/** What stories lack, as the Content Manager's list would find them with the same filters. */
export const createOverview = ({ strapi }: { strapi: Core.Strapi }) => ({
  async read(editor: Editor): Promise<Overview> {
    const checker = editor.of('curated-content');
    demand(checker.may('read'));
    const own = checker.where('read');
    const count = (where: object): Promise<number> =>
      strapi.db
        .query(UIDS['curated-content'])
        .count({ where: { $and: [own, DRAFT, inOwnLocale(strapi, UIDS['curated-content']), where] } });
    const [seesOfferings, seesTopics] = [checker.may('read', 'relatedOfferings'), checker.may('read', 'topics')];
    const seesStatus = seesOfferings && editor.of('offering').may('read', 'editorialStatus');
    return {
      stories: await count({}),
      withoutOfferings: seesOfferings ? await count({ relatedOfferings: { id: { $null: true } } }) : null,
      withoutTopics: seesTopics ? await count({ topics: { id: { $null: true } } }) : null,
      withArchivedOfferings: seesStatus ? await count({ relatedOfferings: { editorialStatus: 'archived' } }) : null,
    };
  },
});

export type OverviewService = ReturnType<typeof createOverview>;
