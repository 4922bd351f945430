import { useFetchClient, useNotification } from '@strapi/strapi/admin';
import { useCallback, useState } from 'react';

import type { UndoAnswer } from '../../../server/src/contracts/runs';
import { refreshDocuments } from '../refresh';
import { useText } from '../texts/useText';

import { useProblem } from './useProblem';

/** Takes back a run, and tells what came of it. */
export const useUndoRun = (onDone?: (run: number) => void): { undo: (run: number) => Promise<void>; isUndoing: boolean } => {
  const { post } = useFetchClient();
  const { toggleNotification } = useNotification();
  const text = useText();
  const problem = useProblem();
  const [isUndoing, setUndoing] = useState(false);

  const undo = useCallback(
    async (run: number) => {
      setUndoing(true);
      try {
        const { data } = await post<UndoAnswer>(`/curation/runs/${run}/undo`, {});
        const left = data.data.left.length;
        toggleNotification({ type: left > 0 ? 'warning' : 'success', message: left > 0 ? text('undo.left', { left }) : text('undo.done') });
        refreshDocuments();
        onDone?.(run);
      } catch (error) {
        toggleNotification({ type: 'danger', message: problem(error) });
      } finally {
        setUndoing(false);
      }
    },
    [post, toggleNotification, text, problem, onDone],
  );
  return { undo, isUndoing };
};
