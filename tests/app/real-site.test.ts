import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { curation } from '../support/cli';
import { connect } from '../support/connect';
import type { TemporaryDatabase } from '../support/database';
import { PLAYGROUND, ROOT } from '../support/paths';
import { createPublicDir } from '../support/public-dir';
import { createReadyDatabase } from '../support/template/template';

/** The public archive of a real site, as a packed file; it is not part of this repository, and who has none skips this. */
const CORPUS = process.env.CURATION_CORPUS_18F ?? path.join(ROOT, '..', 'shared', 'corpora', '18f.gsa.gov.tar.gz');
const MAPPING = path.join(ROOT, 'tests', 'fixtures', 'mappings', '18f.json');

// The site is not part of the project: whoever has no copy of it skips this.
(fs.existsSync(CORPUS) ? describe : describe.skip)('567 files of a real site, into a database and back', () => {
  let folder: string;
  let database: TemporaryDatabase;
  let publicDir: Awaited<ReturnType<typeof createPublicDir>>;

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'curation_test_site-'));
    fs.mkdirSync(path.join(folder, 'archive'));
    execFileSync('tar', ['xzf', CORPUS, '-C', path.join(folder, 'archive')]);
    database = await createReadyDatabase();
    publicDir = await createPublicDir();
  });
  afterAll(async () => {
    await database.drop();
    await publicDir.remove();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const archive = () => path.join(folder, 'archive');
  const run = async (...args: string[]) => {
    const outcome = await curation([...args, '--app', PLAYGROUND, '--format', 'json'], { env: { ...database.env, ...publicDir.env } });
    return { ...outcome, report: outcome.json() };
  };
  const count = async (table: string, where: Record<string, unknown> = {}): Promise<number> => {
    const knex = connect(database);
    try {
      const [answer] = (await knex(table).where(where).count({ count: '*' })) as [{ count: number }];
      return answer.count;
    } finally {
      await knex.destroy();
    }
  };

  it('brings every post, its tags as topics, and five offerings', async () => {
    const { code, report } = await run('import', archive(), '--mapping', MAPPING);
    expect(code).toBe(0);
    expect(report).toMatchObject({
      run: 1,
      counts: { created: 656, refused: 0 },
      byType: { topic: { created: 142 }, offering: { created: 5 }, 'curated-content': { created: 509 } },
    });
    expect(await count('curation_topics')).toBe(142);
    expect(await count('curation_offerings')).toBe(5);
    expect(await count('curation_curated_contents')).toBe(2 * 509);
    expect(await count('curation_curated_contents', { published_at: null })).toBe(509);
  });

  it('is in step the second time', async () => {
    expect((await run('import', archive(), '--mapping', MAPPING)).report).toMatchObject({
      run: null,
      counts: { unchanged: 656, created: 0 },
    });
  });

  it('gives every file back, byte for byte', async () => {
    const into = path.join(folder, 'exported');
    expect((await run('export', into, '--mapping', MAPPING)).report.counts).toMatchObject({ files: 514, created: 514 });
    const names = fs.readdirSync(into, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
    expect(names).toHaveLength(514);
    const differing = names.filter((name) => !fs.readFileSync(path.join(into, name)).equals(fs.readFileSync(path.join(archive(), name))));
    expect(differing).toEqual([]);
  });

  it('leaves nothing behind when it is undone', async () => {
    const { code, report } = await run('undo', '1');
    expect([code, report.counts.removed]).toEqual([0, 656]);
    for (const table of ['topics', 'offerings', 'curated_contents', 'records']) expect(await count(`curation_${table}`)).toBe(0);
  });
});
