import { z } from 'zod';

import { DEFAULT_LIMITS } from '../../../migrations/source/limits';

const count = z.number().int().positive();

/** The plugin's configuration: `config/plugins.ts` of the app, under `curation.config`. */
export const configSchema = z.strictObject({
  /** Sets list columns, field groups, labels and hints of the three types on the first start. */
  configureViews: z.boolean(),
  /** How much of an archive is read before it is refused; see docs/import.md. */
  limits: z.strictObject({
    fileBytes: count,
    frontMatterBytes: count,
    depth: count,
    aliases: count,
    keys: count,
    files: count,
  }),
});

export type CurationConfig = z.infer<typeof configSchema>;

/**
 * Checks the configuration at start.
 *
 * @throws Error that names every path that is wrong and what was expected there
 */
const validator = (config: unknown): void => {
  const { success, error } = configSchema.safeParse(config);
  if (success) return;
  const lines = error.issues.map(({ path, message }) => `  curation.config${path.map((key) => `.${String(key)}`).join('')}: ${message}`);
  throw new Error(`The configuration of strapi-plugin-curation is not valid:\n${lines.join('\n')}`);
};

export const config = {
  default: (): CurationConfig => ({ configureViews: true, limits: DEFAULT_LIMITS }),
  validator,
};
