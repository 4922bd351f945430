import type { Core } from '@strapi/strapi';

import { CONTENT_TYPES, SCHEMAS, UIDS } from '../../../content-types';
import { sha256 } from '../../../content-types/rules/sha256';

import { ownLocale } from '../services/locale';

import { isHidden, servedOf } from './served-attributes';

/** Goes up with every change of what compose.ts makes of the same entry. */
const VERSION = 5;

const known = new WeakMap<Core.Strapi, string>();

/** The form of the answers: another one where this code, what the app keeps private, or its default locale is another. */
export const formatOf = (strapi: Core.Strapi): string => {
  const format = known.get(strapi) ?? makeFormat(strapi);
  known.set(strapi, format);
  return format;
};

const makeFormat = (strapi: Core.Strapi): string => {
  const shapes = CONTENT_TYPES.map((type) => [
    servedOf(strapi, type),
    ownLocale(strapi, UIDS[type]),
    Object.keys(SCHEMAS[type].attributes).filter((name) => isHidden(strapi, type, name)),
  ]);
  return `${VERSION}-${sha256(JSON.stringify(shapes)).slice(0, 16)}`;
};
