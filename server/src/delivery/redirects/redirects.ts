import { refreshRedirects } from '../../../../migrations/apply/redirects';
import { chunksOf } from '../../../../migrations/apply/select';
import type { DerivedRows } from '../../derived/derived-rows';

const CHUNK = 1_000;

/** The table of the paths that lead to entries. */
export const redirects: DerivedRows = {
  name: 'redirects',
  async refresh({ host, trx, type, documentIds }) {
    for (const chunk of chunksOf([...new Set(documentIds)].sort(), CHUNK)) await refreshRedirects(host, trx, type, chunk);
    return [];
  },
};
