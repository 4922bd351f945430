import { UIDS, type ContentType } from '../../content-types/uids';

const TYPES = '/content-manager/collection-types';

export type Filter = [attribute: string, field: string, operator: '$eq' | '$null', value: string];

const parameter = ([attribute, field, operator, value]: Filter): string =>
  `filters[$and][0][${attribute}][${field}][${operator}]=${encodeURIComponent(value)}`;

/** The page of one entry in the Content Manager. */
export const entryPage = (type: ContentType, documentId: string): string => `${TYPES}/${UIDS[type]}/${documentId}`;

/** The list of a type in the Content Manager, with a filter that it shows and can take away. */
export const listPage = (type: ContentType, filter?: Filter): string =>
  `${TYPES}/${UIDS[type]}${filter ? `?page=1&${parameter(filter)}` : ''}`;
