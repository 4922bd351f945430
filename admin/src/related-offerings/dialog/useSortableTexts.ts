import type { Announcements, ScreenReaderInstructions, UniqueIdentifier } from '@dnd-kit/core';
import { useRef } from 'react';

import { useText } from '../../texts/useText';
import type { Pick } from '../picks/value';

/** What a screen reader says while a picked offering is moved. */
export const useSortableTexts = (list: Pick[]): { announcements: Announcements; screenReaderInstructions: ScreenReaderInstructions } => {
  const text = useText();
  const total = list.length;
  /** Below what it was last: taking one up tells that it is over itself, which would drown out the rest. */
  const last = useRef<UniqueIdentifier>();
  const tell = (id: UniqueIdentifier, over: UniqueIdentifier | undefined) => ({
    name: list.find(({ documentId }) => documentId === id)?.name ?? '',
    place: list.findIndex(({ documentId }) => documentId === (over ?? id)) + 1,
    total,
  });
  return {
    announcements: {
      onDragStart({ active }) {
        last.current = active.id;
        return text('relatedOfferings.drag.grabbed', tell(active.id, undefined));
      },
      onDragOver({ active, over }) {
        if (!over || over.id === last.current) return undefined;
        last.current = over.id;
        return text('relatedOfferings.drag.over', tell(active.id, over.id));
      },
      onDragEnd: ({ active, over }) => text('relatedOfferings.drag.dropped', tell(active.id, over?.id)),
      onDragCancel: ({ active }) => text('relatedOfferings.drag.cancelled', tell(active.id, undefined)),
    },
    screenReaderInstructions: { draggable: text('relatedOfferings.drag.instructions') },
  };
};
