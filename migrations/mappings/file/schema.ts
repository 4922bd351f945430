import { z } from 'zod';

import { SCHEMAS, targetOf, type Attribute, type ContentType } from '../../../content-types';
import { isObject, type JsonValue } from '../../source/json';
import { didYouMean } from '../closest';
import { MATCHES } from '../rules/references';
import { TOKEN_NAMES } from '../rules/sources';

/** What a person may name: neither the plugin's own keys nor what is kept for the export. */
const isNameable = ({ visible }: Attribute): boolean => visible !== false;

const attributesOf = (type: ContentType): string[] =>
  Object.entries(SCHEMAS[type].attributes).flatMap(([name, attribute]) => (isNameable(attribute) ? [name] : []));

const source = z
  .string()
  .refine((text) => text.trim() !== '', 'expected the name of a key, found nothing')
  .superRefine((text, context) => {
    if (!text.startsWith('$') || TOKEN_NAMES.includes(text)) return;
    context.addIssue(`there is no ${text}; expected one of ${TOKEN_NAMES.join(', ')}.${didYouMean(text, TOKEN_NAMES)}`);
  });

const sources = z.array(source).min(1, 'expected at least one path');

const detailed = z.strictObject({
  from: z.union([source, sources]),
  match: z.enum(MATCHES).optional(),
  create: z.boolean().optional(),
  all: z.boolean().optional(),
  default: z.json().optional(),
});

const field = z.union([source, sources, detailed]);

const globs = z.array(z.string().min(1, 'expected a glob such as "news/**/*.md"')).min(1, 'expected at least one glob');

const collection = z
  .strictObject({
    type: z.enum(Object.keys(SCHEMAS) as [ContentType, ...ContentType[]]),
    include: globs,
    exclude: z.array(z.string()).optional(),
    key: source.optional(),
    draft: z.union([source, z.boolean()]).optional(),
    fields: z.record(z.string(), field),
  })
  .superRefine(({ type, fields }, context) => {
    const attributes = SCHEMAS[type].attributes;
    const names = attributesOf(type);
    const tell = (message: string, ...path: string[]) => context.addIssue({ code: 'custom', message, path: ['fields', ...path] });

    const must = type === 'curated-content' ? 'title' : 'name';
    if (!Object.hasOwn(fields, must)) tell(`expected a field "${must}": no ${type} is without one`);

    for (const [name, value] of Object.entries(fields)) {
      if (!names.includes(name)) {
        tell(`a ${type} has no attribute "${name}".${didYouMean(name, names)}`, name);
        continue;
      }
      const attribute = attributes[name]!;
      if (!isObject(value)) continue;
      const isRelation = attribute.type === 'relation';
      for (const key of ['match', 'create', 'all'] as const) {
        if (value[key] !== undefined && !isRelation) tell(`"${key}" is for relations; "${name}" is a ${attribute.type}`, name, key);
      }
      if (attribute.type === 'media' && value.default !== undefined) tell('a picture has no default', name, 'default');
      if (isRelation && value.match === 'permalink' && targetOf(type, name) === 'topic') {
        tell('a topic has no permalink; expected one of slug, name, id', name, 'match');
      }
    }
  });

/** A mapping file; see docs/mapping-files.md. */
export const mappingFile = z.strictObject({
  name: z
    .string()
    .regex(/^[\w.-]+$/, 'expected a name of letters, digits, dots and hyphens')
    .max(100),
  collections: z.array(collection).min(1, 'expected at least one collection'),
});

export type MappingFile = z.infer<typeof mappingFile>;
export type CollectionFile = MappingFile['collections'][number];
export type FieldFile = CollectionFile['fields'][string];

const kindOf = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return { object: 'a mapping', string: 'a text', number: 'a number', boolean: 'true or false' }[typeof value as string] ?? typeof value;
};

const KINDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text ? '.' : ''}${String(key)}`), '');

const at = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined),
    input,
  );

const KEYS: Record<string, string[]> = {
  0: Object.keys(mappingFile.shape),
  2: Object.keys(collection.shape),
  4: Object.keys(detailed.shape),
};

/** The branch of a union that the author meant, told by the kind of value that stands there. */
const meant = (errors: readonly z.core.$ZodIssue[][], value: unknown): z.core.$ZodIssue[] | undefined => {
  const isKindError = (issue: z.core.$ZodIssue) => issue.path.length === 0 && issue.code === 'invalid_type';
  const fitting = errors.filter((issues) => !issues.some(isKindError));
  return value === undefined ? undefined : fitting[0];
};

const tellIssue = (issue: z.core.$ZodIssue, input: unknown, above: readonly PropertyKey[] = []): string[] => {
  const path = [...above, ...issue.path];
  const value = at(input, path);
  const say = (message: string) => [`${pathText(path) || 'the mapping'}: ${message}`];
  switch (issue.code) {
    case 'invalid_value': {
      const values = issue.values.map(String);
      return say(
        `expected one of ${values.join(', ')}${typeof value === 'string' ? `; found "${value}".${didYouMean(value, values)}` : `; found ${kindOf(value)}`}`,
      );
    }
    case 'unrecognized_keys':
      return issue.keys.flatMap((key) => say(`unknown key "${key}".${didYouMean(key, KEYS[path.length] ?? [])}`));
    case 'invalid_type':
      return say(`expected ${KINDS[issue.expected] ?? issue.expected}, found ${kindOf(value)}`);
    case 'invalid_union': {
      const branch = meant(issue.errors, value);
      if (branch) return branch.flatMap((each) => tellIssue(each, input, path));
      return say(`expected a path such as "title", a list of paths, or {"from": "title"}; found ${kindOf(value)}`);
    }
    default:
      return say(issue.message);
  }
};

/**
 * Checks what somebody wrote as a mapping.
 *
 * @returns the mapping, or every mistake with the path to it
 */
export const checkMappingFile = (input: JsonValue): MappingFile | { mistakes: string[] } => {
  const { success, data, error } = mappingFile.safeParse(input);
  return success ? data : { mistakes: error.issues.flatMap((issue) => tellIssue(issue, input)) };
};
