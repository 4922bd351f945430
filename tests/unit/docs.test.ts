import fs from 'node:fs/promises';
import path from 'node:path';

import { SCHEMAS } from '../../content-types';
import { lintArchive } from '../../migrations/lint-archive';
import { DEFAULT_MAPPING, loadMapping } from '../../migrations/mappings';
import { formatReport } from '../../migrations/report/formats';
import { DEFAULT_LIMITS } from '../../migrations/source/limits';
import { RULES } from '../../migrations/source/problem';
import { config } from '../../server/src/config';
import { writeArchive } from '../support/archive';
import { curation } from '../support/cli';
import { ROOT } from '../support/paths';

const DOCS = path.join(ROOT, 'docs');
const readDoc = (name: string) => fs.readFile(path.join(DOCS, name), 'utf8');
const pageOf = (rule: string) => `${rule.replace('/', '-')}.md`;

describe('docs/rules', () => {
  it('has a page for each rule, and none for another', async () => {
    const pages = (await fs.readdir(path.join(DOCS, 'rules'))).filter((name) => name !== 'README.md');
    expect(pages.sort()).toEqual(Object.keys(RULES).map(pageOf).sort());
  });

  it('lists each rule with its severity', async () => {
    const list = await readDoc('rules/README.md');
    const rows = [...list.matchAll(/^\| \[([^\]]+)\]\(([^)]+)\)\s+\| (\w+)/gm)].map(([, rule, page, severity]) => [rule, page, severity]);
    expect(rows.sort()).toEqual(
      Object.entries(RULES)
        .map(([rule, { severity }]) => [rule, pageOf(rule), severity])
        .sort(),
    );
  });

  it.each(Object.entries(RULES))('tells the truth about %s', async (rule, { severity, remedy }) => {
    const page = await readDoc(`rules/${pageOf(rule)}`);
    expect(page).toContain(`# ${rule}\n\n**${severity === 'error' ? 'Error' : 'Warning'}.**`);
    expect(page).toContain(remedy);

    // A block with a name is a file of an archive; what `lint` answers to all of them stands in the console block.
    const named = [...page.matchAll(/^```\w+ (\S+)\n([\s\S]*?\n)```$/gm)].map(([, name, text]) => [name!, text!] as const);
    if (named.length === 0) return;
    const files = Object.fromEntries(named);
    const folder = await writeArchive({ ...files, 'assets/.keep': '' });
    const mapping = await loadMapping('mapping.json' in files ? path.join(folder, 'mapping.json') : DEFAULT_MAPPING);
    const report = await lintArchive({ folder, mapping, assets: path.join(folder, 'assets'), limits: DEFAULT_LIMITS });
    const [, shown] = /^```console\n([\s\S]*?)```$/m.exec(page)!;
    expect([...formatReport(report, 'text', { color: false })].join('')).toContain(shown);
    expect(new Set(report.problems.map((problem) => problem.rule))).toEqual(new Set([rule]));
  });
});

describe('docs/import.md', () => {
  const helpOf = async (...command: string[]) => (await curation([...command, '--help'])).stdout;

  it('names every command and every option of it', async () => {
    const page = await readDoc('import.md');
    const [, list] = (await helpOf()).split('Commands:');
    const commands = [...list!.matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name!).filter((name) => name !== 'help');
    const missing = [];
    for (const command of commands) {
      if (!page.includes(`\`curation ${command}`)) missing.push(command);
      const options = (await helpOf(command)).match(/^ {2}(?:-\w, )?--[\w-]+/gm) ?? [];
      for (const option of options.map((text) => text.slice(text.indexOf('--')))) {
        if (option !== '--help' && !page.includes(`\`${option}`)) missing.push(`${command} ${option}`);
      }
    }
    expect(missing).toEqual([]);
  });

  it('names every setting of the configuration', async () => {
    const page = await readDoc('import.md');
    const { limits, ...rest } = config.default();
    const keys = [...Object.keys(rest), ...Object.keys(limits).map((limit) => `limits.${limit}`)];
    expect(keys.filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
  });
});

describe('docs/seed-mapping.md', () => {
  it('names every attribute of the three types', async () => {
    const page = await readDoc('seed-mapping.md');
    const attributes = Object.values(SCHEMAS).flatMap((schema) => Object.keys(schema.attributes));
    expect(attributes.filter((attribute) => !page.includes(`\`${attribute}\``))).toEqual([]);
  });

  it('names every key of the seed', async () => {
    const page = await readDoc('seed-mapping.md');
    const { collections } = await loadMapping(DEFAULT_MAPPING);
    const keys = collections.flatMap((collection) => [
      ...Object.keys(collection.skeleton()),
      ...collection.fields.flatMap(({ places }) => places.map((place) => String(place[0]))),
    ]);
    const isNamed = (key: string) => page.includes(`\`${key}\``) || page.includes(`\`${key}.`);
    expect([...new Set(keys)].filter((key) => !isNamed(key))).toEqual([]);
    expect(Object.keys(collections.at(-1)!.skeleton())).toHaveLength(44);
  });
});

describe('links', () => {
  /** A heading's anchor, as GitHub makes it. */
  const anchorOf = (heading: string) =>
    heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replace(/ /g, '-');
  const anchorsIn = (page: string) =>
    [...page.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading!));

  it('of README, CONTRIBUTING and docs lead somewhere', async () => {
    const names = (await fs.readdir(DOCS, { recursive: true }))
      .filter((name) => name.endsWith('.md'))
      .map((name) => path.join('docs', name));
    const broken = [];
    for (const name of ['README.md', 'CONTRIBUTING.md', ...names]) {
      const page = await fs.readFile(path.join(ROOT, name), 'utf8');
      for (const [, target] of page.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
        const [file, anchor] = target!.split('#');
        const text = await fs
          .readFile(file ? path.join(ROOT, path.dirname(name), file) : path.join(ROOT, name), 'utf8')
          .catch(() => undefined);
        if (text === undefined || (anchor && !anchorsIn(text).includes(anchor))) broken.push(`${name}: ${target!}`);
      }
    }
    expect(broken).toEqual([]);
  });
});
