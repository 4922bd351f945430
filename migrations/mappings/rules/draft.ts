import type { JsonValue, Path } from '../../source/json';
import type { Writer } from '../mapping';

/** The words of YAML 1.1, in which Jekyll and Hugo read front matter, and of those who put them in quotes. */
const YES = /^(?:true|yes|on|1|draft)$/i;
const NO = /^(?:false|no|off|0)$/i;

/** True for what says that a story is a draft: a yes, or the word itself in a key such as `status`. */
export const saysDraft = (value: JsonValue | undefined): boolean => YES.test(String(value).trim());

/** True for what says that a story is not published. */
export const saysNo = (value: JsonValue | undefined): boolean => NO.test(String(value).trim());

/** Says in front matter whether a story is a draft; nothing where a file without the key says the same. */
export const writeDraft = (writer: Pick<Writer, 'get' | 'set'>, path: Path, isDraft: boolean): void => {
  if (isDraft !== saysDraft(writer.get(path))) writer.set(path, isDraft);
};
