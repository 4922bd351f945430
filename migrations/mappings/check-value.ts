import type { Attribute } from '../../content-types/schema';
import { isBlank } from '../../content-types/rules/blank';
import { wordSlug } from '../../content-types/rules/slug';
import type { JsonValue } from '../source/json';
import type { RuleName } from '../source/problem';
import { parseDate } from './dates';

/** What a column of the databases that Strapi runs on can hold in an integer. */
const MAX_INTEGER = 2_147_483_647;
/** Strapi's own columns for `string` and `uid`. */
const COLUMN_LENGTH = 255;

interface Told {
  rule: RuleName;
  message: string;
}

type Checked = { value: JsonValue } | Told | ({ value: JsonValue } & Told);

const mismatch = (expected: string): Checked => ({ rule: 'content/type-mismatch', message: `${expected} is expected here.` });

/** A folded YAML scalar (`>`) ends with a line break; what is one line has none. */
export const withoutLastBreak = (text: string): string => text.replace(/[\r\n]+$/, '');

const checkText = (attribute: Attribute, value: JsonValue): Checked => {
  if (typeof value === 'object') return mismatch('A text');
  const text = attribute.type === 'string' ? withoutLastBreak(String(value)) : String(value);
  const limit = attribute.maxLength ?? (attribute.type === 'string' || attribute.type === 'uid' ? COLUMN_LENGTH : Infinity);
  return text.length <= limit
    ? { value: text }
    : { rule: 'content/too-long', message: `The text has ${text.length} characters; ${limit} can be stored.` };
};

const checkSlug = (attribute: Attribute, value: JsonValue): Checked => {
  const checked = checkText(attribute, value);
  if (!('value' in checked)) return checked;
  const given = String(checked.value);
  const slug = wordSlug(given);
  if (slug === given) return checked;
  const stored = slug ? `it is stored as "${slug}"` : 'none is stored';
  return { value: slug || null, rule: 'content/slug-invalid', message: `"${given}" cannot stand in an address; ${stored}.` };
};

const checkInteger = (value: JsonValue): Checked => {
  const number = typeof value === 'string' && /^(0|-?[1-9]\d*)$/.test(value) ? Number(value) : value;
  return Number.isInteger(number) && Math.abs(number as number) <= MAX_INTEGER
    ? { value: number }
    : mismatch(`A whole number up to ${MAX_INTEGER}`);
};

const checkDate = (attribute: Attribute, value: JsonValue): Checked => {
  if (typeof value === 'object') {
    const given = Array.isArray(value) ? 'a list' : 'a mapping';
    return { rule: 'content/date-invalid', message: `A date such as 2026-03-01 is expected here, not ${given}.` };
  }
  const date = typeof value === 'string' ? parseDate(value) : undefined;
  if (!date) return { rule: 'content/date-invalid', message: `"${String(value)}" is no date.` };
  return { value: attribute.type === 'date' ? date.day : date.moment };
};

const checkEnumeration = (attribute: Attribute, value: JsonValue): Checked => {
  const text = String(value).trim().toLowerCase();
  const allowed = attribute.enum ?? [];
  return allowed.includes(text) ? { value: text } : mismatch(`One of ${allowed.join(', ')}`);
};

/**
 * Brings a value of front matter into the form in which its attribute is stored and compared: '' and ' ' are null, a date is a day, a
 * datetime is a moment in UTC, a slug is what an address accepts. A value that comes with a rule is another one than was given.
 */
export const checkValue = (attribute: Attribute, value: JsonValue): Checked => {
  if (attribute.type === 'json') return { value };
  if (isBlank(value)) return { value: null };
  switch (attribute.type) {
    case 'integer':
      return checkInteger(value);
    case 'date':
    case 'datetime':
      return checkDate(attribute, value);
    case 'uid':
      return checkSlug(attribute, value);
    case 'enumeration':
      return checkEnumeration(attribute, value);
    default:
      return checkText(attribute, value);
  }
};
