import type { Command } from 'commander';

import { unlock } from '../apply/lease';
import { EXIT, type ExitCode } from '../errors';
import { withApp } from './app';
import { withStrapi, type AppOptions } from './options';
import { print } from './output';

/** `curation unlock`: release a lease whose owner is gone. */
export const addUnlock = (program: Command, finish: (code: ExitCode) => void): void => {
  withStrapi(program.command('unlock'))
    .description('release the lease of a run that is gone, and say whose it was')
    .option('--force', 'release it even though its owner may be alive')
    .action(async ({ app, force }: AppOptions & { force?: boolean }) => {
      const whose = await withApp(app, ({ host }) => unlock(host, { force }));
      await print(whose ? `Released the lease of ${whose}.\n` : 'Nobody holds the lease.\n');
      finish(EXIT.ok);
    });
};
