import path from 'node:path';

import { InvalidArgumentError, Option, type Command } from 'commander';

import { UserError } from '../errors';
import { DEFAULT_MAPPING, isFile, loadMapping } from '../mappings';
import type { Mapping } from '../mappings/mapping';
import type { PlanOptions } from '../plan/make-plan';
import { DEFAULT_MAX_MISSING, parseMaxMissing } from '../plan/missing';
import { FORMATS, type Format } from '../report/formats';
import type { Limits } from '../source/limits';
import { parseLimits } from './parse-limits';

export interface CommonOptions {
  mapping: Mapping;
  /** The mapping as it was named, for a plan that is carried out later. */
  mappingName: string;
  assets?: string;
  only?: string;
  html: 'strip' | 'keep';
  frames: string[];
  limits: Partial<Limits>;
  format: Format;
  out?: string;
  failOn: 'error' | 'warning';
  quiet?: boolean;
  verbose?: boolean;
}

export interface AppOptions {
  app: string;
}

const resolve = (value: string): string => path.resolve(value);

/** `--mapping`, loaded before the command begins: a module is read asynchronously, which an option's own parser can't wait for. */
export const withMapping = (command: Command, description: string): Command =>
  command.addOption(new Option('--mapping <name|file>', description).default(DEFAULT_MAPPING)).hook('preAction', async (_, action) => {
    const { mapping } = action.opts<{ mapping: string }>();
    action.setOptionValue('mapping', await loadMapping(mapping));
    action.setOptionValue('mappingName', isFile(mapping) ? resolve(mapping) : mapping);
  });

const hosts = (text: string): string[] =>
  text
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter((host) => {
      if (host !== '' && !/^[a-z0-9.-]+(?::\d+)?$/.test(host))
        throw new InvalidArgumentError(`"${host}" is no host such as maps.example.com.`);
      return host !== '';
    });

/** What becomes of active HTML. */
export const withHtml = (command: Command): Command =>
  command
    .addOption(
      new Option('--html <what>', 'what becomes of active HTML in bodies: take it out, or keep it where every author is trusted')
        .choices(['strip', 'keep'])
        .default('strip'),
    )
    .addOption(
      new Option('--frames <hosts>', 'hosts whose frames stay, beside those of YouTube and Vimeo; with commas between them')
        .argParser(hosts)
        .default([], 'none'),
    );

/** How much is read before it is refused; without it what the app's configuration says, or the defaults where there is no app. */
export const withLimits = (command: Command): Command =>
  command.addOption(
    new Option('--limits <list>', 'how much is read before it is refused: fileBytes=10MB,depth=64,…')
      .argParser(parseLimits)
      .default({}, 'those of the app, where there is one'),
  );

/** What every command that reads an archive takes. */
export const withReading = (command: Command): Command =>
  withLimits(withHtml(withMapping(command, 'how front matter becomes records')))
    .addOption(new Option('--assets <dir>', 'the folder that pictures are in').argParser(resolve))
    .option('--only <glob>', 'read the files alone that match, relative to the folder');

/** How strict a command that checks files is. */
export const withFailOn = (command: Command): Command =>
  command.addOption(new Option('--fail-on <severity>', 'what makes the exit code 3').choices(['error', 'warning']).default('error'));

const maxMissing = (text: string): PlanOptions['maxMissing'] => {
  const parsed = parseMaxMissing(text);
  if (!parsed) throw new InvalidArgumentError('It is a share such as 10% or a number of files.');
  return parsed;
};

export interface ComparingOptions extends Omit<CommonOptions, 'failOn' | 'out' | 'quiet' | 'verbose'>, AppOptions {
  publish: PlanOptions['publish'];
  conflict: 'keep' | 'file' | 'ask';
  missing: PlanOptions['missing'];
  maxMissing: PlanOptions['maxMissing'];
  resurrect?: boolean;
}

export type ImportingOptions = ComparingOptions & CommonOptions;

/** What every command that compares files with the database takes. */
export const withComparing = (command: Command): Command =>
  withStrapi(withReading(command))
    .addOption(
      new Option('--publish <which>', 'which stories are published; as-source leaves those with "draft: true" drafts')
        .choices(['as-source', 'all', 'none'])
        .default('all'),
    )
    .addOption(
      new Option(
        '--conflict <whose>',
        "whose value stands where both an editor and a file changed it: keep the editor's, take the file's, or ask for each (on a terminal)",
      )
        .choices(['keep', 'file', 'ask'])
        .default('keep'),
    )
    .addOption(
      new Option('--missing <what>', 'what becomes of records whose file is gone').choices(['keep', 'unpublish', 'delete']).default('keep'),
    )
    .addOption(
      new Option('--max-missing <share>', 'refuse where more files are gone: a share such as 10%, or a number')
        .argParser(maxMissing)
        .default(maxMissing(DEFAULT_MAX_MISSING), DEFAULT_MAX_MISSING),
    )
    .option('--resurrect', 'bring back entries that were deleted in Strapi');

/** What an import takes, and what only looks like one. */
export const withImporting = (command: Command): Command => withReport(withFailOn(withComparing(command)));

/** How every command answers. */
export const withReport = (command: Command): Command =>
  command
    .addOption(new Option('--format <format>', 'how the report is written').choices(FORMATS).default('text'))
    .addOption(new Option('--out <file>', 'write the report into a file').argParser(resolve))
    .option('--verbose', 'show every warning, instead of the first few of each rule')
    .option('--quiet', 'print neither progress nor a report in words');

/** What every command that needs the database takes. */
export const withStrapi = (command: Command): Command =>
  command.addOption(new Option('--app <dir>', 'the folder of the Strapi app').argParser(resolve).default(process.cwd(), 'here'));

export const folderArgument = (value: string): string => {
  if (value === '') throw new UserError('The name of the folder is empty.');
  return path.resolve(value);
};
