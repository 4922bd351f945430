import { sha256 } from '../../content-types/rules/sha256';
import { isObject, type JsonValue } from '../source/json';
import type { Plan } from './plan';

/** The same value with the keys of every object in one order. */
const ordered = (value: JsonValue): JsonValue => {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, ordered(value[key]!)]),
  );
};

/** SHA-256 of a value as JSON; the order of keys means nothing. */
const digestOf = (value: unknown): string => sha256(JSON.stringify(ordered(JSON.parse(JSON.stringify(value)) as JsonValue)));

/** What one operation would do, told in one line of hexadecimal: equal for equal plans. */
export const operationDigests = ({ operations }: Pick<Plan, 'operations'>): Record<string, string> => {
  const digests: Record<string, string> = {};
  for (const operation of operations) {
    digests[`${operation.type} "${operation.label}" (${operation.documentId})`] = digestOf(operation);
  }
  return digests;
};
