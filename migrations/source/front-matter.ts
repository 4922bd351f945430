import { explainSyntax } from './explain-syntax';
import type { Header } from './header';
import { isObject, type JsonObject, type Path } from './json';
import type { Limits } from './limits';
import { locate, positionAt } from './locate';
import { problem, type Problem, type RuleName } from './problem';
import { isYamlException, parseYaml } from './yaml';

const BOM = '\uFEFF';

/**
 * Finds the front matter of a Markdown file: from an opening line of three hyphens to the next line of three hyphens, blanks behind either
 * allowed. A rule (`---`) in the body is not taken for it, nor is `----`.
 *
 * @returns the parts, or the problem that keeps the file from being read
 */
export const splitFrontMatter = (text: string, file: string): Header | Problem => {
  const start = text.startsWith(BOM) ? 1 : 0;
  const at = (rule: RuleName, message: string, offset = start) => problem(rule, file, message, positionAt(text, offset));

  const firstLine = /^[^\r\n]*/.exec(text.slice(start))![0];
  if (firstLine.startsWith('+++')) return at('front-matter/language', 'The front matter is TOML.');
  // A shortcode at the beginning of a text is none.
  if (/^\{\s*("|$)/.test(firstLine)) return at('front-matter/language', 'The front matter is JSON.');
  if (!firstLine.startsWith('---') || firstLine.startsWith('----')) {
    return at('front-matter/missing', 'The file does not begin with front matter.');
  }
  const language = firstLine.slice(3).trim();
  if (language) {
    return at('front-matter/language', `"${language.slice(0, 40)}" stands behind the opening three hyphens.`, start + 3);
  }

  const opening = /\r?\n/g;
  opening.lastIndex = start;
  const headerStart = opening.test(text) ? opening.lastIndex : text.length;
  const closing = /^---[ \t]*(\r?\n|$(?![\r\n]))/gm;
  closing.lastIndex = headerStart;
  const end = closing.exec(text);
  if (!end) return at('front-matter/unclosed', 'The front matter is never closed.');
  const header = text.slice(headerStart, end.index);
  // Other readers of these files, gray-matter among them, would take it for the end and drop what follows.
  const hyphens = /^---/m.exec(header);
  if (hyphens) return at('front-matter/syntax', 'A line of the front matter begins with three hyphens.', headerStart + hyphens.index);
  return { header, headerStart, bodyStart: end.index + end[0].length };
};

const SHOWN_STEPS = 5;

const describe = (path: Path): string => `${path.slice(0, SHOWN_STEPS).join('.')}${path.length > SHOWN_STEPS ? '…' : ''}`;

/**
 * What no YAML parser refuses and a database or the next reader would: endless aliases, `__proto__`, NUL. Stops at the first one, so that a
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
 * What stands between the three hyphens and the line of the next three: the rest of the opening line in front of it, and no line break behind
 * the last line, as gray-matter cuts it. It is not asked to: that takes as long as to parse the YAML.
 */
const blockOf = (text: string, bodyStart: number): string => {
  const block = text.slice(text.startsWith(BOM) ? 4 : 3, bodyStart);
  const end = block.indexOf('\n---');
  return end < 0 ? block : block.slice(0, end);
};

/** True for blanks and comments, of which js-yaml reads some as text. */
const isEmpty = (block: string): boolean => /^\s*(?:#[^\n]*(?:\n\s*|$))*$/.test(block);

/**
 * Reads a file's front matter.
 *
 * @returns the values, or all problems that keep the file from being read
 */
export const parseFrontMatter = (text: string, parts: Header, file: string, limits: Limits): JsonObject | Problem[] => {
  const { header, headerStart, bodyStart } = parts;
  if (header.length > limits.frontMatterBytes) {
    return [problem('front-matter/too-large', file, `The front matter has ${header.length} characters.`)];
  }

  let data: unknown;
  try {
    const block = blockOf(text, bodyStart);
    data = isEmpty(block) ? {} : (parseYaml(block) ?? {});
  } catch (error) {
    if (error instanceof RangeError) {
      return [problem('front-matter/too-deep', file, 'The front matter is nested too deeply to be read.')];
    }
    if (!isYamlException(error)) throw error;
    return explainSyntax(error, text, parts, file);
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
