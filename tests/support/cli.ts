import { spawn } from 'node:child_process';
import path from 'node:path';

import { ROOT } from './paths';

interface Options {
  /** What the command finds in its environment beside the test's own: `database.env`, PUBLIC_DIR. */
  env?: Record<string, string>;
  /** What comes in on standard input, which is never a terminal. */
  input?: string;
  cwd?: string;
}

/** The JSON reports of the commands, as design and docs give them; `lint` has neither run nor byType. */
interface Report {
  run?: number | string | null;
  dryRun?: boolean;
  counts: Record<string, number>;
  byType?: Record<string, Record<string, number>>;
  problems: { file: string; line: number | null; column: number | null; severity: string; rule: string; message: string }[];
  seconds?: number;
}

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
  /** Standard output as one JSON document; throws with both outputs where it is none. */
  json(): Report;
}

/** Runs the built command line, `dist/cli`, as a person would: in a process of its own. */
export const curation = (args: string[], { env = {}, input = '', cwd = ROOT }: Options = {}): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(ROOT, 'dist', 'cli', 'index.js'), ...args], { cwd, env: { ...process.env, ...env } });
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
    }
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === null) {
        reject(new Error(`curation ${args.join(' ')} ended with ${signal}\n${texts.stderr}`));
        return;
      }
      resolve({
        code,
        ...texts,
        json() {
          try {
            return JSON.parse(texts.stdout) as Report;
          } catch {
            throw new Error(`not JSON (exit code ${code}):\n${texts.stdout}\n${texts.stderr}`);
          }
        },
      });
    });
    child.stdin.end(input);
  });
