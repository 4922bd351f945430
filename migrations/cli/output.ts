import fs from 'node:fs/promises';

import { UserError } from '../errors';
import { printable } from '../report/printable';
import { formatReport, type Format } from '../report/formats';
import type { Report } from '../report/report';

/** Strapi is started in its app's folder, and a workflow looks for files from where it ran the command. */
const STARTED_IN = process.cwd();

/** Standard output belongs to the report. Whatever else is printed there, Strapi's log first of all, goes to standard error. */
const write = process.stdout.write.bind(process.stdout);

export const keepOutputClean = (): void => {
  process.stdout.write = process.stderr.write.bind(process.stderr);
};

/** Prints what is no report, such as a list of runs. */
export const print = (text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    write(text, (error) => (error && (error as NodeJS.ErrnoException).code !== 'EPIPE' ? reject(error) : resolve()));
  });

export const hasColor = (): boolean => Boolean(process.stdout.isTTY) && !process.env.NO_COLOR;

/** Prints a report, or writes it into a file. */
export const printReport = async (
  report: Report,
  { format, out, quiet, verbose, folder }: { format: Format; out?: string; quiet?: boolean; verbose?: boolean; folder?: string },
): Promise<void> => {
  // Whoever keeps a report looks things up in it.
  if (out) {
    await fs
      .writeFile(out, formatReport(report, format, { color: false, verbose: true, folder, from: STARTED_IN }))
      .catch((error: unknown) => {
        throw new UserError(`The report cannot be written: ${(error as Error).message}.`);
      });
  } else if (!quiet || format !== 'text') {
    for (const piece of formatReport(report, format, { color: hasColor(), verbose, folder, from: STARTED_IN })) await print(piece);
  }
};

/** Tells something on the way, on standard error. */
export const tell = (text: string): void => {
  process.stderr.write(`${text.split('\n').map(printable).join('\n')}\n`);
};
