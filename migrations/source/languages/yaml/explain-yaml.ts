import type { YAMLException } from 'js-yaml';
import { isScalar, visit, type Document, type YAMLError } from 'yaml';

import type { RuleName } from '../../problem';
import { duplicateKey, type Mistake } from '../language';
import { keyOf, parsePositions } from './yaml-places';

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
 * The error of the second parser that is the fast one's too. A quoted text that goes on in column 0, which the fast parser reads, ends for the
 * second one with its line, and what it says of the lines below is wrong; then it is believed about the fast parser's own line alone.
 */
const sameMistake = ({ reason, mark }: YAMLException, header: string, { errors }: Document): YAMLError | undefined => {
  const isAstray = !reason.includes('quoted scalar') && errors.some(({ message }) => message.startsWith('Missing closing'));
  const from = isAstray ? header.lastIndexOf('\n', mark.position - 1) + 1 : 0;
  return errors.find(({ pos: [offset] }) => offset >= from && offset <= mark.position);
};

/** What the second parser says in terms of its own. */
const PLAIN_WORDS: Partial<Record<YAMLError['code'], string>> = {
  BLOCK_AS_IMPLICIT_KEY: 'A mapping begins inside a value; a text that holds ": " has to stand in quotes.',
  MULTILINE_IMPLICIT_KEY: 'No colon and blank follow this key.',
};

/** Where the quoted text begins that goes on to the end because its quote never closes; undefined for other mistakes. */
const unclosedQuote = (document: Document, { code, pos: [end] }: YAMLError): number | undefined => {
  if (code !== 'MISSING_CHAR') return undefined;
  let start: number | undefined;
  visit(document, {
    Scalar(_, { type, range }) {
      if (type?.startsWith('QUOTE') && range?.[1] === end) start = range[0];
    },
  });
  return start;
};

/** Says which line is not indented like those that it belongs to; undefined for other mistakes. */
const wrongIndent = ({ code, pos: [from] }: YAMLError, header: string, to: number): string | undefined => {
  if (code !== 'BLOCK_AS_IMPLICIT_KEY') return undefined;
  const start = header.lastIndexOf('\n', to - 1) + 1;
  // To the parser the two lines are one long key.
  if (from < start) return 'The line below is indented further than this one, which has its value already.';
  return /^[ \t]*- /.test(header.slice(start)) ? 'This list item is not indented like the one above it.' : undefined;
};

/** What YAML does not allow to stand as it is. */
const UNPRINTABLE = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The line of the file: the one above the header opens it. */
const lineOf = (header: string, offset: number): number => header.slice(0, offset).split('\n').length + 1;

/** Where what a reason names begins, of which the fast parser tells when all of the value has been read; less than 0 for other reasons. */
const startOfRead = (reason: string, header: string, to: number): number => {
  const [, verbatim, standard, own] = /(!<(?:tag:yaml\.org,2002:(.*?)|(!.*?)|.*?)>)/.exec(reason) ?? [];
  const alias = /^unidentified alias "(.*)"/.exec(reason)?.[1];
  const written = [verbatim, standard && `!!${standard}`, own, alias && `*${alias}`, reason.startsWith('cannot merge') && '<<'];
  return Math.max(...written.map((each) => (each ? header.lastIndexOf(each, to) : -1)));
};

/**
 * Where the mistake is and what it is. The fast parser says where it could not go on, which is one character or one line behind it; the
 * second one, where it agrees that something is wrong there, says it better.
 */
const mistake = (error: YAMLException, header: string, document: Document | undefined): { offset: number; message: string } => {
  const { reason, mark } = error;
  const message = sentence(reason);
  const place = startOfRead(reason, header, mark.position);
  if (place >= 0) return { offset: place, message };
  if (reason.includes('non-printable') && UNPRINTABLE.test(header)) return { offset: header.search(UNPRINTABLE), message };
  const same = document && sameMistake(error, header, document);
  const quote = same && unclosedQuote(document, same);
  if (quote !== undefined) {
    return {
      offset: same!.pos[0],
      message: `The text that begins with ${header.charAt(quote)} in line ${lineOf(header, quote)} is never closed.`,
    };
  }
  if (!same) return { offset: mark.position, message };
  const words = wrongIndent(same, header, mark.position) ?? PLAIN_WORDS[same.code] ?? sentence(same.message);
  return { offset: same.pos[0], message: words };
};

/**
 * Turns the error of the fast parser, which stops at the first, into all mistakes of the header. The second parser is ten times slower and
 * stricter in places that real archives use, so it is asked about headers that failed, and believed about repeated keys and about the place.
 */
export const explainYaml = (error: YAMLException, header: string): Mistake[] => {
  const { reason, mark } = error;
  // Of a second document js-yaml says no place.
  if (!(mark as typeof mark | undefined)) {
    const end = /^\.\.\./m.exec(header)?.index ?? 0;
    return [{ rule: 'front-matter/syntax', message: sentence(reason), offset: end }];
  }
  const rule = RULES_BY_REASON.find(([pattern]) => pattern.test(reason))?.[1] ?? 'front-matter/syntax';

  const document = secondOpinion(header);
  const isDuplicate = rule === 'front-matter/duplicate-key';
  const found = document ? duplicateKeys(document) : [];
  const keys = found.length === 0 && isDuplicate ? [keyBefore(header, mark.position)] : found;
  const duplicates = keys.map(({ key, offset }) => duplicateKey(key, offset));
  if (isDuplicate && duplicates.length > 0) return duplicates;

  const { offset, message } =
    rule === 'front-matter/syntax' ? mistake(error, header, document) : { offset: mark.position, message: sentence(reason) };
  return [{ rule, message, offset }, ...duplicates];
};
