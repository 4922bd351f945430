#!/usr/bin/env node
import { Command, CommanderError } from 'commander';

import { version } from '../../package.json';
import { EXIT, UserError, type ExitCode } from '../errors';
import { addApply } from './apply';
import { addExplain } from './explain';
import { addExport } from './export';
import { addImport } from './import';
import { addLint } from './lint';
import { tell } from './output';
import { addPlan } from './plan';
import { addRebuild } from './rebuild';
import { addRuns } from './runs';
import { addStatus } from './status';
import { addUndo } from './undo';
import { addUnlock } from './unlock';

const exitCodeOf = (error: unknown): ExitCode => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof UserError) return error.exitCode;
  return EXIT.failed;
};

const run = async (): Promise<ExitCode> => {
  let code: ExitCode = EXIT.ok;
  const finish = (given: ExitCode) => {
    code = given;
  };
  const program = new Command('curation')
    .description('Takes an archive of Markdown into Strapi and back.')
    .version(version)
    .showHelpAfterError('(curation --help shows what there is)')
    .exitOverride();
  const commands = [addLint, addPlan, addImport, addApply, addStatus, addRuns, addRebuild, addUndo, addExport, addExplain, addUnlock];
  for (const add of commands) add(program, finish);
  for (const command of program.commands) {
    // Of `curation import news/*` the shell makes many folders, of which all but the first would be left out in silence.
    command.exitOverride().allowExcessArguments(false).showHelpAfterError(`(curation ${command.name()} --help shows what it takes)`);
  }

  try {
    await program.parseAsync();
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      const { message, stack } = error as Error;
      tell(`curation: ${process.env.DEBUG ? (stack ?? message) : message}`);
    }
    return exitCodeOf(error);
  }
};

// Whoever reads on may have seen enough: `curation lint archive | head`. Node makes an error of that for which nobody waits.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

// Strapi leaves timers and pools behind; without an explicit exit the process would wait for them.
void run().then((code) => process.exit(code));
