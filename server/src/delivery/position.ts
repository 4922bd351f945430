import type { ContentType } from '../../../content-types';
import { foldName } from '../../../content-types/rules/name';
import { sha256 } from '../../../content-types/rules/sha256';

import type { Entry } from './read-entries';

const NAME_BYTES = 100;

const tail = (documentId: string): string => sha256(documentId).slice(0, 16);

/** The day, the moment at which the entry was made, and what tells two of the same moment apart. */
const byDate = ({ documentId, place, createdAt }: Entry): string => {
  const day = /^(\d{4})-(\d{2})-(\d{2})/.exec(String(place.date ?? ''));
  const moment = Math.max(0, createdAt === null ? 0 : Date.parse(createdAt));
  return `${day ? day.slice(1).join('') : '00000000'}${String(moment).padStart(13, '0')}${tail(documentId)}`;
};

const byName = ({ documentId, values }: Entry): string => {
  const name = Buffer.from(foldName(String(values.name ?? ''))).subarray(0, NAME_BYTES);
  return `${name.toString('hex')}00${tail(documentId)}`;
};

/**
 * Where an entry stands in the list of its type: stories by date, topics and offerings by name. Hexadecimal digits alone, which every
 * database and every collation puts in one order, and no two entries share one: the next page begins behind the last one's.
 */
export const positionOf = (type: ContentType, entry: Entry): string => (type === 'curated-content' ? byDate(entry) : byName(entry));
