import type { YAMLException } from 'js-yaml';
import { parseDocument } from 'yaml';

import type { Header } from './front-matter';
import { positionAt } from './locate';
import { problem, type Problem } from './problem';

const sentence = (text: string): string => {
  const line = text.split('\n')[0]!.trim().replace(/:$/, '');
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}${/[.!?]$/.test(line) ? '' : '.'}`;
};

/**
 * Turns the error of the fast parser, which stops at the first, into all problems of the file. The second parser is ten times slower and
 * stricter in places that real archives use, so it is asked about files that failed and believed about repeated keys alone.
 */
export const explainSyntax = (error: YAMLException, text: string, parts: Header, file: string): Problem[] => {
  const { header, headerStart } = parts;
  const at = (offset: number) => positionAt(text, headerStart + Math.min(offset, header.length));
  const duplicates = parseDocument(header, { logLevel: 'silent' })
    .errors.filter(({ code }) => code === 'DUPLICATE_KEY')
    .map(({ pos }) => {
      const key = /^[^\s:]*/.exec(header.slice(pos[0]))![0];
      return problem('front-matter/duplicate-key', file, `The key "${key}" stands here a second time.`, at(pos[0]), text);
    });

  const reason = error.reason ?? error.message;
  if (reason.startsWith('duplicated mapping key') && duplicates.length > 0) return duplicates;
  const rule = reason.startsWith('duplicated mapping key') ? 'front-matter/duplicate-key' : 'front-matter/syntax';
  return [problem(rule, file, sentence(reason), at(error.mark?.position ?? 0), text), ...duplicates];
};
