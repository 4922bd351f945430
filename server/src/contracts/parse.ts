import { errors } from '@strapi/utils';
import type { z } from 'zod';

/**
 * A request's body, checked.
 *
 * @throws ValidationError that names every path that is wrong, in Strapi's own shape
 */
export const parse = <T extends z.ZodType>(schema: T, body: unknown): z.infer<T> => {
  const { success, data, error } = schema.safeParse(body);
  if (success) return data;
  const issues = error.issues.map(({ path, message }) => ({ path: path.map(String), message, name: 'ValidationError' }));
  const first = issues[0]!;
  throw new errors.ValidationError(`${first.path.join('.') || 'body'}: ${first.message}`, { errors: issues });
};
