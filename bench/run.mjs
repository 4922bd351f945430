import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = path.dirname(fileURLToPath(import.meta.url));
const USAGE = `npm run bench -- import --files 10000 --client sqlite|postgres|mysql
npm run bench -- delivery [--stories 20000] [--client sqlite|postgres|mysql]
npm run bench -- suggestions --data FILE [--from DATE]
npm run bench -- picker [--data FILE] [--offerings 50000] [--stories 20000] [--client sqlite|postgres|mysql]
npm run bench -- picker-browser [--data FILE] [--offerings 50000] [--stories 20000]`;

/** A bench is measured in a process of its own: what this one had loaded would count as its memory. */
const [name = '', ...words] = process.argv.slice(2);
const script = path.join(FOLDER, `${name}.ts`);
if (!/^[a-z-]+$/.test(name) || !existsSync(script)) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const args = [...process.execArgv, '--require', path.join(FOLDER, 'lib', 'typescript.cjs'), script, ...words];
  spawn(process.execPath, args, { stdio: 'inherit' }).once('close', (code) => (process.exitCode = code ?? 1));
}
