import { isObject, sameJson } from '../source/json';

const WIDTH = 70;
/** How much of a long text is shown before the place where it changed. */
const LEAD = 20;

/** One difference inside a value: the value itself, or a key of it. */
export interface Difference {
  /** The keys that lead to it, with dots between; '' for the value itself. */
  path: string;
  before: string;
  after: string;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
const cut = (text: string, width = WIDTH): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text);

const whole = (value: unknown): string => {
  if (typeof value === 'string') return `"${oneLine(value)}"`;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(whole).join(', ');
  if (isObject(value)) {
    const entries = Object.entries(value);
    return entries.length === 0 ? '{}' : entries.map(([key, child]) => `${key}: ${whole(child)}`).join(', ');
  }
  return value === null || value === undefined ? 'none' : JSON.stringify(value);
};

/** A value on one line of readable width. */
export const valueText = (value: unknown): string => cut(whole(value));

/** Two long texts, from shortly before the place in which they begin to differ: their first words are often the same. */
const excerpts = (before: string, after: string): [string, string] => {
  const [old, now] = [oneLine(before), oneLine(after)];
  if (old.length <= WIDTH && now.length <= WIDTH) return [`"${old}"`, `"${now}"`];
  let same = 0;
  while (same < old.length && old[same] === now[same]) same += 1;
  const start = same > WIDTH / 2 ? same - LEAD : 0;
  const excerpt = (text: string) => cut(`${start > 0 ? '…' : '"'}${text.slice(start)}"`);
  return [excerpt(old), excerpt(now)];
};

/** What a change comes to, for a person: of two objects the keys that differ, of two texts the place. */
export const differencesOf = (before: unknown, after: unknown, path = ''): Difference[] => {
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys
      .filter((key) => !sameJson(before[key], after[key]))
      .flatMap((key) => differencesOf(before[key], after[key], path ? `${path}.${key}` : key));
  }
  if (typeof before === 'string' && typeof after === 'string') {
    const [old, now] = excerpts(before, after);
    return [{ path, before: old, after: now }];
  }
  return [{ path, before: valueText(before), after: valueText(after) }];
};
