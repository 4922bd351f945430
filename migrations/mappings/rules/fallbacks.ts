import { isBlank } from '../../../content-types/rules/blank';
import { sameJson, type JsonValue } from '../../source/json';
import type { FieldRule, Source, Writer } from '../mapping';
import { plain } from './places';
import { pathsOf } from './sources';
import { decodeHeadline, encodeHeadline } from './values';

export interface FallbackOptions {
  /** What holds where every source is blank. */
  default?: JsonValue;
  /** A list, which files may write as a single value. */
  isList?: boolean;
  /** Text in which HTML entities become the characters they stand for. */
  isHeadline?: boolean;
}

/** True for what says nothing: blank text, and a list without items. */
const saysNothing = (value: JsonValue | undefined): boolean => isBlank(value) || (Array.isArray(value) && value.length === 0);

/** Where a value is written: where it was read, else where it would be read first. */
const targetOf = (writer: Writer, sources: readonly Source[]): Source | undefined => {
  const writable = sources.filter(({ path, isBody }) => path ?? isBody);
  if (writer.isNew) return writable[0];
  const read = writable.find(({ path }) => path && !saysNothing(writer.get(path)));
  return read ?? writable.find(({ isBody }) => isBody) ?? writable[0];
};

/**
 * One value, from the first of several sources that is not blank. Unlike places that say the same, the others mean something of their own,
 * so they are neither compared nor written.
 */
export const fallbacks = (attribute: string, sources: readonly Source[], options: FallbackOptions = {}): FieldRule => {
  const listed = (value: JsonValue): JsonValue => (options.isList && !Array.isArray(value) ? [value] : value);
  const standard = isBlank(options.default) ? undefined : listed(options.default);
  return {
    attribute,
    places: pathsOf(sources),
    sources,
    read(reader) {
      for (const source of sources) {
        const found = source.read(reader);
        if (found === undefined || saysNothing(found)) continue;
        if (options.isList) return { kind: 'value', value: listed(found) };
        const value = options.isHeadline && source.path ? decodeHeadline(reader, source.path, found) : found;
        return { kind: 'value', value, isDerived: source.isDerived };
      }
      return standard === undefined ? undefined : { kind: 'value', value: standard };
    },
    write(writer, current) {
      const value = options.isHeadline ? encodeHeadline(plain(current)) : plain(current);
      const target = targetOf(writer, sources);
      if (!target) return;
      if (target.isBody) {
        writer.setBody(String(value ?? ''));
        return;
      }
      const before = writer.get(target.path!);
      const isUnsaid = isBlank(before) && (isBlank(value) || sameJson(value, standard));
      if (isUnsaid) return;
      const isSingle = options.isList && Array.isArray(value) && value.length === 1 && before !== undefined && !Array.isArray(before);
      writer.set(target.path!, isSingle ? value[0]! : value);
    },
  };
};
