import { z } from 'zod';

import { parseMaxMissing } from '../../../migrations/plan/missing';
import { DEFAULT_LIMITS, MAX_DEPTH } from '../../../migrations/source/limits';

const count = z.number().int().positive();

/** One archive that is imported when Strapi starts. Paths are relative to the app's folder. */
const migrationSchema = z.strictObject({
  /** The folder of Markdown files. */
  from: z.string().min(1),
  /** The folder of pictures. */
  assets: z.string().optional(),
  mapping: z.string().optional(),
  only: z.string().optional(),
  html: z.enum(['strip', 'keep']).optional(),
  /** Hosts whose frames stay, beside those of videos. */
  frames: z.array(z.string()).optional(),
  publish: z.enum(['as-source', 'all', 'none']).optional(),
  conflict: z.enum(['keep', 'file']).optional(),
  missing: z.enum(['keep', 'unpublish', 'delete']).optional(),
  /** More files gone than this share, or this number, are taken for a wrong folder. */
  maxMissing: z
    .union([z.string(), z.number()])
    .transform(String)
    .refine(parseMaxMissing, "must be a share such as '10%' or a number of files")
    .optional(),
  /** Keeps Strapi from starting where the import fails. */
  required: z.boolean().optional(),
});

/** The site that the stories are for: what its addresses are made of, and what its feeds say of it. */
const siteSchema = z.strictObject({
  /** Where the site stands, for example `https://www.example.org`. Without it feeds and the sitemap use Strapi's own address. */
  url: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://www.example.org' })
    .refine((url) => /^https?:\/\/[^/?#]+\/?$/i.test(url), 'must be an address without a path, such as https://www.example.org')
    .optional(),
  title: z.string().min(1),
  description: z.string().optional(),
  /** As in `<html lang>`: `en`, `de-CH`. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[a-z\d]{2,8})*$/i, 'must be a language such as en or de-CH')
    .optional(),
  /** Stories in a feed. */
  feedSize: z.number().int().min(1).max(500),
  /** Whether the site's own addresses end in a slash. */
  trailingSlash: z.boolean(),
  /** Where the site's own server passes on feeds and the sitemap, by their name here: `{'sitemap.xml': '/sitemap.xml'}`. */
  addresses: z
    .partialRecord(
      z.enum(['feed.rss', 'feed.atom', 'feed.json', 'sitemap.xml']),
      z.string().regex(/^\/(?!\/)[^\s?#]*$/, 'must be a path of the site, such as /feed.xml'),
    )
    .optional(),
});

/** The plugin's configuration: `config/plugins.ts` of the app, under `curation.config`. */
export const configSchema = z.strictObject({
  /** Sets list columns, field groups, labels and hints of the three types on the first start. */
  configureViews: z.boolean(),
  /**
   * What a run tells the rest of Strapi, webhooks too: nothing, one `curation.run` for the whole run, or one `entry.*` for each entry as well.
   */
  events: z.enum(['none', 'summary', 'each']),
  /** Archives that belong to this app; see docs/deploy.md. */
  migrations: z.array(migrationSchema),
  /** What is done with them when Strapi starts: nothing, a look at what an import would do, or the import. */
  onBootstrap: z.enum(['off', 'check', 'import']),
  /** The site that pulls the stories; see docs/feeds.md. */
  site: siteSchema,
  /** How answers for sites are kept; see docs/delivery.md. */
  delivery: z.strictObject({
    /** Seconds for which a cache uses a public answer without asking. */
    maxAge: z.number().int().min(0),
    /** Seconds for which a cache may use it after that, while it asks. */
    staleWhileRevalidate: z.number().int().min(0),
    /** Megabytes of answers that each node keeps in memory. */
    cacheMegabytes: count,
  }),
  /** How much of an archive is read before it is refused; see docs/import.md. */
  limits: z.strictObject({
    fileBytes: count,
    frontMatterBytes: count,
    depth: count.max(MAX_DEPTH),
    aliases: count,
    keys: count,
    files: count,
  }),
});

export type MigrationConfig = z.infer<typeof migrationSchema>;
export type SiteConfig = z.infer<typeof siteSchema>;
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

const DEFAULT_SITE: SiteConfig = { title: 'Curated content', feedSize: 50, trailingSlash: false };

export const config = {
  default: (): CurationConfig => ({
    configureViews: true,
    events: 'summary',
    migrations: [],
    onBootstrap: 'off',
    site: DEFAULT_SITE,
    delivery: { maxAge: 60, staleWhileRevalidate: 600, cacheMegabytes: 64 },
    limits: DEFAULT_LIMITS,
  }),
  validator,
};
