import type { Core } from '@strapi/strapi';

import { PLUGIN_ID } from '../../../content-types';
import type { DismissalRequest, Offering, SearchAnswer, SearchRequest, Story, Suggestion } from '../contracts/picker';
import { EVERYTHING, type Access } from './access';
import { completeStory } from './complete-story';
import { dismiss, dismissedFor } from './dismissals';
import type { State } from './index/stories';
import { LiveIndex } from './live-index';
import { MOST_BODY } from './sync/read-rows';

const DEFAULT_LIMIT = 5;

interface Options {
  /** What the answer may tell; everything without it. */
  access?: Access;
  /** Which versions of stories are learned from and told of. */
  state?: State;
}

interface SuggestOptions extends Options {
  /** 5 without it. */
  limit?: number;
  /** Document ids of offerings that are not to be suggested. */
  exclude?: readonly string[];
}

export interface Suggestions {
  index: LiveIndex;
  search(request: SearchRequest, options?: Options): Promise<SearchAnswer>;
  /** The offerings that fit a story best, with the reasons: by its document id, by what an editor has typed so far, or by both. */
  suggest(story: Story, options?: SuggestOptions): Promise<Suggestion[]>;
  /** Offerings by their document ids, in that order. */
  offerings(documentIds: readonly string[], story?: Story, options?: Options): Promise<Offering[]>;
  dismiss(dismissal: DismissalRequest): Promise<void>;
}

/** Finds offerings and says which of them fit a story. */
export const createSuggestions = ({ strapi }: { strapi: Core.Strapi }): Suggestions => {
  const index = new LiveIndex(strapi);
  const asked = ({ access = EVERYTHING, state = 'draft' }: Options) => ({ access, state });
  /** Not more of it than of stories that are stored: whoever asks next waits for the thread. */
  const complete = async (story: Story, options: Required<Options>): Promise<Story> => {
    const { body, ...whole } = await completeStory(strapi, story, options);
    return { ...whole, body: body?.slice(0, MOST_BODY) };
  };

  return {
    index,

    async search(request, options = {}) {
      const given = asked(options);
      return index.ask('search', { ...request, story: request.story && (await complete(request.story, given)), ...given });
    },

    async suggest(story, { limit = DEFAULT_LIMIT, exclude = [], ...options } = {}) {
      const given = asked(options);
      const dismissed = story.documentId ? await dismissedFor(strapi, story.documentId) : [];
      return index.ask('suggest', { story: await complete(story, given), limit, exclude: [...exclude, ...dismissed], ...given });
    },

    async offerings(documentIds, story, options = {}) {
      const given = asked(options);
      return index.ask('offerings', documentIds, story && (await complete(story, given)), given);
    },

    dismiss: (dismissal) => dismiss(strapi, dismissal),
  };
};

export const suggestionsOf = (strapi: Core.Strapi): Suggestions =>
  strapi.plugin(PLUGIN_ID).service('suggestions') as unknown as Suggestions;
