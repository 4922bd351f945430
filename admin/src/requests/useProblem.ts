import { useCallback } from 'react';

import { useList } from '../texts/useList';
import { useText } from '../texts/useText';

import { isForbidden, isSessionOver } from './refusals';

interface Refusal {
  response?: { data?: { error?: { details?: { reason?: string; names?: string[] } } } };
}

const NAMES = 3;

/** Says in the editor's language why the server did not do what it was asked for. */
export const useProblem = (): ((error: unknown) => string) => {
  const text = useText();
  const list = useList();
  return useCallback(
    (error) => {
      const { details } = (error as Refusal).response?.data?.error ?? {};
      const names = details?.names ?? [];
      if (details?.reason === 'changedSince') {
        return text('problem.changedSince', { count: names.length, names: list(names.slice(0, NAMES), names.length - NAMES) });
      }
      if (details?.reason === 'held') return text('problem.held');
      if (details?.reason === 'translated') return text('problem.translated');
      if (details?.reason === 'gone') return text('problem.gone');
      if (isSessionOver(error)) return text('session.ended');
      return text(isForbidden(error) ? 'problem.forbidden' : 'problem.failed');
    },
    [text, list],
  );
};
