import { createHash } from 'node:crypto';

import type { Core } from '@strapi/strapi';

import { CONTENT_TYPES, SCHEMAS } from '../../../content-types';

import { isHidden, servedOf } from './served-attributes';

/** Goes up with every change of what compose.ts makes of the same entry. */
const VERSION = 1;

/** The form of the answers: another one where this code, or what the app keeps private, is another. */
export const formatOf = (strapi: Core.Strapi): string => {
  const shapes = CONTENT_TYPES.map((type) => [
    servedOf(strapi, type),
    Object.keys(SCHEMAS[type].attributes).filter((name) => isHidden(strapi, type, name)),
  ]);
  return `${VERSION}-${createHash('sha256').update(JSON.stringify(shapes)).digest('hex').slice(0, 16)}`;
};
