import fs from 'node:fs/promises';
import Module from 'node:module';
import path from 'node:path';

import ts from 'typescript';

import { ROOT } from './paths';

/** A file that a page of docs/recipes shows, by its name as it stands behind the language of its block. */
export const readRecipe = async (page: string, name: string): Promise<string> => {
  const text = await fs.readFile(path.join(ROOT, 'docs', 'recipes', page), 'utf8');
  const block = [...text.matchAll(/^```\S+ (\S+)\n([\s\S]*?\n)```$/gm)].find(([, each]) => each === name);
  if (!block) throw new Error(`docs/recipes/${page} shows no ${name}`);
  return block[2]!;
};

/**
 * Loads a file that a page of docs/recipes shows, as its reader would have it after copying it.
 *
 * @param name the file's name
 * @param modules what the framework would answer to its imports
 */
export const loadRecipe = async <T>(page: string, name: string, modules: Record<string, unknown> = {}): Promise<T> => {
  const { outputText } = ts.transpileModule(await readRecipe(page, name), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const module = { exports: {} };
  const wrapped = Module.wrap(outputText);
  const run = (0, eval)(wrapped) as (exports: object, require: (id: string) => unknown, module: object) => void;
  run(
    module.exports,
    (id) => {
      if (!(id in modules)) throw new Error(`docs/recipes/${page} imports ${id}`);
      return modules[id];
    },
    module,
  );
  return module.exports as T;
};
