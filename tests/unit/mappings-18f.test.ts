import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { updateFile } from '../../migrations/export/write-file';
import { loadMapping } from '../../migrations/mappings';
import type { Mapping } from '../../migrations/mappings/mapping';
import { readArchive, type Archive } from '../../migrations/read-archive';
import { DEFAULT_LIMITS } from '../../migrations/source/limits';
import { allOf, type WantedRecords } from '../support/mapping';
import { ROOT } from '../support/paths';

/** The public archive of a real site, as a packed file; it is not part of this repository, and who has none skips this. */
const CORPUS = process.env.CURATION_CORPUS_18F ?? path.join(ROOT, '..', 'shared', 'corpora', '18f.gsa.gov.tar.gz');

// The site is not part of the project: whoever has no copy of it skips this.
(fs.existsSync(CORPUS) ? describe : describe.skip)('567 files of a real site', () => {
  let folder: string;
  let mapping: Mapping;
  let archive: Omit<Archive, keyof WantedRecords> & WantedRecords;

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'curation_test_18f-'));
    execFileSync('tar', ['xzf', CORPUS, '-C', folder]);
    mapping = await loadMapping('tests/fixtures/mappings/18f.json', ROOT);
    const read = await readArchive(folder, mapping, { limits: DEFAULT_LIMITS, lint: true });
    archive = { ...read, ...allOf(read) };
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  const of = (type: string) => archive.records.filter((record) => record.type === type);

  it('reads every post, though 114 have a quoted text that goes on in column 0, and five forms of date', () => {
    const stories = of('curated-content');
    expect(stories).toHaveLength(509);
    expect(archive.refused).toBe(0);
    expect(stories.filter(({ values }) => typeof values.date !== 'string' || typeof values.body !== 'string')).toEqual([]);
  });

  it('takes the day from the file name where the front matter has none', () => {
    const stories = of('curated-content');
    const without = stories.filter(({ file }) => file?.data.date === undefined);
    expect(without).toHaveLength(87);
    expect(without.every(({ path: name, values }) => path.basename(name).startsWith(String(values.date)))).toBe(true);
  });

  it('makes a topic of every tag, and links the posts to them in order', () => {
    expect(of('topic')).toHaveLength(142);
    const post = of('curated-content').find(({ path: name }) => name.endsWith('2016-10-11-getting-the-most-juice-out-of-the-squeeze.md'))!;
    expect(post.links.topics!.map(({ values }) => values.name)).toEqual(['fec.gov', 'agile', 'best practices', 'agency work']);
  });

  it('knows the five offerings by their permalinks', () => {
    expect(of('offering').map(({ identities, values }) => [identities[0], values.slug])).toEqual([
      ['permalink:/ai-services/', 'AI-services'],
      ['permalink:/digital-service-transformation/', 'digital-service-transformation'],
      ['permalink:/strategy-development/', 'strategy-development'],
      ['permalink:/vendor-acquisition-support/', 'vendor-acquisition-support'],
      ['permalink:/website-modernization/', 'website-modernization'],
    ]);
  });

  it('keeps what no field names, and reports no more than there is', () => {
    const post = of('curated-content').find(({ path: name }) => name.endsWith('2014-03-12-coming-soon.md'))!;
    expect(Object.keys(post.values.extra as object)).toContain('tumblr_url');
    const rules = archive.problems.map(({ rule }) => rule);
    // Ten scripts and a frame of speakerdeck.com.
    expect(rules.filter((rule) => rule === 'html/active')).toHaveLength(11);
    const others = rules.filter((rule) => rule !== 'html/active');
    expect(others.sort()).toEqual(['content/html-entities', 'content/html-entities', 'content/html-entities', 'content/unmapped']);
    expect(archive.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('writes every file back to the byte', () => {
    for (const record of archive.records.filter(({ file }) => file)) {
      const { text } = record.file!;
      const collection = mapping.collections.find(({ type }) => type === record.type)!;
      const current = Object.fromEntries(Object.entries(record.values).map(([name, value]) => [name, { kind: 'value' as const, value }]));
      // Every rule is run, as if every attribute had been edited into what it is; but what the import itself took out of a body stays out.
      const kept = record.values.body === record.file!.body ? ['date', 'title'] : ['date', 'title', 'body'];
      const edited = new Set(Object.keys(record.values).filter((name) => !kept.includes(name)));
      expect(updateFile(text, collection, { current, edited, values: record.values })).toBe(text);
    }
  });
});
