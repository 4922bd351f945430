import { PLUGIN_ID } from '../../../content-types/uids';
import type en from '../translations/en.json';

/** What the panel can say. English has every text; the other languages are held to it by a test. */
export type TextKey = keyof typeof en;

/** The id under which Strapi's panel knows one of this plugin's texts. */
export const getTranslation = (key: TextKey): string => `${PLUGIN_ID}.${key}`;
