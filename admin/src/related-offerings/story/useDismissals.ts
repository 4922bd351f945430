import { useForm } from '@strapi/strapi/admin';
import { useEffect, useRef, useState } from 'react';

import type { PickerClient } from '../data/usePickerClient';

/**
 * Dismissals of a story between the moment in which it is saved for the first time and the one in which its new page opens, which is another
 * component to React.
 */
let handedOver: string[] = [];

export interface Dismissals {
  /** Those that the server does not know of, or not yet. */
  list: string[];
  /** Rejects where the server refuses; the offering is then what it was before. */
  set(offering: string, dismissed: boolean): Promise<void>;
}

/** What the editor wants not to see among the suggestions of this story again. */
export const useDismissals = (client: PickerClient, documentId: string | undefined): Dismissals => {
  const [list, setList] = useState<string[]>([]);
  const isSubmitting = useForm('RelatedOfferings', (form) => form.isSubmitting);
  const isModified = useForm('RelatedOfferings', (form) => form.modified);
  const last = useRef({ list, wasSubmitted: false });
  const sent = useRef<Promise<unknown>>(Promise.resolve());

  useEffect(() => {
    const { wasSubmitted } = last.current;
    last.current = { list, wasSubmitted: isSubmitting || (wasSubmitted && !isModified) };
  }, [list, isSubmitting, isModified]);

  useEffect(() => {
    if (documentId) {
      const offerings = handedOver;
      handedOver = [];
      // A suggestion that comes back is a small loss, and its dismissal is one click.
      for (const offering of offerings) client.dismiss({ story: documentId, offering, dismissed: true }).catch(() => {});
      return undefined;
    }
    handedOver = [];
    return () => {
      if (last.current.wasSubmitted) handedOver = last.current.list;
    };
  }, [client, documentId]);

  return {
    list,
    async set(offering, dismissed) {
      const withoutIt = (before: string[]) => before.filter((other) => other !== offering);
      if (dismissed) setList((before) => [...withoutIt(before), offering]);
      if (documentId) {
        // One after the other: of a dismissal and its undo, the undo has to come last on the server too.
        const answer = sent.current.then(() => client.dismiss({ story: documentId, offering, dismissed }));
        sent.current = answer.catch(() => {});
        await answer.catch((error: unknown) => {
          if (dismissed) setList(withoutIt);
          throw error;
        });
      }
      // Not before the server knows: it is asked for suggestions anew then, and would leave this one out.
      if (!dismissed) setList(withoutIt);
    },
  };
};
