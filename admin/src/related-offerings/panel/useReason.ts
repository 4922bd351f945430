import { useCallback } from 'react';

import type { Reason } from '../../../../server/src/contracts/picker';
import { useList } from '../../texts/useList';
import { useText } from '../../texts/useText';

/** More of them would be longer than all the rest. */
const MOST_TITLES = 2;
/** So many characters of a title tell which it is. */
const ENOUGH = 32;

/** Cut at the end of a word, where there is one. */
const shorten = (title: string): string => {
  const start = Array.from(title).slice(0, ENOUGH).join('');
  return start === title ? title : `${start.replace(/[\s\p{P}]*\s\S*$/u, '')}…`;
};

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
        case 'picks': {
          const { stories, examples } = reason;
          const titles = examples.filter(({ title }) => title).slice(0, MOST_TITLES);
          if (titles.length === 0) return text('relatedOfferings.reason.picks', { stories });
          const quoted = titles.map(({ title }) => text('quoted', { title: shorten(title) }));
          return text('relatedOfferings.reason.titles', { stories, titles: list(quoted, stories - titles.length) });
        }
        case 'popular':
          return text('relatedOfferings.reason.popular', { stories: reason.stories });
      }
    },
    [text, list],
  );
};
