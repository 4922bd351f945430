import { isBlank } from '../../../content-types/rules/blank';
import { isObject, type JsonValue, type Path } from '../../source/json';
import type { FieldRule } from '../mapping';
import { pathOf } from './places';

const text = (value: JsonValue | undefined): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null);

export interface MediaOptions {
  /** The keys of a mapping that may hold the path, the usual one first. */
  hrefKeys?: readonly string[];
  /** Write the path alone where there is nothing else to say. */
  prefersPath?: boolean;
}

/** A file as one place names it: its path, a mapping, or a list of either, of which the first counts. */
interface Named {
  at: Path;
  key?: string;
  href: string | null;
  alternativeText: string | null;
  isValid: boolean;
}

const namedAt = (value: JsonValue | undefined, at: Path, hrefKeys: readonly string[]): Named => {
  if (Array.isArray(value)) return namedAt(value[0], [...at, 0], hrefKeys);
  if (!isObject(value)) return { at, href: text(value), alternativeText: null, isValid: true };
  const key = hrefKeys.find((candidate) => text(value[candidate]) !== null) ?? hrefKeys[0]!;
  return { at, key, href: text(value[key]), alternativeText: text(value.alt), isValid: value.valid !== false };
};

/**
 * A file in the assets folder: either its path, or a mapping with `href`, `alt` and `valid`. Of several places the first that names one.
 */
export const media = (
  attribute: string,
  places: string | readonly Path[],
  { hrefKeys = ['href'], prefersPath = false }: MediaOptions = {},
): FieldRule => {
  const paths = typeof places === 'string' ? [pathOf(places)] : places;
  return {
    attribute,
    places: paths,
    read(reader) {
      const found = paths.map((path) => namedAt(reader.get(path), path, hrefKeys)).find(({ href }) => href !== null);
      if (!found?.isValid) return undefined;
      const place = found.key === undefined ? found.at : [...found.at, found.key];
      return { kind: 'media', media: { href: found.href!, alternativeText: found.alternativeText, place } };
    },
    write(writer, current) {
      if (current.kind !== 'media') return;
      const named = paths.map((path) => namedAt(writer.get(path), path, hrefKeys));
      const { at, key, href } = named.find((each) => each.href !== null) ?? { ...named[0]!, at: paths[0]! };
      const { media: file } = current;
      if (!file) {
        if (!writer.isNew) writer.set(at, null);
        return;
      }
      const before = writer.get(at);
      const isPath = typeof before === 'string' || (isBlank(before) && prefersPath && file.alternativeText === null);
      if (isPath) {
        writer.set(at, file.href);
        return;
      }
      if (href !== file.href) writer.set([...at, key ?? hrefKeys[0]!], file.href);
      if (file.alternativeText !== null) writer.set([...at, 'alt'], file.alternativeText);
    },
  };
};
