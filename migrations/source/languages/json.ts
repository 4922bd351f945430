import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';

import { rememberLast } from '../remember-last';
import { duplicateKey, type Language, type Mistake } from './language';
import { numberOr } from './number';
import { offsetAt, valueAt, type Place } from './place';

/** More than is told of one file. */
const MAX_MISTAKES = 1_000;

/** `CommaExpected` as words. */
const inWords = ({ error, offset }: ParseError): Mistake => {
  const words = printParseErrorCode(error).replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return { rule: 'front-matter/syntax', message: `${words}.`, offset };
};

interface Reading {
  root: Place;
  mistakes: Mistake[];
}

const read = (header: string): Reading => {
  const errors: ParseError[] = [];
  const tree = parseTree(header, errors, { disallowComments: true, allowTrailingComma: false });
  // What follows the first one follows from it more often than not.
  const mistakes = errors.slice(0, 1).map(inWords);

  const placeOf = ({ type, offset, length, value, children = [] }: Node, start = offset): Place => {
    if (type === 'array') return { offset: start, items: children.map((each) => placeOf(each)) };
    if (type === 'number') return { offset: start, value: numberOr(header.slice(offset, offset + length)) };
    if (type !== 'object') return { offset: start, value: value as string | boolean | null };
    const keys = new Map<string, Place>();
    for (const { offset: keyStart, children: [key, child] = [] } of children) {
      if (!key || !child) continue;
      const name = key.value as string;
      if (keys.has(name) && mistakes.length < MAX_MISTAKES) {
        mistakes.push(duplicateKey(name, keyStart));
      }
      keys.set(name, placeOf(child, keyStart));
    }
    return { offset: start, keys };
  };
  return { root: tree ? placeOf(tree) : { offset: 0 }, mistakes };
};

const lastReading = rememberLast(read);

export const json: Language = {
  parse(header) {
    const { root, mistakes } = read(header);
    if (mistakes[0]) throw new SyntaxError(mistakes[0].message);
    return valueAt(root);
  },
  explain: (error, header) => (error instanceof SyntaxError ? read(header).mistakes : undefined),
  findOffset: (header, path) => offsetAt(lastReading(header).root, path),
};
