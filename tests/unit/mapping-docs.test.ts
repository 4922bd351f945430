import fs from 'node:fs';
import path from 'node:path';

import { SCHEMAS } from '../../content-types';
import { explainFile } from '../../migrations/explain-file';
import { compileMapping } from '../../migrations/mappings/file/compile';
import { checkMappingFile } from '../../migrations/mappings/file/schema';
import { hugo } from '../../migrations/mappings/hugo';
import { TOKEN_NAMES } from '../../migrations/mappings/rules/sources';
import { explanationText } from '../../migrations/report/explain-text';
import { DEFAULT_LIMITS } from '../../migrations/source/limits';
import type { JsonValue } from '../../migrations/source/json';
import { writeArchive } from '../support/archive';
import { ROOT } from '../support/paths';

const page = fs.readFileSync(path.join(ROOT, 'docs', 'mapping-files.md'), 'utf8');
const block = (language: string, start: string): string => {
  const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
  return blocks.find(([, found, text]) => found === language && text!.startsWith(start))![2]!;
};

const example = (): JsonValue => JSON.parse(block('json', '{')) as JsonValue;

describe('docs/mapping-files.md', () => {
  it('shows a mapping file that is right, and what explain says of it', async () => {
    const checked = checkMappingFile(example());
    if ('mistakes' in checked) throw new Error(checked.mistakes.join('\n'));
    const text = '---\ntitle: A\nsummary: In short\nsource_url: https://example.gov/a\ntopics: [ai]\nlayout: post\n---\n';
    const folder = await writeArchive({ 'news/a.md': text });
    const mapping = compileMapping(checked);
    const explanation = await explainFile({ file: path.join(folder, 'news/a.md'), folder, mapping, limits: DEFAULT_LIMITS });
    const [, shown] = /^\$ .*\n([\s\S]*)/.exec(block('console', '$ npx curation explain'))!;
    // The topic that is not there yet is made: nothing is told of it.
    expect(explanationText(explanation, { color: false })).toBe(shown);
  });

  it('shows what a mistake looks like', () => {
    const wrong = JSON.stringify(example()).replace('"match":"slug"', '"match":"slgu"');
    const { mistakes } = checkMappingFile(JSON.parse(wrong) as JsonValue) as { mistakes: string[] };
    expect(block('console', '$ npx curation lint')).toContain(mistakes[0]);
  });

  it('names every word with $, and every place of the hugo preset', () => {
    const stories = hugo.collections.find(({ type }) => type === 'curated-content')!;
    const places = stories.fields.flatMap(({ attribute, places: all }) => [attribute, ...all.map((place) => place.join('.'))]);
    expect([...TOKEN_NAMES, ...places].filter((name) => !new RegExp(`\`"?${name.replace(/[$.]/g, '\\$&')}"?\``).test(page))).toEqual([]);
    expect(Object.keys(SCHEMAS).filter((type) => !page.includes(`\`${type}\``))).toEqual([]);
  });
});
