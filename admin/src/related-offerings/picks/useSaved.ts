import { useAnswer, type Answer } from '../../requests/useAnswer';
import type { PickerClient, RelationsRequest } from '../data/usePickerClient';

import type { OpenStory } from './openStory';
import type { Pick } from './value';

/** The saved relations of the story that is open, in order; asked for again whenever it is saved. */
export const useSaved = (
  client: PickerClient,
  { activeTab, documentId, document }: OpenStory,
  field: RelationsRequest['field'] | null,
): Answer<Pick[]> =>
  useAnswer(
    documentId && field
      ? { documentId, field, status: activeTab ?? 'draft', locale: document?.locale ?? undefined, version: document?.updatedAt }
      : null,
    client.relations,
  );
