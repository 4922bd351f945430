import { useFetchClient } from '@strapi/strapi/admin';
import { useCallback, useEffect, useState } from 'react';

export type Loaded<T> =
  | { state: 'loading'; data?: T; error?: undefined }
  | { state: 'failed'; data?: undefined; error: unknown }
  | { state: 'done'; data: T; error?: undefined };

interface Answer<T> {
  /** What was asked. */
  asked: string;
  data?: T;
  error?: unknown;
}

/**
 * Asks the server for something, again whenever the question changes, and keeps what was there while the next answer is on its way.
 *
 * @param url null: nothing is asked
 * @param body with it the request is a POST
 */
export const useLoaded = <T>(url: string | null, body?: object): Loaded<T> & { reload: () => void } => {
  const { get, post } = useFetchClient();
  const [answer, setAnswer] = useState<Answer<T>>({ asked: '' });
  const [attempt, setAttempt] = useState(0);
  const sent = body && JSON.stringify(body);
  const asked = `${attempt} ${String(url)} ${String(sent)}`;

  useEffect(() => {
    if (url === null) return undefined;
    const request = new AbortController();
    const { signal } = request;
    const reply = sent === undefined ? get<T>(url, { signal }) : post<T>(url, JSON.parse(sent), { signal });
    reply.then(
      ({ data }) => !signal.aborted && setAnswer({ asked, data }),
      (error: unknown) => !signal.aborted && setAnswer({ asked, error }),
    );
    return () => request.abort();
  }, [get, post, url, sent, asked]);

  const reload = useCallback(() => setAttempt((before) => before + 1), []);
  if (answer.asked !== asked) return { state: 'loading', data: answer.data, reload };
  if (answer.data === undefined) return { state: 'failed', error: answer.error, reload };
  return { state: 'done', data: answer.data, reload };
};
