import { createInterface } from 'node:readline/promises';

import type { OnConflict } from '../plan/compare';
import { named } from '../plan/names';
import type { Plan } from '../plan/plan';
import { tell } from './output';

const show = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
};

/** Shows each conflict of a plan and asks whose value is to stand. The plan is of no further use. */
export const askEach = async ({ operations, names }: Plan): Promise<OnConflict> => {
  const answers = new Set<string>();
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    for (const operation of operations) {
      const conflicts = 'conflicts' in operation ? operation.conflicts : [];
      for (const { kind, attribute, ...values } of conflicts) {
        const [base, file, current] = [values.base, values.file, values.current].map((value) =>
          kind === 'values' ? value : named(value, names),
        );
        tell(`\n${operation.type} "${operation.label}": ${attribute}`);
        tell(`  last import  ${show(base)}\n  file         ${show(file)}\n  Strapi       ${show(current)}`);
        const answer = await terminal.question("Take the file's value, or keep the editor's? [f/K] ");
        if (/^f/i.test(answer.trim())) answers.add(`${operation.type} ${operation.documentId} ${attribute}`);
      }
    }
  } finally {
    operations.close();
    terminal.close();
  }
  return (key) => (answers.has(key) ? 'file' : 'keep');
};
