import { applyEdits, modify } from 'jsonc-parser';

import { getAt, orderLike } from '../../source/json';
import type { Patch } from './edit';

/** What one level is indented by, where the text has lines at all. */
const indentOf = (header: string): string => /\n([ \t]+)/.exec(header)?.[1] ?? '  ';

export const patchJson: Patch = (header, data, edits) => {
  const indent = indentOf(header);
  const formattingOptions = { insertSpaces: !indent.startsWith('\t'), tabSize: indent.length };
  return edits.reduce(
    (text, { path, value }) => applyEdits(text, modify(text, [...path], orderLike(getAt(data, path), value), { formattingOptions })),
    header,
  );
};
