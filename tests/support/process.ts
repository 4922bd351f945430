import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import type { Knex } from 'knex';

import { PLAYGROUND, ROOT } from './paths';

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  child: ChildProcess;
  ended: Promise<Ended>;
  isRunning(): boolean;
}

/** Starts the built command line on the playground, and leaves it to the test when and how it ends. */
export const startCuration = (args: readonly string[], env: Record<string, string>): Running => {
  const child = spawn(process.execPath, [path.join(ROOT, 'dist', 'cli', 'index.js'), ...args, '--app', PLAYGROUND], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name].setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, ...texts }));
  });
  return { child, ended, isRunning: () => child.exitCode === null && child.signalCode === null };
};

/** Asks a database again and again, until it answers or the process has ended. SQLite refuses to answer while somebody writes. */
export const waitUntil = async (running: Running, question: () => Promise<unknown>, every = 5): Promise<boolean> => {
  while (running.isRunning()) {
    const answer = await question().catch(() => undefined);
    if (answer) return true;
    await wait(every);
  }
  return false;
};

/** True once a run has begun and has committed so many changes. */
export const hasWritten = (knex: Knex, run: number, changes: number) => async (): Promise<boolean> => {
  const row = (await knex('curation_runs').where('id', run).first()) as unknown;
  return row !== undefined && (changes === 0 || (await countChanges(knex, run)) >= changes);
};

export const countChanges = async (knex: Knex, run: number): Promise<number> => {
  const [answer] = (await knex('curation_changes').where('run_id', run).count({ count: '*' })) as [{ count: number | string }];
  return Number(answer.count);
};
