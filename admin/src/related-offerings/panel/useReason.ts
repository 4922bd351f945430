import { useCallback } from 'react';

import type { Reason } from '../../../../server/src/contracts/picker';
import { useList } from '../../texts/useList';
import { useText } from '../../texts/useText';

/** Puts into words why an offering is suggested. */
export const useReason = (): ((reason: Reason) => string) => {
  const text = useText();
  const list = useList();
  return useCallback(
    (reason) => {
      switch (reason.kind) {
        case 'topics':
          return text('relatedOfferings.reason.topics', {
            count: reason.topics.length,
            topics: list(reason.topics.map(({ label }) => label)),
          });
        case 'text':
          return text('relatedOfferings.reason.text', { terms: list(reason.terms) });
        case 'picks':
          return text('relatedOfferings.reason.picks', { stories: reason.stories });
        case 'popular':
          return text('relatedOfferings.reason.popular', { stories: reason.stories });
      }
    },
    [text, list],
  );
};
