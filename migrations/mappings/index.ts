import nodePath from 'node:path';

import { UserError } from '../errors';
import { didYouMean } from './closest';
import { loadMappingFile } from './file/load';
import { hugo } from './hugo';
import type { Mapping } from './mapping';
import { medigy } from './medigy';

/** The mappings that come with the plugin, by the name that `--mapping` takes. */
const MAPPINGS: Record<string, Mapping> = { medigy, hugo };

export const DEFAULT_MAPPING = medigy.name;

/** True for what can only be the path of a mapping file. */
export const isFile = (text: string): boolean => /[\\/]|\.(json|[cm]?js)$/.test(text);

/**
 * The mapping that `--mapping` and the plugin's configuration name.
 *
 * @param nameOrFile one that comes with the plugin, or the path of a mapping file
 * @param folder what a path is relative to
 * @throws UserError where there is none, or the file is wrong
 */
export const loadMapping = async (nameOrFile: string, folder = process.cwd()): Promise<Mapping> => {
  if (Object.hasOwn(MAPPINGS, nameOrFile)) return MAPPINGS[nameOrFile]!;
  if (isFile(nameOrFile)) return loadMappingFile(nodePath.resolve(folder, nameOrFile));
  const names = Object.keys(MAPPINGS);
  throw new UserError(
    `There is no mapping "${nameOrFile}".${didYouMean(nameOrFile, names)} There are: ${names.join(', ')}; or name a file: ./mapping.json.`,
  );
};
