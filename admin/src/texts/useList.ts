import { useCallback } from 'react';
import { useIntl } from 'react-intl';

/** Puts words in a row as the editor's language does: "a, b and c". */
export const useList = (): ((words: string[]) => string) => {
  const { formatList } = useIntl();
  return useCallback((words) => formatList(words, { type: 'conjunction' }), [formatList]);
};
