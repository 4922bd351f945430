import { errors } from '@strapi/utils';

import type { ContentType } from '../../../content-types';
import { isBlank } from '../../../content-types/rules/blank';

import type { Values } from './changed-keys';

const NOUNS: Record<ContentType, string> = { 'curated-content': 'story', topic: 'topic', offering: 'offering' };

interface Taken {
  type: ContentType;
  /** The unique column. */
  column: string;
  /** What was to be written. */
  values: Values;
  /** The title or name of the entry that has it, where that is known. */
  owner?: string;
}

const quoted = (value: unknown): string => (isBlank(value) ? '' : ` "${String(value)}"`);

const attributeOf = ({ column, values }: Taken): string => {
  if (column === 'slugKey') return 'slug';
  if (column === 'nameKey') return 'name';
  return isBlank(values.offeringId) ? 'permalink' : 'offeringId';
};

const messageOf = (attribute: string, { type, values, owner }: Taken): string => {
  const value = values[attribute];
  const holder = owner === undefined ? `another ${NOUNS[type]}` : `the ${NOUNS[type]} "${owner}"`;
  switch (attribute) {
    case 'slug':
      return `The slug${quoted(value)} is taken by ${holder}. Choose another one, or leave it empty to get a free one.`;
    case 'name':
      return `The name${quoted(value)} is taken by ${holder}: names that differ only in letter case or blanks are one topic.`;
    default:
      return `The ${attribute === 'permalink' ? 'permalink' : 'offering id'}${quoted(value)} belongs to ${holder}.`;
  }
};

/** Tells an editor, at the field, and a caller of REST that a slug, a name or an identity belongs to another entry. */
export class TakenError extends errors.ValidationError {
  readonly attribute: string;

  constructor(taken: Taken) {
    const attribute = attributeOf(taken);
    const message = messageOf(attribute, taken);
    super(message, { errors: [{ path: [attribute], message, name: 'ValidationError' }] });
    this.attribute = attribute;
  }
}
