import { useFetchClient } from '@strapi/strapi/admin';
import { useMemo } from 'react';

import { foldName } from '../../../../content-types/rules/name';
import { UIDS } from '../../../../content-types/uids';
import type {
  DismissalAnswer,
  DismissalRequest,
  Hit,
  Offering,
  OfferingsAnswer,
  SearchAnswer,
  SearchRequest,
  Story,
  Suggestion,
  SuggestionsAnswer,
} from '../../../../server/src/contracts/picker';
import type { Pick } from '../picks/value';

/** With longer pages the Content Manager tells the names of the first ten alone. */
const PAGE = 10;

/** What the server takes as a search, in characters. */
export const MAX_LENGTH = 1_000;
/** As many results as the server gives at once; the very name is among the first of them. */
const MOST_ALIKE = 100;

export interface RelationsRequest {
  documentId: string;
  field: 'relatedOfferings' | 'topics';
  status: 'draft' | 'published';
  /** Of a type that the app has localized. Without it Strapi takes any of a story's translations. */
  locale?: string;
  /** Not sent: another version of the same story is another request. */
  version?: string;
}

/** A topic that the list can be narrowed to. */
export type FoundTopic = SearchAnswer['meta']['facets']['topics'][number];

interface RelationsAnswer {
  results: { id: number; documentId: string; [mainField: string]: unknown }[];
  pagination: { pageCount: number };
}

export interface NewOffering {
  name: string;
  type: string | null;
  /** Their document ids. */
  topics: string[];
}

const toPick = ({ id, documentId, name }: RelationsAnswer['results'][number]): Pick => ({
  id,
  documentId,
  name: typeof name === 'string' ? name : documentId,
});

/** Everything that the picker asks the server. Strapi's own routes keep Strapi's own permissions and validation. */
export const usePickerClient = () => {
  const { get, post, put } = useFetchClient();
  return useMemo(
    () => ({
      /** All saved relations of a story, in order, however many pages they fill. */
      async relations({ documentId, field, status, locale }: RelationsRequest, signal: AbortSignal): Promise<Pick[]> {
        const url = `/content-manager/relations/${UIDS['curated-content']}/${documentId}/${field}`;
        const load = async (page: number) =>
          (await get<RelationsAnswer>(url, { params: { status, locale, page, pageSize: PAGE }, signal })).data;
        const first = await load(1);
        const others = await Promise.all(Array.from({ length: first.pagination.pageCount - 1 }, (_, at) => load(at + 2)));
        // Strapi counts pages from the last relation backwards.
        return [first, ...others].flatMap(({ results }) => results.map(toPick)).reverse();
      },

      async offerings(request: { documentIds: string[]; story?: Story }, signal: AbortSignal): Promise<Offering[]> {
        const { data } = await post<OfferingsAnswer>('/curation/picker/offerings', request, { signal });
        return data.data;
      },

      async suggestions(request: { story: Story; picked: string[]; limit: number }, signal: AbortSignal): Promise<Suggestion[]> {
        const { data } = await post<SuggestionsAnswer>('/curation/picker/suggestions', request, { signal });
        return data.data;
      },

      async search(request: SearchRequest, signal: AbortSignal): Promise<SearchAnswer> {
        const { data } = await post<SearchAnswer>('/curation/picker/search', request, { signal });
        return data;
      },

      /** Topics by a part of their names, with what each would leave of a search. */
      async topics({ search, like }: { search: SearchRequest; like: string }, signal: AbortSignal): Promise<FoundTopic[]> {
        const request: SearchRequest = { ...search, topicsLike: like.slice(0, MAX_LENGTH), limit: 1 };
        const { data } = await post<SearchAnswer>('/curation/picker/search', request, { signal });
        return data.meta.facets.topics;
      },

      /** The offering that is called so already, letter case and blanks apart. */
      async called(name: string): Promise<Hit | undefined> {
        const folded = foldName(name);
        const { data } = await post<SearchAnswer>('/curation/picker/search', { q: folded.slice(0, MAX_LENGTH), limit: MOST_ALIKE });
        return data.data.find((hit) => foldName(hit.name) === folded);
      },

      async dismiss(request: DismissalRequest): Promise<void> {
        await put<DismissalAnswer>('/curation/picker/dismissals', request);
      },

      async create({ topics, ...attributes }: NewOffering): Promise<{ id: number; documentId: string }> {
        const { data } = await post<{ data: { id: number; documentId: string } }>(`/content-manager/collection-types/${UIDS.offering}`, {
          ...attributes,
          topics: { connect: topics.map((documentId) => ({ documentId })), disconnect: [] },
        });
        return data.data;
      },
    }),
    [get, post, put],
  );
};

export type PickerClient = ReturnType<typeof usePickerClient>;
