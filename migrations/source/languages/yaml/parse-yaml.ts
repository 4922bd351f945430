import yaml from 'js-yaml';

import { isNumber } from '../number';

const { Type } = yaml;

const number = (kind: 'int' | 'float') =>
  new Type(`tag:yaml.org,2002:${kind}`, {
    kind: 'scalar',
    resolve: (text: string | null) => text !== null && isNumber(text) && Number.isInteger(Number(text)) === (kind === 'int'),
    construct: (text: string) => Number(text),
  });

const boolean = new Type('tag:yaml.org,2002:bool', {
  kind: 'scalar',
  resolve: (text: string | null) => text !== null && /^(true|True|TRUE|false|False|FALSE)$/.test(text),
  construct: (text: string) => text.toLowerCase() === 'true',
});

const nothing = new Type('tag:yaml.org,2002:null', {
  kind: 'scalar',
  resolve: (text: string | null) => text === null || /^(~|null|Null|NULL|)$/.test(text),
  construct: () => null,
});

const merge = new Type('tag:yaml.org,2002:merge', {
  kind: 'scalar',
  resolve: (text: string | null) => text === '<<' || text === null,
});

/** Words such as `on` and `yes` and dates stay text, so that a value means the same in every program and time zone. */
const SCHEMA = yaml.FAILSAFE_SCHEMA.extend({
  implicit: [nothing, boolean, number('int'), number('float'), merge],
});

/** True for blanks and comments, of which js-yaml reads some as text. */
const isEmpty = (header: string): boolean => /^\s*(?:#[^\n]*(?:\n\s*|$))*$/.test(header);

/**
 * Reads YAML into plain values, as gray-matter cuts it: with the line break of the opening line, and without the last one. The mark of an
 * error is one character further on than the place in the header, therefore.
 *
 * @throws YAMLException with the mark of the first syntax error; a key that stands twice is one
 */
export const parseYaml = (header: string): unknown =>
  isEmpty(header) ? {} : (yaml.load(`\n${header.replace(/\n$/, '')}`, { schema: SCHEMA }) ?? {});

export const isYamlException = (error: unknown): error is yaml.YAMLException => error instanceof yaml.YAMLException;
