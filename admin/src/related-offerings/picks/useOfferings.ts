import { useCallback, useState } from 'react';

import type { Offering } from '../../../../server/src/contracts/picker';
import { useAnswer } from '../data/useAnswer';
import type { PickerClient } from '../data/usePickerClient';

import type { Pick } from './value';

export interface Offerings {
  get(documentId: string): Offering | undefined;
  /** Remembers one that another answer brought, so that it need not be asked for. */
  learn(offering: Offering): void;
}

/** What the server tells of the picked offerings. */
export const useOfferings = (client: PickerClient, picks: Pick[]): Offerings => {
  const [learned, setLearned] = useState<ReadonlyMap<string, Offering>>(new Map());
  const unknown = picks.map(({ documentId }) => documentId).filter((documentId) => !learned.has(documentId));
  const { data } = useAnswer(unknown.length > 0 ? { documentIds: unknown.toSorted() } : null, client.offerings);
  const learn = useCallback((offering: Offering) => setLearned((last) => new Map(last).set(offering.documentId, offering)), []);
  return {
    get: (documentId) => learned.get(documentId) ?? data?.find((offering) => offering.documentId === documentId),
    learn,
  };
};
