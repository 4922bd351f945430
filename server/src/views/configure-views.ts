import type { Core } from '@strapi/strapi';

import { CONTENT_TYPES, PLUGIN_ID, UIDS, type ContentType } from '../../../content-types';

import { curatedContentView } from './curated-content';
import { isNewView } from './new-views';
import { offeringView } from './offering';
import { topicView } from './topic';
import type { View } from './view';

export const VIEWS: Record<ContentType, View> = { 'curated-content': curatedContentView, topic: topicView, offering: offeringView };

/** Where the plugin remembers which views it has set. */
const DONE = { type: 'plugin', name: PLUGIN_ID, key: 'views' };

type Metadata = { edit: Record<string, unknown>; list: Record<string, unknown> };

/** A view as the Content Manager stores it. */
interface Configuration {
  settings: Record<string, unknown>;
  metadatas: Record<string, Metadata>;
  layouts: { list: string[]; edit: { name: string; size: number }[][] };
}

interface ContentTypesService {
  findConfiguration(contentType: { uid: string }): Promise<Configuration>;
  updateConfiguration(contentType: { uid: string }, configuration: Configuration): Promise<unknown>;
}

const withView = ({ settings, metadatas }: Configuration, view: View): Configuration => ({
  settings: { ...settings, ...view.settings },
  metadatas: Object.fromEntries(
    Object.entries(metadatas).map(([name, { edit, list }]) => {
      const field = view.fields[name];
      if (!field) return [name, { edit, list }];
      const { label, hint, mainField } = field;
      return [name, { edit: { ...edit, label, description: hint, ...(mainField && { mainField }) }, list: { ...list, label } }];
    }),
  ),
  layouts: { list: view.list, edit: view.edit.map((row) => row.map(([name, size]) => ({ name, size }))) },
});

/**
 * Sets the Content Manager's views of the three types, once in the life of each view. That it was done is remembered by type: from then on
 * a view belongs to the editors, also where it happens to equal Strapi's own default. One that the Content Manager has just made anew never was
 * theirs.
 */
export const configureViews = async (strapi: Core.Strapi): Promise<void> => {
  const stored: unknown = await strapi.store.get(DONE);
  const done = ((stored ?? []) as ContentType[]).filter((type) => !isNewView(strapi, type));
  const contentTypes: ContentTypesService = strapi.plugin('content-manager').service('content-types');
  for (const type of CONTENT_TYPES.filter((name) => !done.includes(name))) {
    const uid = UIDS[type];
    await contentTypes.updateConfiguration({ uid }, withView(await contentTypes.findConfiguration({ uid }), VIEWS[type]));
    done.push(type);
    await strapi.store.set({ ...DONE, value: done });
  }
};
