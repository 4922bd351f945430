import { useCallback, useEffect, useState } from 'react';

import type { Hit, SearchAnswer, SearchRequest } from '../../../../server/src/contracts/picker';

import type { PickerClient } from './usePickerClient';

/** How many results come in one answer. */
const PAGE = 50;
/** So many results before and behind those on the screen are loaded before they are scrolled to. */
const AHEAD = 25;

const pageOf = (place: number) => Math.max(0, Math.floor(place / PAGE));

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
  /** Tells which results are on the screen: the first and the last. */
  look(first: number, last: number): void;
  /** The list on the screen is not the one asked for. */
  isLoading: boolean;
  /** What could not be loaded: the list that was asked for, or a part of the one that is there. */
  failed?: 'list' | 'part';
  /** Why. */
  error?: unknown;
  /** Asks again for what could not be loaded. */
  retry(): void;
  /** Asks for everything anew. */
  reload(): void;
}

/**
 * The results of a search, loaded page by page as they are looked at. What the editor sees stays until the first page of a new search is
 * there.
 *
 * @param search its `start` and `limit` are set here
 */
export const usePages = (client: PickerClient, search: SearchRequest): Pages => {
  const [loaded, setLoaded] = useState<Loaded>();
  const [refusal, setRefusal] = useState<{ key: string; error: unknown }>();
  const [attempt, setAttempt] = useState(0);
  /** By what is nearest to the editor's eye. */
  const [looked, setLooked] = useState<number[]>([0]);
  const [asked, setAsked] = useState<{ key: string; page: number }>();
  const wanted = JSON.stringify(search);
  const key = `${attempt} ${wanted}`;

  const isNew = loaded?.key !== key;
  const next = isNew ? 0 : looked.find((page) => !loaded.pages.has(page) && page * PAGE < loaded.meta.total);
  const isUnderWay = asked?.key === key && (isNew || !loaded.pages.has(asked.page));
  // One after the other, and each time the page that is looked at then: who scrolls quickly passes hundreds that nobody waits for.
  if (next !== undefined && !isUnderWay) {
    setAsked({ key, page: next });
    setRefusal(undefined);
  }

  useEffect(() => {
    if (!asked) return undefined;
    const { page } = asked;
    const controller = new AbortController();
    client.search({ ...(JSON.parse(wanted) as SearchRequest), start: page * PAGE, limit: PAGE }, controller.signal).then(
      ({ data, meta }) => {
        if (controller.signal.aborted) return;
        // The counts are those of the first page: what is around the list is not made again for each of the others.
        setLoaded((before) =>
          before?.key === asked.key
            ? { ...before, pages: new Map([...before.pages, [page, data]]) }
            : { key: asked.key, meta, pages: new Map([[page, data]]) },
        );
      },
      (error: unknown) => {
        if (!controller.signal.aborted) setRefusal({ key: asked.key, error });
      },
    );
    return () => controller.abort();
  }, [client, wanted, asked]);

  const look = useCallback((first: number, last: number) => {
    const pages = [...new Set([first, last, last + AHEAD, first - AHEAD].map(pageOf))];
    setLooked((before) => (before.join() === pages.join() ? before : pages));
  }, []);
  // With nothing asked for, what is looked at then is asked for next.
  const retry = useCallback(() => setAsked(undefined), []);
  const reload = useCallback(() => setAttempt((before) => before + 1), []);
  const isRefused = refusal?.key === key;
  return {
    meta: loaded?.meta,
    key: loaded?.key,
    at: (place) => loaded?.pages.get(Math.floor(place / PAGE))?.[place % PAGE],
    look,
    isLoading: isNew && !isRefused,
    failed: isRefused ? (isNew ? 'list' : 'part') : undefined,
    error: isRefused ? refusal.error : undefined,
    retry,
    reload,
  };
};
