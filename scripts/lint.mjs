import path from 'node:path';

import { ROOT } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { main, step, Stop } from './lib/terminal.mjs';

const bin = (name) => path.join(ROOT, 'node_modules', '.bin', name);

const CHECKS = [
  ['Types', bin('tsc'), '--noEmit'],
  ['Rules of the code (ESLint)', bin('eslint'), '.', '--max-warnings=0'],
  ['Format (Prettier)', bin('prettier'), '--check', '.'],
  ['Unused files, exports and dependencies (knip)', bin('knip')],
  [
    'Directions of imports (dependency-cruiser)',
    bin('depcruise'),
    '--config',
    '.dependency-cruiser.cjs',
    'admin',
    'content-types',
    'migrations',
    'server',
    'tests',
  ],
];

await main(async () => {
  const failed = [];
  for (const [title, ...command] of CHECKS) {
    // All of them, even after one failed: nobody likes to be told of one mistake a run.
    await step(title, async () => void (await run(command))).catch((error) => {
      if (!(error instanceof Stop)) throw error;
      console.error(error.message);
      failed.push(title);
    });
  }
  if (failed.length > 0) throw new Stop(`Not clean: ${failed.join(', ')}.`);
});
