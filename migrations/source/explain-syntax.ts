import type { YAMLException } from 'js-yaml';
import { isScalar, visit, type Document } from 'yaml';

import type { Header } from './header';
import { keyOf, parsePositions, positionAt } from './locate';
import { problem, type Problem, type RuleName } from './problem';

const sentence = (text: string): string => {
  const line = text.split('\n')[0]!.trim().replace(/:$/, '');
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}${/[.!?]$/.test(line) ? '' : '.'}`;
};

/** Front matter of a length that nobody writes by hand is explained by the fast parser alone: the second takes seconds for it. */
const MAX_LENGTH = 64 * 1024;

/** More open brackets than the fast parser lets pass; the second one would take seconds for them, and then run out of stack. */
const MAX_BRACKETS = 200;

const openBrackets = (header: string): number => {
  let [open, most] = [0, 0];
  for (const [character] of header.matchAll(/[[{\]}]|(?:- ){2,}/g)) {
    if (character.length > 1) most = Math.max(most, character.length / 2);
    else open += character === '[' || character === '{' ? 1 : -1;
    most = Math.max(most, open);
  }
  return most;
};

/** The header as the second parser sees it; undefined where that is more than it can do. */
const secondOpinion = (header: string): Document | undefined => {
  if (header.length > MAX_LENGTH || openBrackets(header) > MAX_BRACKETS) return undefined;
  try {
    return parsePositions(header);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

/** Where keys stand that stood in the same mapping before. */
const duplicateKeys = (document: Document): { key: string; offset: number }[] => {
  const found: { key: string; offset: number }[] = [];
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<string>();
      for (const pair of items) {
        const key = keyOf(pair);
        if (isScalar(pair.key) && seen.has(key) && pair.key.range) found.push({ key, offset: pair.key.range[0] });
        seen.add(key);
      }
    },
  });
  return found;
};

/** The key that the fast parser had just read when it stopped. */
const keyBefore = (header: string, offset: number): { key: string; offset: number } => {
  const start = header.lastIndexOf('\n', offset - 1) + 1;
  const [, before, key] = /^([\s-]*)([^:]*)/.exec(header.slice(start, offset))!;
  return { key: key!.trim(), offset: start + before!.length };
};

/** What the fast parser's words mean. */
const RULES_BY_REASON: [RegExp, RuleName][] = [
  [/^duplicated mapping key/, 'front-matter/duplicate-key'],
  [/^nesting exceeded/, 'front-matter/too-deep'],
];

/**
 * Turns the error of the fast parser, which stops at the first, into all problems of the file. The second parser is ten times slower and
 * stricter in places that real archives use, so it is asked about files that failed and believed about repeated keys alone.
 */
export const explainSyntax = (error: YAMLException, text: string, parts: Header, file: string): Problem[] => {
  const { header, headerStart } = parts;
  const at = (offset: number) => positionAt(text, headerStart + Math.min(offset, header.length));
  const { reason, mark } = error;
  const rule = RULES_BY_REASON.find(([pattern]) => pattern.test(reason))?.[1] ?? 'front-matter/syntax';

  const document = secondOpinion(header);
  const isDuplicate = rule === 'front-matter/duplicate-key';
  const found = document ? duplicateKeys(document) : [];
  const keys = found.length === 0 && isDuplicate ? [keyBefore(header, mark.position)] : found;
  const duplicates = keys.map(({ key, offset }) =>
    problem('front-matter/duplicate-key', file, `The key "${key}" stands here a second time.`, at(offset), text),
  );
  if (isDuplicate && duplicates.length > 0) return duplicates;

  // The fast parser tells of a tag when it has read all of its value.
  const tag = /^unknown tag !<(?:tag:yaml\.org,2002:)?([^>]*)>/.exec(reason)?.[1];
  const offset = tag ? header.indexOf(tag) : -1;
  const place = offset >= 0 ? header.lastIndexOf(' ', offset) + 1 : mark.position;
  return [problem(rule, file, sentence(reason), at(place), text), ...duplicates];
};
