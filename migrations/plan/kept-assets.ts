import type { Base } from './ledger';
import type { Conflict } from './operation';

/** What a conflict about the alternative text of an attribute's picture is called; see `altTextOf`. */
const ALT_TEXT = /^(.+)\.alt$/;

/** Assets as the last import knew them where the file's own are not taken, so that they are looked at again. */
export const keptAssets = (assets: Base['assets'], known: Base['assets'], conflicts: readonly Conflict[]): Base['assets'] => {
  const all = { ...assets };
  for (const { kind, attribute, taken } of conflicts) {
    if (taken !== 'keep') continue;
    if (kind === 'media') {
      if (known[attribute]) all[attribute] = known[attribute];
      else delete all[attribute];
    }
    const described = ALT_TEXT.exec(attribute)?.[1];
    if (kind === 'values' && described && all[described]) {
      const { href, sha256 } = all[described];
      const alternativeText = known[described]?.alternativeText;
      all[described] = { href, sha256, ...(alternativeText === undefined ? {} : { alternativeText }) };
    }
  }
  return all;
};
