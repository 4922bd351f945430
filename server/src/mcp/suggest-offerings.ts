import type { Core } from '@strapi/strapi';

import { UIDS } from '../../../content-types';
import { suggestionsAnswerSchema, suggestionsRequestSchema } from '../contracts/picker';
import { accessOf } from '../suggestions/access';
import { suggestionsOf } from '../suggestions/service';

/** Lets those who work with Strapi over MCP ask what an editor is shown, with the permissions of their token. */
export const registerSuggestOfferings = (strapi: Core.Strapi): void => {
  strapi.ai.mcp.registerTool({
    name: 'curation_suggest_offerings',
    title: 'Suggest offerings for a story',
    description:
      'Ranks the offerings that fit a curated story, with the reasons: shared topics, common words, what editors picked for similar stories. ' +
      'Name a stored story by story.documentId, or give title, description, body and topics (document ids) of one that is not stored.',
    auth: { policies: [{ action: 'plugin::content-manager.explorer.read', subject: UIDS.offering }] },
    resolveInputSchema: () => suggestionsRequestSchema,
    resolveOutputSchema: () => suggestionsAnswerSchema,
    createHandler:
      (_, { userAbility }) =>
      async ({ args: { story, picked = [], limit } }) => {
        const service = suggestionsOf(strapi);
        const data = await service.suggest(story, { limit, exclude: picked, access: await accessOf(strapi, userAbility) });
        return { content: [{ type: 'text', text: JSON.stringify(data) }], structuredContent: { data } };
      },
  });
};
