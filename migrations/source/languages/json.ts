import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';

import { rememberLast } from '../remember-last';
import type { Language, Mistake } from './language';
import { numberOr } from './number';
import { offsetAt, valueAt, type Place } from './place';

/** All mistakes of a text in JSON. */
class JsonMistakes extends Error {
  constructor(readonly mistakes: Mistake[]) {
    super(mistakes[0]!.message);
  }
}

/** `CommaExpected` as words. */
const inWords = ({ error, offset }: ParseError): Mistake => {
  const words = printParseErrorCode(error).replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return { rule: 'front-matter/syntax', message: `${words}.`, offset };
};

const placesOf = (header: string): Place => {
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
      if (keys.has(name)) {
        mistakes.push({ rule: 'front-matter/duplicate-key', message: `The key "${name}" stands here a second time.`, offset: keyStart });
      }
      keys.set(name, placeOf(child, keyStart));
    }
    return { offset: start, keys };
  };
  const root = tree ? placeOf(tree) : { offset: 0 };
  if (mistakes.length > 0) throw new JsonMistakes(mistakes);
  return root;
};

const lastPlaces = rememberLast(placesOf);

export const json: Language = {
  parse: (header) => valueAt(placesOf(header)),
  explain: (error) => (error instanceof JsonMistakes ? error.mistakes : undefined),
  findOffset: (header, path) => offsetAt(lastPlaces(header), path),
};
