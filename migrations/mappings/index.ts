import nodePath from 'node:path';

import { UserError } from '../errors';
import { didYouMean } from './closest';
import { astro } from './astro';
import { compileMapping } from './file/compile';
import { loadMappingFile } from './file/load';
import type { MappingFile } from './file/schema';
import { hugo } from './hugo';
import type { Mapping } from './mapping';
import { medigy } from './medigy';

/** The mappings that come with the plugin, by the name that `--mapping` takes. */
const MAPPINGS: Record<string, Mapping> = { medigy, hugo, astro };

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

/** A mapping as another thread can be given it: the name of one that comes with the plugin, or what its file says. */
export type PortableMapping = string | { file: object; digest?: string };

/** @returns undefined for a mapping that was made in some other way */
export const portable = (mapping: Mapping): PortableMapping | undefined => {
  const { name, file, digest } = mapping;
  if (MAPPINGS[name] === mapping) return name;
  return file && { file, digest };
};

export const fromPortable = (mapping: PortableMapping): Mapping =>
  typeof mapping === 'string' ? MAPPINGS[mapping]! : compileMapping(mapping.file as MappingFile, mapping.digest);
