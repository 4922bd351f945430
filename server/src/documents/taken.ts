import type { Core } from '@strapi/strapi';

import type { ContentType } from '../../../content-types';
import type { Values } from '../unique-keys/changed-keys';
import { findOwner } from '../unique-keys/find-owner';
import { TakenError } from '../unique-keys/taken-error';
import { violatedColumn } from '../unique-keys/violated-column';

interface Attempt {
  type: ContentType;
  values: Values;
  columns: string[];
  documentId?: string;
}

/** Strapi looks for a second slug itself before it writes a published entry, and says so in words of its own. */
const isStrapisOwn = (error: unknown): boolean => {
  const { name, details } = error as { name?: string; details?: { errors?: { path: string[]; message: string }[] } };
  return (
    name === 'ValidationError' &&
    details?.errors?.some(({ path, message }) => path.join('.') === 'slug' && message === 'This attribute must be unique') === true
  );
};

/**
 * Refuses what another entry already has, before anything is written: inside an outer transaction, as when an editor presses "Publish",
 * PostgreSQL would answer nothing more once its index has refused a row.
 *
 * @throws TakenError
 */
export const refuseTaken = async (strapi: Core.Strapi, attempt: Attempt): Promise<void> => {
  const owner = await findOwner(strapi, attempt);
  if (owner) throw new TakenError({ ...attempt, column: owner.column, owner: owner.name });
};

/** The error to give for a write that failed: a TakenError where another entry was quicker, else the error itself. */
export const explain = async (strapi: Core.Strapi, error: unknown, attempt: Attempt): Promise<unknown> => {
  const column = violatedColumn(attempt.type, error) ?? (isStrapisOwn(error) ? 'slugKey' : undefined);
  if (!column) return error;
  const owner = await findOwner(strapi, { ...attempt, columns: [column] }).catch(() => undefined);
  return new TakenError({ ...attempt, column, owner: owner?.name });
};
