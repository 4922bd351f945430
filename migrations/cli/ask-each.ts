import { createInterface } from 'node:readline/promises';

import type { OnConflict } from '../plan/compare';
import { named } from '../plan/names';
import type { Plan } from '../plan/plan';
import { sameJson } from '../source/json';
import { tell } from './output';

const show = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
};

/** Shows each conflict of a plan and asks whose value is to stand. The plan is of no further use. */
export const askEach = async ({ operations, names }: Plan): Promise<OnConflict> => {
  /** What Strapi said where the file's value is to be taken: what somebody saves while others are asked about is nobody's answer. */
  const answers = new Map<string, unknown>();
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
        if (/^f/i.test(answer.trim())) answers.set(`${operation.type} ${operation.documentId} ${attribute}`, values.current);
      }
    }
  } finally {
    operations.close();
    terminal.close();
  }
  return (key, current) => (answers.has(key) && sameJson(answers.get(key), current) ? 'file' : 'keep');
};
