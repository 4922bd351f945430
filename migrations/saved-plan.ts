import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';

import { z } from 'zod';

import { EXIT, UserError } from './errors';
import { operationDigests } from './plan/digest';
import type { Plan } from './plan/plan';
import { reviewOf } from './plan/review';
import { jsonPieces } from './report/json-pieces';

const VERSION = 1;

const optionsSchema = z.strictObject({
  folder: z.string(),
  /** A mapping that comes with the plugin, or the path of a file. */
  mapping: z.string(),
  assets: z.string().optional(),
  only: z.string().optional(),
  html: z.enum(['strip', 'keep']).optional(),
  frames: z.array(z.string()).readonly().optional(),
  /** Those that the command line named; the others are the app's. */
  limits: z
    .strictObject({
      fileBytes: z.number(),
      frontMatterBytes: z.number(),
      depth: z.number(),
      aliases: z.number(),
      keys: z.number(),
      files: z.number(),
    })
    .partial()
    .optional(),
  publish: z.enum(['as-source', 'all', 'none']),
  onConflict: z.enum(['keep', 'file']),
  resurrect: z.boolean(),
  missing: z.enum(['keep', 'unpublish', 'delete']),
  maxMissing: z.union([z.strictObject({ count: z.number() }), z.strictObject({ share: z.number() })]),
});

const savedPlanSchema = z.object({
  version: z.literal(VERSION),
  madeAt: z.string(),
  options: optionsSchema,
  /** What each operation would do, by record: the proof that nothing has moved when it is applied. */
  digests: z.record(z.string(), z.string()),
});

export type SavedOptions = z.infer<typeof optionsSchema>;

/** Writes a plan down, for a person to review and for `apply` to carry out. */
export const savePlan = async (file: string, options: SavedOptions, plan: Plan): Promise<void> => {
  const { counts, byType, problems } = plan;
  const proof = { version: VERSION, madeAt: new Date().toISOString(), options, digests: operationDigests(plan) };
  await fs.writeFile(file, jsonPieces({ ...proof, counts, byType, problems }, 'operations', reviewOf(plan), 2)).catch((error: unknown) => {
    const { message } = error as Error;
    throw new UserError(`The plan cannot be saved: ${message}.`);
  });
  await fs.appendFile(file, '\n');
};

/** What `savePlan` wrote ahead of the operations, which are for people to read and may be longer than a string can be. */
const readHead = async (file: string): Promise<string> => {
  const operations = '\n  "operations": [';
  let text = '';
  for await (const piece of createReadStream(file, 'utf8') as AsyncIterable<string>) {
    const from = Math.max(0, text.length - operations.length);
    text += piece;
    const end = text.indexOf(operations, from);
    if (end >= 0) return `${text.slice(0, end).replace(/,\s*$/, '')}}`;
  }
  return text;
};

/** @throws UserError where the file is no saved plan */
export const readSavedPlan = async (file: string): Promise<z.infer<typeof savedPlanSchema>> => {
  const text = await readHead(file).catch(() => undefined);
  if (text === undefined) throw new UserError(`There is no file ${file}.`);
  try {
    return savedPlanSchema.parse(JSON.parse(text));
  } catch {
    throw new UserError(`${file} is no plan. \`curation plan DIR --out FILE\` makes one.`);
  }
};

/**
 * Makes sure that a plan made now is the one that was saved.
 *
 * @throws UserError with exit code 6 that names what has moved
 */
export const assertFresh = (digests: Record<string, string>, plan: Plan): void => {
  const now = operationDigests(plan);
  const moved = [...new Set([...Object.keys(digests), ...Object.keys(now)])].filter((key) => digests[key] !== now[key]);
  if (moved.length === 0) return;
  const names = moved.slice(0, 3).map((key) => key.replace(/ \([^()]*\)$/, ''));
  const rest = moved.length > names.length ? ` and ${moved.length - names.length} more` : '';
  throw new UserError(
    `The plan is out of date: ${names.join(', ')}${rest} changed since it was made. Nothing was written; make it again.`,
    EXIT.stale,
  );
};
