import picomatch from 'picomatch';

import { SCHEMAS, targetOf, type ContentType } from '../../../content-types';
import { isBlank } from '../../../content-types/rules/blank';
import { hostOf } from '../../../content-types/rules/brand';
import { permalinkSlug } from '../../../content-types/rules/permalink';
import { slugOf, storySlug } from '../../../content-types/rules/slug';
import type { JsonObject, JsonValue } from '../../source/json';
import type { ParsedFile } from '../../source/parsed-file';
import { timestampsOf } from '../dates';
import { keyIdentity, offeringIdentities, pathIdentity, storyIdentity, topicIdentities } from '../identity';
import type { Collection, FieldRule, Mapping, Reader, Source } from '../mapping';
import { saysDraft, saysNo, writeDraft } from '../rules/draft';
import { fallbacks } from '../rules/fallbacks';
import { media } from '../rules/media';
import { references } from '../rules/references';
import { parseSource, pathsOf } from '../rules/sources';
import { topicValues } from '../rules/topics';
import type { CollectionFile, FieldFile, MappingFile } from './schema';

/** Attributes that are a list wherever they stand, and that older files write as a single value. */
const LISTS = ['aliases', 'authors', 'tags'];
const HREF_KEYS = ['href', 'src', 'path', 'url'];

const text = (value: JsonValue | undefined): string | null => (typeof value === 'string' && !isBlank(value) ? value : null);

const sourcesOf = (from: string | string[]): Source[] => (Array.isArray(from) ? from : [from]).map(parseSource);

const ruleOf = (type: ContentType, name: string, given: FieldFile): FieldRule => {
  const options = typeof given === 'string' || Array.isArray(given) ? { from: given } : given;
  const { from, match, create, all, default: fallback } = options;
  const attribute = SCHEMAS[type].attributes[name]!;
  const sources = sourcesOf(from);
  switch (attribute.type) {
    case 'relation':
      return references(name, targetOf(type, name), sources, { match, create, all, default: fallback });
    case 'media':
      return { ...media(name, pathsOf(sources), { hrefKeys: HREF_KEYS, prefersPath: true }), sources };
    default:
      return fallbacks(name, sources, {
        default: fallback,
        isList: LISTS.includes(name),
        isHeadline: name === 'title' || (name === 'name' && type === 'offering'),
      });
  }
};

const firstValue = (reader: Reader, sources: readonly Source[]): JsonValue | undefined =>
  sources.map((source) => source.read(reader)).find((value) => !isBlank(value));

/** What identifies a record, by its type, where the mapping names no key or the key is blank. */
const OWN_IDENTITIES: Record<ContentType, (values: JsonObject, key: string[], path: string) => string[]> = {
  'curated-content': ({ workPackageId }, key) => [storyIdentity(workPackageId) ?? [], key].flat(),
  offering: (values, key) => [...key, ...offeringIdentities(values)],
  topic: ({ name }, key, path) => [...(key.length > 0 ? key : [pathIdentity(path)]), ...topicIdentities(name)],
};

const COMPLETE: Record<ContentType, (values: JsonObject) => JsonObject> = {
  'curated-content': (values) => {
    const link = text(values.link);
    const slug = text(values.slug) ?? storySlug({ title: String(values.title), link });
    return { ...values, slug, ...(link ? { brand: text(values.brand) ?? hostOf(link) } : {}) };
  },
  topic: (values) => {
    const derived = topicValues(String(values.name));
    return {
      ...values,
      label: text(values.label) ?? derived.label!,
      taxonomy: text(values.taxonomy) ?? derived.taxonomy!,
      slug: text(values.slug) ?? derived.slug!,
    };
  },
  offering: (values) => ({
    ...values,
    slug: text(values.slug) ?? permalinkSlug(text(values.permalink)) ?? slugOf(String(values.name)),
  }),
};

/** A path that a glob matches: of alternatives the first, and the name for what may be anything. */
const pathFor = (glob: string, name: string): string => {
  const parts = glob.replace(/\{([^{},]*)[^{}]*\}/g, '$1').split('/');
  const [last = '', folders] = [parts.pop(), parts.filter((part) => part !== '**')];
  const filled = (part: string) => part.replace(/[*?[].*[*?\]]|[*?]/, name);
  return [...folders.map(filled), /\.\w+$/.test(last) ? filled(last) : `${name}.md`].join('/');
};

const namesFile = (file: CollectionFile, includes: (path: string) => boolean): ((record: JsonObject) => string) => {
  const { date } = file.fields;
  const isDated = JSON.stringify(date ?? null).includes('"$date"');
  return ({ slug, date: day }) => {
    const paths = file.include.map((glob) => pathFor(glob, `${isDated && day ? `${String(day)}-` : ''}${String(slug)}`));
    return paths.find(includes) ?? paths[0]!;
  };
};

const globOf = (globs: readonly string[]): ((path: string) => boolean) =>
  globs.length > 0 ? picomatch([...globs], { dot: true }) : () => false;

interface Compiled {
  collection: Collection;
  includes(path: string): boolean;
  excludes(path: string): boolean;
}

const compileCollection = (file: CollectionFile): Compiled => {
  const { type, fields, exclude = [], draft = 'draft' } = file;
  const included = globOf(file.include);
  const excludes = globOf(exclude);
  const includes = (path: string) => included(path) && !excludes(path);
  const rules = Object.entries(fields).map(([name, field]) => ruleOf(type, name, field));
  const key = file.key === undefined ? [] : sourcesOf(file.key);
  const dates = rules.find(({ attribute }) => attribute === 'date')?.sources ?? [];
  const draftSource = typeof draft === 'string' ? parseSource(draft) : undefined;

  const collection: Collection = {
    type,
    matches: ({ path }: ParsedFile) => includes(path),
    fields: rules,
    identities: (values, reader) => OWN_IDENTITIES[type](values, keyIdentity(firstValue(reader, key)), reader.file.path),
    keyPlaces: pathsOf(key),
    complete: COMPLETE[type],
    isDraft: (reader) => (draftSource ? saysDraft(draftSource.read(reader)) : draft === true) || saysNo(reader.get(['published'])),
    setDraft(writer, isDraft) {
      if (!isDraft && saysNo(writer.get(['published']))) writer.set(['published'], true);
      if (draftSource?.path) writeDraft(writer, draftSource.path, isDraft);
    },
    timestamps: ({ date, lastModified }, reader) => timestampsOf(text(firstValue(reader, dates)) ?? text(date), text(lastModified)),
    skeleton: () => ({}),
    fileName: namesFile(file, includes),
  };
  return { collection, includes, excludes };
};

/** Turns a mapping file, which has been checked, into a mapping. The first collection that includes a file takes it. */
export const compileMapping = (file: MappingFile, digest?: string): Mapping => {
  const { name, collections } = file;
  const compiled = collections.map(compileCollection);
  return {
    name,
    digest,
    file,
    collections: compiled.map(({ collection }) => collection),
    concerns: (path) =>
      compiled.some(({ includes }) => includes(path))
        ? 'included'
        : compiled.some(({ excludes }) => excludes(path))
          ? 'excluded'
          : 'unmapped',
  };
};
