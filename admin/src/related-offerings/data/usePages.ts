import { useCallback, useEffect, useState } from 'react';

import type { Hit, SearchAnswer, SearchRequest } from '../../../../server/src/contracts/picker';

import type { PickerClient } from './usePickerClient';

/** How many results come in one answer. */
const PAGE = 50;

interface Loaded {
  /** The request without its page, as text. */
  key: string;
  meta: SearchAnswer['meta'];
  pages: ReadonlyMap<number, Hit[]>;
}

export interface Pages {
  /** Of the newest answered request; undefined before the first answer. */
  meta?: SearchAnswer['meta'];
  /** Tells one result list from the next. */
  key?: string;
  /** A result by its place, or undefined while its page is on its way. */
  at(place: number): Hit | undefined;
  /** The list on the screen is not the one asked for. */
  isLoading: boolean;
  error?: unknown;
  retry(): void;
}

/**
 * The results of a search, loaded page by page as they are looked at: those from `first` to `last`. What the editor sees stays until the first
 * page of a new search is there.
 *
 * @param search null while the story is not known; its `start` and `limit` are set here
 */
export const usePages = (client: PickerClient, search: SearchRequest | null, [first, last]: readonly [number, number]): Pages => {
  const [loaded, setLoaded] = useState<Loaded>();
  const [failed, setFailed] = useState<{ key: string; error: unknown }>();
  const [attempt, setAttempt] = useState(0);
  const wanted = search && JSON.stringify(search);
  const key = `${attempt} ${wanted ?? ''}`;

  const isNew = loaded?.key !== key;
  const from = isNew ? 0 : Math.floor(first / PAGE);
  const to = isNew ? 0 : Math.floor(last / PAGE);
  const missing = Array.from({ length: to - from + 1 }, (_, at) => from + at).filter((page) => isNew || !loaded.pages.has(page));
  const next = missing[0];

  useEffect(() => {
    if (wanted === null || next === undefined) return undefined;
    const controller = new AbortController();
    client.search({ ...(JSON.parse(wanted) as SearchRequest), start: next * PAGE, limit: PAGE }, controller.signal).then(
      ({ data, meta }) => {
        if (controller.signal.aborted) return;
        setLoaded((before) => ({ key, meta, pages: new Map([...(before?.key === key ? before.pages : []), [next, data]]) }));
      },
      (error: unknown) => {
        if (!controller.signal.aborted) setFailed({ key, error });
      },
    );
    return () => controller.abort();
  }, [client, key, wanted, next]);

  const retry = useCallback(() => setAttempt((before) => before + 1), []);
  return {
    meta: loaded?.meta,
    key: loaded?.key,
    at: (place) => loaded?.pages.get(Math.floor(place / PAGE))?.[place % PAGE],
    isLoading: isNew && failed?.key !== key,
    error: failed?.key === key ? failed.error : undefined,
    retry,
  };
};
