import { useCallback, useEffect, useState } from 'react';

interface Settled<T> {
  key: string;
  data?: T;
  error?: unknown;
}

export interface Answer<T> {
  /** The newest answer; while a newer one is awaited, the one before it, so that nothing flickers. */
  data?: T;
  /** Why there is no newer one. */
  error?: unknown;
  isLoading: boolean;
  /** Tells answers to different requests apart. */
  key?: string;
  /** Asks again. */
  retry(): void;
}

/**
 * Asks for something, and again whenever the request changes; what is under way for an older request is aborted.
 *
 * @param request plain data; nothing is asked while it is null
 * @param ask stable from render to render
 */
export const useAnswer = <R, T>(request: R | null, ask: (request: R, signal: AbortSignal) => Promise<T>): Answer<T> => {
  const [settled, setSettled] = useState<Settled<T>>();
  const [attempt, setAttempt] = useState(0);
  const wanted = request === null ? undefined : JSON.stringify(request);
  const key = wanted === undefined ? undefined : `${attempt} ${wanted}`;

  useEffect(() => {
    if (wanted === undefined || key === undefined) return undefined;
    const controller = new AbortController();
    const settle = (result: Omit<Settled<T>, 'key'>) => {
      if (!controller.signal.aborted) setSettled((last) => ({ key, data: last?.data, ...result }));
    };
    ask(JSON.parse(wanted) as R, controller.signal).then(
      (data) => settle({ data, error: undefined }),
      (error: unknown) => settle({ error }),
    );
    return () => controller.abort();
  }, [wanted, key, ask]);

  const retry = useCallback(() => setAttempt((last) => last + 1), []);
  const isLoading = key !== undefined && settled?.key !== key;
  return { data: settled?.data, error: isLoading ? undefined : settled?.error, isLoading, key: settled?.key, retry };
};
