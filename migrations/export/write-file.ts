import type { Collection, CurrentValue, Writer } from '../mappings/mapping';
import { splitFrontMatter } from '../source/front-matter';
import { getAt, isObject, sameJson, setAt, type JsonObject } from '../source/json';
import { LANGUAGES } from '../source/languages';
import { PATCHES } from './patch';
import type { Edit } from './patch/edit';
import { dump } from './patch/yaml';

/** What an export knows of one record. */
export interface ExportRecord {
  /** Every attribute as it now is. */
  current: Record<string, CurrentValue>;
  /** The attributes that differ from the last import, or whose targets do. */
  edited: ReadonlySet<string>;
  values: JsonObject;
  /** Whether the story is a draft, where the last import did not leave it so: the file has to say it then. */
  isDraft?: boolean;
}

const ruleIsDue = (collection: Collection, edited: ReadonlySet<string>) =>
  collection.fields.filter(({ attribute, follows = [] }) => [attribute, ...follows].some((name) => edited.has(name)));

/**
 * Writes a record into the file it came from: to the byte as it was, but for the values that were edited since, in all their places.
 */
export const updateFile = (source: string, collection: Collection, { current, edited, values, isDraft }: ExportRecord): string => {
  const rules = ruleIsDue(collection, edited);
  const parts = splitFrontMatter(source, '');
  if ((rules.length === 0 && isDraft === undefined) || 'rule' in parts) return source;

  const parsed = LANGUAGES[parts.language].parse(parts.header);
  const data = isObject(parsed) ? parsed : {};
  const next = structuredClone(data);
  const edits: Edit[] = [];
  let body = source.slice(parts.bodyStart);
  const writer: Writer = {
    isNew: false,
    record: values,
    get: (path) => getAt(next, path),
    set(path, value) {
      if (sameJson(getAt(next, path), value)) return;
      setAt(next, path, value);
      edits.push({ path, value });
    },
    setBody(text) {
      body = text;
    },
  };
  for (const rule of rules) rule.write(writer, current[rule.attribute]!);
  if (isDraft !== undefined) collection.setDraft?.(writer, isDraft);

  const header = edits.length > 0 ? PATCHES[parts.language](parts.header, data, edits) : parts.header;
  const fence = source.slice(parts.headerStart + parts.header.length, parts.bodyStart);
  // A file may end with its front matter, and no line break behind it.
  const lineEnd = body === '' || fence.endsWith('\n') ? '' : parts.header.includes('\r\n') ? '\r\n' : '\n';
  return source.slice(0, parts.headerStart) + header + fence + lineEnd + body;
};

/** Writes a record that never had a file, in the archive's own form. */
export const newFile = (collection: Collection, { current, values, isDraft }: ExportRecord): string => {
  const data = collection.skeleton();
  let body = '';
  const writer: Writer = {
    isNew: true,
    record: values,
    get: (path) => getAt(data, path),
    set: (path, value) => setAt(data, path, value),
    setBody(text) {
      body = text;
    },
  };
  for (const rule of collection.fields) {
    const value = current[rule.attribute];
    if (value) rule.write(writer, value);
  }
  if (isDraft !== undefined) collection.setDraft?.(writer, isDraft);
  return `---\n${dump(data)}---\n${body}`;
};
