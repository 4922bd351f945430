import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { PLAYGROUND, ROOT } from './paths';

export interface Account {
  email: string;
  password: string;
}

export interface RunningPlayground {
  url: string;
  editor: Account;
  admin: Account;
  stop(): Promise<void>;
}

/**
 * Starts the playground as the demo does: in a process of its own, in production, with the built panel. Only that shows whether the panel's
 * hooks work.
 *
 * @param env the database, ACCOUNTS_FILE and PUBLIC_DIR of this test
 */
export const startPlayground = async (env: Record<string, string>): Promise<RunningPlayground> => {
  const child = fork(path.join(ROOT, 'scripts', 'lib', 'serve.cjs'), {
    cwd: PLAYGROUND,
    env: { ...process.env, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: '0', ...env },
  });
  const exited = once(child, 'exit');
  const ended = exited.then(([code]) => {
    throw new Error(`the playground ended with exit code ${code} before it listened`);
  });
  const [{ port, accounts }] = (await Promise.race([once(child, 'message'), ended])) as [{ port: number; accounts: [Account, Account] }];
  ended.catch(() => {});
  const [editor, admin] = accounts;
  return {
    url: `http://127.0.0.1:${port}`,
    editor,
    admin,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
};
