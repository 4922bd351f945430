import { UIDS, type ContentType } from '../../../content-types/uids';

const LIST = '/content-manager/collection-types';

type Filter = [attribute: string, field: string, operator: '$eq' | '$null', value: string];

const parameter = ([attribute, field, operator, value]: Filter): string =>
  `filters[$and][0][${attribute}][${field}][${operator}]=${encodeURIComponent(value)}`;

/** The page of one entry in the Content Manager. */
export const entryPage = (type: ContentType, documentId: string): string => `${LIST}/${UIDS[type]}/${documentId}`;

/** The list of a type in the Content Manager, with a filter that it shows and can take away. */
export const listPage = (type: ContentType, filter?: Filter): string =>
  `${LIST}/${UIDS[type]}${filter ? `?page=1&${parameter(filter)}` : ''}`;

/** The filters of stories that lack something. By the name, for the native list shows a filter only by that. */
export const LACKS = {
  withoutOfferings: ['relatedOfferings', 'name', '$null', 'true'],
  withoutTopics: ['topics', 'name', '$null', 'true'],
  withArchivedOfferings: ['relatedOfferings', 'editorialStatus', '$eq', 'archived'],
} as const satisfies Record<string, Filter>;

export type Lack = keyof typeof LACKS;
