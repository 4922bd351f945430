import { suggestionsAnswerSchema, suggestionsRequestSchema } from '../contracts/picker';

/** `POST /api/curation/suggestions`; the schemas are what `strapi openapi generate` tells of it. */
export const suggestionRoutes = [
  {
    method: 'POST',
    path: '/suggestions',
    handler: 'suggestions.find',
    request: { body: { 'application/json': suggestionsRequestSchema } },
    response: suggestionsAnswerSchema,
    config: {},
  },
];
