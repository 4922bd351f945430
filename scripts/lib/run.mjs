import { spawn } from 'node:child_process';

import { ROOT } from './paths.mjs';
import { Stop } from './terminal.mjs';

const TAIL = 60;

/**
 * Runs a command. Its output is kept back and shown only when it fails: what a bundler prints on a good day helps nobody.
 *
 * @param {string[]} command
 * @param {{cwd?: string, env?: object, show?: boolean, accept?: number[]}} options `show` passes the output on as it comes; `accept` are the
 *   exit codes that are no failure
 * @returns {Promise<{code: number, output: string}>}
 */
export const run = (command, { cwd = ROOT, env = {}, show = false, accept = [0] } = {}) =>
  new Promise((resolve, reject) => {
    const [file, ...args] = command;
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      // npm is a .cmd file on Windows, and those need a shell.
      shell: process.platform === 'win32' && file === 'npm',
    });
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => reject(new Stop(`${file} could not be started: ${error.message}`)));
    child.on('close', (exit, signal) => {
      const code = exit ?? 1;
      const output = Buffer.concat(chunks).toString();
      if (accept.includes(code)) return resolve({ code, output });
      const tail = output.trimEnd().split('\n').slice(-TAIL).join('\n');
      reject(new Stop([tail, `\`${command.join(' ')}\` ended with ${signal ?? `exit code ${code}`}.`].filter(Boolean).join('\n\n')));
    });
  });
