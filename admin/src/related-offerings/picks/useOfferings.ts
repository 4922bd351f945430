import { useForm } from '@strapi/strapi/admin';
import { useCallback, useEffect, useRef, useState } from 'react';

import type { Offering } from '../../../../server/src/contracts/picker';
import { useAnswer } from '../../requests/useAnswer';
import type { PickerClient } from '../data/usePickerClient';

import type { Picks } from './usePicks';

export interface Offerings {
  get(documentId: string): Offering | undefined;
  /** Remembers one that another answer brought, so that it need not be asked for. */
  learn(offering: Offering): void;
  /** True for one that was deleted before the story was saved with it: the server refuses the story for as long as it is picked. */
  isGone(documentId: string): boolean;
}

/**
 * What the server tells of the picked offerings. Asked again whenever a save is over, for one that was refused may be so for one of them, and
 * whenever the editor comes back to the window: from a pick its own page is a click away.
 */
export const useOfferings = (client: PickerClient, picks: Picks): Offerings => {
  const [learned, setLearned] = useState<ReadonlyMap<string, Offering>>(new Map());
  /** Of what was learned before, the server may think otherwise by now. */
  const [isDoubtful, setIsDoubtful] = useState(false);
  const all = picks.list.map(({ documentId }) => documentId);
  const asked = isDoubtful ? all : all.filter((documentId) => !learned.has(documentId));
  const { data, error, isLoading, retry } = useAnswer(asked.length > 0 ? { documentIds: asked.toSorted() } : null, client.offerings);
  const learn = useCallback((offering: Offering) => setLearned((last) => new Map(last).set(offering.documentId, offering)), []);
  const isSubmitting = useForm('RelatedOfferings', (form) => form.isSubmitting);
  const wasSubmitting = useRef(false);
  useEffect(() => {
    if (wasSubmitting.current && !isSubmitting) {
      setIsDoubtful(true);
      retry();
    }
    wasSubmitting.current = isSubmitting;
  }, [isSubmitting, retry]);
  useEffect(() => {
    const askAgain = () => {
      setIsDoubtful(true);
      retry();
    };
    window.addEventListener('focus', askAgain);
    return () => window.removeEventListener('focus', askAgain);
  }, [retry]);
  const isKnown = isDoubtful && data !== undefined && !isLoading && error === undefined;
  const found = (documentId: string) => data?.find((offering) => offering.documentId === documentId);
  return {
    get: (documentId) => found(documentId) ?? learned.get(documentId),
    learn,
    isGone: (documentId) => isKnown && !picks.isSaved(documentId) && !found(documentId),
  };
};
