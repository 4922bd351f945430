import { createInterface } from 'node:readline/promises';

/** True where a person can be asked: both ends of the talk are a terminal. */
export const isInteractive = (): boolean => Boolean(process.stdin.isTTY && process.stderr.isTTY);

/** Asks on standard error, so that standard output stays the report's. Everything but a yes is a no. */
export const askYesNo = async (question: string): Promise<boolean> => {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
};
