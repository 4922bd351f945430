import { createScanner } from 'jsonc-parser';

import type { Header } from './header';
import { isObject, type JsonObject, type Path } from './json';
import { LANGUAGES } from './languages';
import type { LanguageName } from './languages/language';
import type { Limits } from './limits';
import { locate } from './locate';
import { positionAt } from './position';
import { problem, type Problem, type RuleName } from './problem';

/** A byte order mark, and empty lines, which Hugo steps over. */
const LEADING = /^\uFEFF?(?:[ \t]*\r?\n)*/;

/** What is wrong, and where in the text. */
type Misplaced = [rule: RuleName, message: string, offset: number];

const LINE_END = /\r?\n|$(?![\r\n])/g;

const endOfLine = (text: string, offset: number): number => {
  LINE_END.lastIndex = offset;
  return LINE_END.exec(text) ? LINE_END.lastIndex : text.length;
};

type Fence = '---' | '+++';

const FENCES: Record<Fence, { language: LanguageName; name: string; opening: RegExp; closing: RegExp }> = {
  '---': { language: 'yaml', name: 'three hyphens', opening: /^---/m, closing: /^---[ \t]*(\r?\n|$(?![\r\n]))/gm },
  '+++': { language: 'toml', name: 'three plus signs', opening: /^\+\+\+/m, closing: /^\+\+\+[ \t]*(\r?\n|$(?![\r\n]))/gm },
};

/** JSON fences itself: it ends with the brace that closes the first one, which no text holds. */
const splitJson = (text: string, start: number): Header | Misplaced => {
  const scanner = createScanner(text, true);
  scanner.setPosition(start);
  for (let open = 0; scanner.getPosition() < text.length;) {
    scanner.scan();
    const token = text.charAt(scanner.getTokenOffset());
    if (token === '{') open += 1;
    if (token !== '}' || (open -= 1) > 0) continue;
    const end = scanner.getPosition();
    const next = endOfLine(text, end);
    const bodyStart = text.slice(end, next).trim() === '' ? next : end;
    return { language: 'json', header: text.slice(start, end), headerStart: start, bodyStart };
  }
  return ['front-matter/unclosed', 'The front matter is never closed.', start];
};

/**
 * Finds the front matter of a Markdown file: YAML from an opening line of three hyphens to the next line of three hyphens, TOML between lines of
 * three plus signs, blanks behind each allowed, or JSON in braces; empty lines may stand before it. A rule (`---`) in the body is not taken for it, nor is `----`.
 *
 * @returns the parts, or the problem that keeps the file from being read
 */
