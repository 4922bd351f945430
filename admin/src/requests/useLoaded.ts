import { useFetchClient } from '@strapi/strapi/admin';
import { useCallback } from 'react';

import { useAnswer } from './useAnswer';

export type Loaded<T> =
  | { state: 'loading'; data?: T; error?: undefined }
  | { state: 'failed'; data?: undefined; error: unknown }
  | { state: 'done'; data: T; error?: undefined };

interface Request {
  url: string;
  body?: object;
}

/**
 * Asks the server for something, again whenever the question changes, and keeps what was there while the next answer is on its way.
 *
 * @param url null: nothing is asked
 * @param body with it the request is a POST
 */
export const useLoaded = <T>(url: string | null, body?: object): Loaded<T> & { reload: () => void } => {
  const { get, post } = useFetchClient();
  const ask = useCallback(
    async (request: Request, signal: AbortSignal): Promise<T> => {
      const { data } = await (request.body ? post<T>(request.url, request.body, { signal }) : get<T>(request.url, { signal }));
      return data;
    },
    [get, post],
  );
  const { data, error, isLoading, retry: reload } = useAnswer(url === null ? null : { url, body }, ask);
  if (url === null || isLoading) return { state: 'loading', data, reload };
  return error === undefined ? { state: 'done', data: data!, reload } : { state: 'failed', error, reload };
};
