import type { Path } from '../../source/json';
import type { Writer } from '../mapping';

/** Says in front matter whether a story is a draft; nothing where a file without the key says the same. */
export const writeDraft = (writer: Pick<Writer, 'get' | 'set'>, path: Path, isDraft: boolean): void => {
  if (isDraft || writer.get(path) === true) writer.set(path, isDraft);
};
