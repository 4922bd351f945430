import { isObject, type JsonValue, type Path } from '../../source/json';
import type { FieldRule } from '../mapping';

const text = (value: JsonValue | undefined): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null);

/**
 * A file in the assets folder: either its path, or a mapping with `href`, `alt` and `valid`.
 */
export const media = (attribute: string, place: string): FieldRule => {
  const path: Path = [place];
  return {
    attribute,
    places: [path],
    read(reader) {
      const found = reader.get(path);
      const href = text(isObject(found) ? found.href : found);
      if (href === null || (isObject(found) && found.valid === false)) return undefined;
      const alternativeText = text(isObject(found) ? found.alt : undefined);
      return { kind: 'media', media: { href, alternativeText, place: isObject(found) ? [...path, 'href'] : path } };
    },
    write(writer, current) {
      if (current.kind !== 'media') return;
      const before = writer.get(path);
      const { media: file } = current;
      if (!file) writer.set(path, null);
      else if (typeof before === 'string') writer.set(path, file.href);
      else {
        if (text(isObject(before) ? before.href : undefined) !== file.href) writer.set([...path, 'href'], file.href);
        if (file.alternativeText !== null) writer.set([...path, 'alt'], file.alternativeText);
      }
    },
  };
};
