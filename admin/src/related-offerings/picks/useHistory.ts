import { useState } from 'react';

import type { Pick } from './value';

export interface Change {
  kind: 'added' | 'removed' | 'moved' | 'replaced';
  name: string;
  /** Where it stood before, from 1; 0 where it was not picked. */
  place: number;
}

interface Step {
  before: Pick[];
  change: Change;
}

interface Past {
  steps: Step[];
  baseline: Pick[];
  /** What the picker made of the list, and of which one. */
  from: Pick[];
  to: Pick[];
  /** The form tells of a change a moment after it was made; until then the list is the old one. */
  isTold: boolean;
}

const isSame = (a: Pick[], b: Pick[]) => a.length === b.length && a.every(({ documentId }, at) => documentId === b[at]!.documentId);

/**
 * What can be taken back. It is over where the list is no longer what the picker made of it: it was saved or discarded, or changed in the
 * native field, and that must not be taken back with it.
 */
export const useHistory = (list: Pick[], baseline: Pick[]) => {
  const [past, setPast] = useState<Past>({ steps: [], baseline, from: list, to: list, isTold: true });
  const isTold = past.isTold || isSame(list, past.to);
  if (isTold !== past.isTold) setPast({ ...past, isTold });
  const isOurs = past.baseline === baseline && isSame(list, isTold ? past.to : past.from);
  const steps = isOurs ? past.steps : [];
  return {
    steps,
    note(to: Pick[], earlier: Step[]) {
      setPast({ steps: earlier, baseline, from: list, to, isTold: false });
    },
  };
};
