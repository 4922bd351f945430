import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import nodePath from 'node:path';
import { pathToFileURL } from 'node:url';

import { sha256 } from '../../../content-types/rules/sha256';
import { UserError } from '../../errors';
import type { JsonValue } from '../../source/json';
import { json } from '../../source/languages/json';
import { positionAt } from '../../source/position';
import type { Mapping } from '../mapping';
import { compileMapping } from './compile';
import { checkMappingFile } from './schema';

const MODULES = ['.js', '.cjs', '.mjs'];

/** A module runs in whichever way it is written; what it exports by default is the mapping. */
const importModule = async (path: string): Promise<JsonValue> => {
  let exported: unknown;
  try {
    exported = createRequire(path)(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isModule =
      code === 'ERR_REQUIRE_ESM' ||
      code === 'ERR_REQUIRE_ASYNC_MODULE' ||
      /Cannot use import statement|Unexpected token 'export'/.test(message);
    if (!isModule) throw error;
    exported = await import(pathToFileURL(path).href);
  }
  const { default: own } = (exported ?? {}) as { default?: unknown };
  return (own ?? exported) as JsonValue;
};

/** @throws Error whose message begins with line and column */
const parseJson = (given: string): JsonValue => {
  const text = given.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    // Node.js does not say of every mistake where it is.
    const [mistake] = json.explain(error, text) ?? [];
    if (!mistake) throw error;
    const { line, column } = positionAt(text, mistake.offset);
    throw new Error(`${line}:${column} ${mistake.message}`);
  }
};

/**
 * Reads a mapping file: JSON, or a module with the same object as its default export.
 *
 * @throws UserError that names every mistake with the path to it
 */
export const loadMappingFile = async (path: string): Promise<Mapping> => {
  const shown = nodePath.relative(process.cwd(), path) || path;
  const text = await fs.readFile(path, 'utf8').catch((error: unknown) => {
    throw new UserError(`The mapping file ${shown} cannot be read: ${(error as Error).message}.`);
  });
  let input: JsonValue;
  try {
    input = MODULES.includes(nodePath.extname(path)) ? await importModule(path) : parseJson(text);
  } catch (error) {
    throw new UserError(`The mapping file ${shown} cannot be read: ${(error as Error).message}`);
  }
  const checked = checkMappingFile(input);
  if ('mistakes' in checked) {
    const { mistakes } = checked;
    const list = mistakes.length === 1 ? ` ${mistakes[0]}` : mistakes.map((each) => `\n  ${each}`).join('');
    throw new UserError(`The mapping file ${shown} is wrong:${list}`);
  }
  return compileMapping(checked, sha256(JSON.stringify(checked)));
};
