import { ParseError, parseTOML, type AST } from 'toml-eslint-parser';

import type { JsonValue } from '../json';
import { rememberLast } from '../remember-last';
import { duplicateKey, type Language } from './language';
import { numberOr } from './number';
import { offsetAt, valueAt, type Place } from './place';

const scalar = (node: AST.TOMLValue): JsonValue => {
  switch (node.kind) {
    case 'string':
    case 'boolean':
      return node.value;
    case 'integer':
      return Number.isSafeInteger(node.value) ? node.value : node.number;
    case 'float':
      return numberOr(node.number);
    default:
      // As it is written: it means the same in every program and time zone.
      return node.datetime;
  }
};

/** The parts of a dotted key, without their quotes. */
export const stepsOf = ({ keys }: AST.TOMLKey): string[] => keys.map((each) => (each.type === 'TOMLBare' ? each.name : each.value));

/** The place that a step leads to, made where it is the first to be told of. */
const into = (above: Place, step: string | number, offset: number): Place => {
  if (typeof step === 'number') return ((above.items ??= [])[step] ??= { offset });
  above.keys ??= new Map();
  const known = above.keys.get(step) ?? { offset };
  above.keys.set(step, known);
  return known;
};

const addPair = (table: Place, { key, value }: AST.TOMLKeyValue): void => {
  const start = key.range[0];
  fill(
    stepsOf(key).reduce((at, step) => into(at, step, start), table),
    value,
  );
};

const fill = (place: Place, node: AST.TOMLContentNode): Place => {
  if (node.type === 'TOMLValue') place.value = scalar(node);
  else if (node.type === 'TOMLArray') place.items = node.elements.map((each) => fill({ offset: each.range[0] }, each));
  else {
    place.keys = new Map();
    node.body.forEach((pair) => addPair(place, pair));
  }
  return place;
};

const placesOf = (header: string): Place => {
  const root: Place = { offset: 0, keys: new Map() };
  for (const node of parseTOML(header).body[0].body) {
    if (node.type === 'TOMLKeyValue') {
      addPair(root, node);
      continue;
    }
    const table = node.resolvedKey.reduce((at, step) => into(at, step, node.range[0]), root);
    table.keys ??= new Map();
    node.body.forEach((pair) => addPair(table, pair));
  }
  return root;
};

const lastPlaces = rememberLast(placesOf);

/** The key that begins at a place, without its quotes. */
const keyAt = (header: string, offset: number): string => {
  const [, basic, literal, bare] = /^(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s=\].]*))/.exec(header.slice(offset))!;
  return basic ?? literal ?? bare ?? '';
};

/** What the parser says, in words for those who are used to YAML. */
const inWords = (message: string, header: string, offset: number): string => {
  const before = header.slice(header.lastIndexOf('\n', offset - 1) + 1, offset);
  if (message !== 'Unexpected character') return `${message}.`;
  if (header.charAt(offset) === ':' && !before.includes('=')) return 'TOML has "=" between a key and its value, and no colon.';
  return /=\s*$/.test(before) ? 'No value of TOML begins like this; a text has to stand in quotes.' : `${message}.`;
};

export const toml: Language = {
  parse: (header) => valueAt(placesOf(header)),
  // It hands the characters of a text to one call, of which the stack takes a hundred thousand.
  maxLength: 65_536,
  explain(error, header) {
    if (!(error instanceof ParseError)) return undefined;
    const { index: offset, message } = error;
    if (!message.startsWith('Defining a key multiple times'))
      return [{ rule: 'front-matter/syntax', message: inWords(message, header, offset), offset }];
    return [duplicateKey(keyAt(header, offset), offset)];
  },
  findOffset: (header, path) => offsetAt(lastPlaces(header), path),
};
