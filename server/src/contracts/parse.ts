import { errors } from '@strapi/utils';
import type { z } from 'zod';

/**
 * A request's body or query, checked.
 *
 * @throws ValidationError that names every path that is wrong, in Strapi's own shape
 */
export const parse = <T extends z.ZodType>(schema: T, given: unknown): z.infer<T> => {
  const { success, data, error } = schema.safeParse(given);
  if (success) return data;
  const issues = error.issues.map(({ path, message }) => ({ path: path.map(String), message, name: 'ValidationError' }));
  const { path, message } = issues[0]!;
  // Of the whole, its message names what is wrong.
  throw new errors.ValidationError([path.join('.'), message].filter(Boolean).join(': '), { errors: issues });
};
