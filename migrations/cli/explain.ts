import path from 'node:path';

import { Option, type Command } from 'commander';

import { EXIT, type ExitCode } from '../errors';
import { explainFile } from '../explain-file';
import type { HtmlOptions } from '../mappings/clean-text';
import type { Mapping } from '../mappings/mapping';
import { explanationText } from '../report/explain-text';
import { DEFAULT_LIMITS, type Limits } from '../source/limits';
import { withHtml, withLimits, withMapping } from './options';
import { hasColor, print } from './output';

interface ExplainCommandOptions extends Required<HtmlOptions> {
  mapping: Mapping;
  dir?: string;
  limits: Partial<Limits>;
  format: 'text' | 'json';
}

const absolute = (value: string): string => path.resolve(value);

/** `curation explain FILE`: which rule gave each attribute; no Strapi, no database. */
export const addExplain = (program: Command, finish: (code: ExitCode) => void): void => {
  withLimits(withHtml(withMapping(program.command('explain'), 'how front matter becomes records')))
    .description('tell which rule of the mapping gave each attribute of a file, and why it would be left out or refused')
    .argument('<file>', 'a Markdown file', absolute)
    .addOption(new Option('--dir <dir>', "the archive's folder; with it, what other files say counts too").argParser(absolute))
    .addOption(new Option('--format <format>', 'how the answer is written').choices(['text', 'json']).default('text'))
    .action(async (file: string, { mapping, dir, format, html, frames, limits }: ExplainCommandOptions) => {
      const explanation = await explainFile({ file, folder: dir, mapping, html, frames, limits: { ...DEFAULT_LIMITS, ...limits } });
      const text = () => explanationText(explanation, { color: hasColor() });
      await print(format === 'json' ? `${JSON.stringify(explanation, null, 2)}\n` : text());
      finish(explanation.verdict === 'refused' ? EXIT.refused : EXIT.ok);
    });
};
