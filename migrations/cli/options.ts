import path from 'node:path';

import { Option, type Command } from 'commander';

import { UserError } from '../errors';
import { DEFAULT_MAPPING, loadMapping } from '../mappings';
import type { Mapping } from '../mappings/mapping';
import { FORMATS, type Format } from '../report/formats';

export interface CommonOptions {
  mapping: Mapping;
  assets?: string;
  only?: string;
  format: Format;
  out?: string;
  failOn: 'error' | 'warning';
  quiet?: boolean;
}

export interface AppOptions {
  app: string;
}

const resolve = (value: string): string => path.resolve(value);

/** `--mapping`, loaded before the command begins: a module is read asynchronously, which an option's own parser can't wait for. */
export const withMapping = (command: Command, description: string): Command =>
  command
    .addOption(new Option('--mapping <name|file>', description).default(DEFAULT_MAPPING))
    .hook('preAction', async (_, action) => {
      const { mapping } = action.opts<{ mapping: string }>();
      action.setOptionValue('mapping', await loadMapping(mapping));
    });

/** What every command that reads an archive takes. */
export const withReading = (command: Command): Command =>
  withMapping(command, 'how front matter becomes records')
    .addOption(new Option('--assets <dir>', 'the folder that pictures are in').argParser(resolve))
    .option('--only <glob>', 'read the files alone that match, relative to the folder')
    .addOption(new Option('--fail-on <severity>', 'what makes the exit code 3').choices(['error', 'warning']).default('error'));

/** How every command answers. */
export const withReport = (command: Command): Command =>
  command
    .addOption(new Option('--format <format>', 'how the report is written').choices(FORMATS).default('text'))
    .addOption(new Option('--out <file>', 'write the report into a file').argParser(resolve))
    .option('--quiet', 'print neither progress nor a report in words');

/** What every command that needs the database takes. */
export const withStrapi = (command: Command): Command =>
  command.addOption(new Option('--app <dir>', 'the folder of the Strapi app').argParser(resolve).default(process.cwd(), 'here'));

export const folderArgument = (value: string): string => {
  if (value === '') throw new UserError('The name of the folder is empty.');
  return path.resolve(value);
};