export const splitFrontMatter = (text: string, file: string): Header | Problem => {
  const start = LEADING.exec(text)![0].length;
  const at = ([rule, message, offset]: Misplaced) => problem(rule, file, message, positionAt(text, offset));

  const firstLine = /^[^\r\n]*/.exec(text.slice(start))![0];
  // A shortcode, a Liquid tag or an attribute list at the beginning of a text is none.
  if (/^\{(?![{%:#])/.test(firstLine)) {
    const parts = splitJson(text, start);
    return Array.isArray(parts) ? at(parts) : parts;
  }
  const fence = firstLine.slice(0, 3);
  if (!Object.hasOwn(FENCES, fence) || firstLine.charAt(3) === fence.charAt(0)) {
    return at(['front-matter/missing', 'The file does not begin with front matter.', start]);
  }
  const { language, name, opening, closing } = FENCES[fence as Fence];
  const rest = firstLine.slice(3).trim();
  if (rest) return at(['front-matter/language', `"${rest.slice(0, 40)}" stands behind the opening ${name}.`, start + 3]);

  const headerStart = endOfLine(text, start);
  closing.lastIndex = headerStart;
  const end = closing.exec(text);
  if (!end) return at(['front-matter/unclosed', 'The front matter is never closed.', start]);
  const header = text.slice(headerStart, end.index);
  // Other readers of these files, gray-matter and Hugo among them, would take it for the end and drop what follows.
  const early = opening.exec(header);
  if (early) return at(['front-matter/syntax', `A line of the front matter begins with ${name}.`, headerStart + early.index]);
  return { language, header, headerStart, bodyStart: end.index + end[0].length };
};

const SHOWN_STEPS = 5;

const describe = (path: Path): string => `${path.slice(0, SHOWN_STEPS).join('.')}${path.length > SHOWN_STEPS ? '…' : ''}`;

/**
 * What no parser refuses and a database or the next reader would: endless aliases, `__proto__`, NUL. Stops at the first one, so that a
 * file of aliases to aliases costs what the limits allow and no more.
 */
const findHazard = (data: unknown, limits: Limits): { rule: RuleName; message: string; path: Path } | undefined => {
  const seen = new Set<object>();
  let keys = 0;
  let aliases = 0;
  // One path for all: a copy of it for each value would cost more than all the checks.
  const path: (string | number)[] = [];

  const visit = (value: unknown): ReturnType<typeof findHazard> => {
    if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) {
      return { rule: 'front-matter/unsafe-text', message: 'The text holds a character that no database accepts.', path: [...path] };
    }
    if (typeof value !== 'object' || value === null) return undefined;
    if (path.length > limits.depth) {
      return { rule: 'front-matter/too-deep', message: `Values stand more than ${limits.depth} levels deep.`, path: [...path] };
    }
    if (seen.has(value) && ++aliases > limits.aliases) {
      return { rule: 'front-matter/too-many-aliases', message: `Aliases are used more than ${limits.aliases} times.`, path: [] };
    }
    seen.add(value);
    for (const [key, child] of Object.entries(value)) {
      if (++keys > limits.keys) {
        return { rule: 'front-matter/too-many-keys', message: `There are more than ${limits.keys} keys.`, path: [] };
      }
      if (key === '__proto__') {
        return { rule: 'front-matter/unsafe-key', message: 'No value may be called "__proto__".', path: [...path, key] };
      }
      if (key.includes('\0') || !key.isWellFormed()) {
        return { rule: 'front-matter/unsafe-text', message: 'A key holds a character that no database accepts.', path: [...path] };
      }
      path.push(Array.isArray(value) ? Number(key) : key);
      const found = visit(child);
      if (found) return found;
      path.pop();
    }
    return undefined;
  };
  return visit(data);
};

/**
 * Reads a file's front matter.
 *
 * @returns the values, or all problems that keep the file from being read
 */
export const parseFrontMatter = (text: string, parts: Header, file: string, limits: Limits): JsonObject | Problem[] => {
  const { header, headerStart } = parts;
  const language = LANGUAGES[parts.language];
  if (header.length > Math.min(limits.frontMatterBytes, language.maxLength ?? Infinity)) {
    return [problem('front-matter/too-large', file, `The front matter has ${header.length} characters.`)];
  }

  let data: unknown;
  try {
    data = language.parse(header);
  } catch (error) {
    if (error instanceof RangeError) {
      return [problem('front-matter/too-deep', file, 'The front matter is nested too deeply to be read.')];
    }
    const mistakes = language.explain(error, header);
    if (!mistakes) throw error;
    return mistakes.map(({ rule, message, offset }) =>
      problem(rule, file, message, positionAt(text, headerStart + Math.min(offset, header.length))),
    );
  }
  if (!isObject(data)) {
    const found = Array.isArray(data) ? 'a list' : 'a single value';
    return [problem('front-matter/not-a-mapping', file, `The front matter is ${found}.`, positionAt(text, headerStart))];
  }

  const hazard = findHazard(data, limits);
  if (hazard) {
    const where = hazard.path.length > 0 ? ` (${describe(hazard.path)})` : '';
    return [problem(hazard.rule, file, hazard.message + where, locate({ text, ...parts }, hazard.path))];
  }
  return data;
};
