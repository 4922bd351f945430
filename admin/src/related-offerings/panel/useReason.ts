import { useCallback } from 'react';

import type { Reason } from '../../../../server/src/contracts/picker';
import { shorten } from '../../texts/shorten';
import { useList } from '../../texts/useList';
import { useText } from '../../texts/useText';

/** More of them would be longer than all the rest. */
const MOST_TITLES = 2;
/** So many characters of a title tell which it is: two of them stand beside each other. */
const ENOUGH = 32;

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
            topics: list(reason.topics.map(({ label }) => shorten(label))),
          });
        case 'text':
          return text('relatedOfferings.reason.text', { terms: list(reason.terms) });
        case 'picks': {
          const { stories, examples } = reason;
          const titles = examples.filter(({ title }) => title).slice(0, MOST_TITLES);
          if (titles.length === 0) return text('relatedOfferings.reason.picks', { stories });
          const quoted = titles.map(({ title }) => text('quoted', { title: shorten(title, ENOUGH) }));
          return text('relatedOfferings.reason.titles', { stories, titles: list(quoted, stories - titles.length) });
        }
        case 'popular':
          return text('relatedOfferings.reason.popular', { stories: reason.stories });
      }
    },
    [text, list],
  );
};
