import { PLUGIN_ID } from '../../content-types';

/** What roles can be given of the plugin's own, under Settings > Roles > Plugins > Curation. Each is known as `plugin::curation.<uid>`. */
export const ACTIONS = [
  { section: 'plugins', pluginName: PLUGIN_ID, subCategory: 'Topics', displayName: 'Merge', uid: 'topics.merge' },
  { section: 'plugins', pluginName: PLUGIN_ID, subCategory: 'Runs', displayName: 'Undo', uid: 'runs.undo' },
] as const;

/** The name of an action as policies and abilities know it. */
export const actionOf = (uid: (typeof ACTIONS)[number]['uid']): string => `plugin::${PLUGIN_ID}.${uid}`;
