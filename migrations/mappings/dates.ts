import type { Timestamps } from './mapping';

const DATE =
  /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|UTC|GMT|[+-](?:\d|[01]\d|2[0-3])(?::?[0-5]\d)?)?)?$/i;
/** `Sept 2, 2021`, `2 September 2021`, `Thu, 02 Sep 2021`: a month in words leaves no doubt which number is the day. */
const IN_WORDS = /^(?:([a-z]{3,9}),?\s+)?(?:([a-z]{3,9})\.?\s+(\d{1,2}),?|(\d{1,2})\.?\s+([a-z]{3,9})\.?,?)\s+(\d{4})(?=\s|$)/i;
const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const WEEKDAYS = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');
const MINUTE = 60_000;

export interface ParsedDate {
  /** The day as it is written, in no time zone: `2021-09-02`. */
  day: string;
  /** The moment, as ISO text in UTC with milliseconds. Without a time it is midnight, without a zone it is UTC. */
  moment: string;
}

const offsetOf = (zone: string | undefined): number => {
  const [, sign, hours, minutes] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone ?? '') ?? [];
  if (!sign) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0)) * MINUTE;
};

const placeIn = (names: readonly string[], name: string): number => names.findIndex((full) => full.startsWith(name.toLowerCase()));

/** A date whose month is a word, in digits; any other text as it is. */
const inDigits = (text: string): string =>
  text.replace(IN_WORDS, (whole, weekday: string | undefined, first, dayBehind, dayBefore, second, year) => {
    const month = placeIn(MONTHS, String(first ?? second)) + 1;
    const isDate = month > 0 && (weekday === undefined || placeIn(WEEKDAYS, weekday) >= 0);
    return isDate ? `${year}-${month}-${dayBehind ?? dayBefore}` : whole;
  });

/**
 * Reads a date as archives write it: `2021-09-02`, `2021-09-02T08:25:59.577443Z`, `2017-05-09 3:00:03 -0400`, `2015-03-17 14:00:00 -4`,
 * `2013/7/13 20:46:25 UTC`, `Sept 2, 2021`. The answer is the same on every machine, whatever its time zone; `09/02/2021` is none, because it is one day here and another
 * there.
 *
 * @returns undefined for text that is no date, for a day that no calendar has, and for a moment whose year no database takes
 */
export const parseDate = (text: string): ParsedDate | undefined => {
  const match = DATE.exec(inDigits(text.trim()));
  if (!match) return undefined;
  const [, year, , month, day, hours = '0', minutes = '0', seconds = '0', fraction = '0', zone] = match;
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3));
  const local = Date.UTC(+year!, +month! - 1, +day!, +hours, +minutes, +seconds, milliseconds);
  const two = (number: string) => number.padStart(2, '0');
  const written = `${year}-${two(month!)}-${two(day!)}`;
  const isReal = new Date(local).toISOString().startsWith(`${written}T${two(hours)}:${minutes}`) && +seconds < 60;
  const moment = new Date(local - offsetOf(zone)).toISOString();
  return isReal && /^\d{4}-/.test(moment) ? { day: written, moment } : undefined;
};

/** A date is a day; the moment of the last change is the best that a file knows of the rest. */
export const timestampsOf = (date: string | null, lastModified: string | null): Timestamps => {
  // Either may be there and blank.
  const created = parseDate(date ?? '')?.moment ?? (lastModified || undefined);
  const updated = lastModified || created;
  return { createdAt: created, publishedAt: created, updatedAt: updated && created && updated < created ? created : updated };
};
