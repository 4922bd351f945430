import { useCallback } from 'react';
import { useIntl } from 'react-intl';

import { useText } from './useText';

/**
 * Puts words in a row as the editor's language does: "a, b and c".
 *
 * @param others how many more there are than these; they are counted at the end: "a, b and 3 others"
 */
export const useList = (): ((words: string[], others?: number) => string) => {
  const { formatList } = useIntl();
  const text = useText();
  return useCallback(
    (words, others = 0) => formatList(others > 0 ? [...words, text('others', { count: others })] : words, { type: 'conjunction' }),
    [formatList, text],
  );
};
