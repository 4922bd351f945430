import type { JsonObject, JsonValue, Path } from '../../source/json';

/** One value of the front matter that is to be another. */
export interface Edit {
  path: Path;
  value: JsonValue;
}

/**
 * Changes values of a front matter and leaves every other line as it is.
 *
 * @param header without the lines that fence it
 * @param data what `header` holds
 * @returns the new header
 */
export type Patch = (header: string, data: JsonObject, edits: readonly Edit[]) => string;
