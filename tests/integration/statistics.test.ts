import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { undoArchive } from '../../migrations/undo-archive';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { deliveriesOf } from '../support/deliveries';
import { fullAccessToken } from '../support/rest';
import { story } from '../support/story';

const STORIES = 600;
/** PostgreSQL compresses rows of more than 2 KB. */
const LONG = 'A day on the ward begins before it is light. '.repeat(200);

// The others keep count on their own.
(process.env.TEST_CLIENT === 'postgres' ? describe : describe.skip)('after many changes PostgreSQL knows how full its tables are', () => {
  let app: ArchiveApp;
  let folder: string;

  beforeAll(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'curation_test_statistics-'));
    for (let number = 0; number < STORIES; number += 1)
      await fs.writeFile(path.join(folder, `${number}.md`), story({ id: 5_000 + number, title: `Story ${number}` }, LONG));
    app = await startArchiveApp();
  });
  afterAll(async () => {
    await app.stop();
    await fs.rm(folder, { recursive: true, force: true });
  });

  /** What the planner goes by: -1 where nobody ever looked. */
  const known = async (): Promise<Record<string, number>> => {
    const tables = ['curation_curated_contents', 'curation_deliveries', 'curation_records'];
    const rows: { relname: string; reltuples: number }[] = await app.host.knex('pg_class').whereIn('relname', tables);
    return Object.fromEntries(rows.map(({ relname, reltuples }) => [relname, reltuples]));
  };

  it('of an import', async () => {
    await app.importFrom(folder);
    expect(await known()).toEqual({ curation_curated_contents: STORIES * 2, curation_deliveries: STORIES, curation_records: STORIES });
  });

  it('and has compressed long texts in the quicker way, where it can', async () => {
    const [setting] = await app.host.knex('pg_settings').where({ name: 'default_toast_compression' });
    const { rows } = await app.host.knex.raw<{ rows: { method: string }[] }>(
      'select distinct pg_column_compression(source) as method from curation_records where pg_column_compression(source) is not null',
    );
    expect(rows).toEqual([{ method: (setting as { enumvals: string[] }).enumvals.includes('lz4') ? 'lz4' : 'pglz' }]);
    expect((setting as { setting: string }).setting).not.toBe('lz4');
  });

  it('and reads no table from its beginning, for every request, for a change that is not counted yet', async () => {
    const token = await fullAccessToken(app.strapi);
    const asked = new Set<string>();
    const listen = ({ sql }: { sql: string }) => asked.add(sql);
    app.host.knex.on('query', listen);
    for (let time = 0; time < 2; time += 1) {
      const { status } = await fetch(`${app.url}/api/curation/delivery/sync`, { headers: { authorization: `Bearer ${token}` } });
      expect(status).toBe(200);
    }
    app.host.knex.off('query', listen);
    const [question] = [...asked].filter((sql) => sql.includes('"curation_sequences"') && sql.includes('"curation_deliveries"'));
    const plan = JSON.stringify((await app.host.knex.raw<{ rows: unknown[] }>(`explain ${question!}`)).rows);
    expect(plan).toContain('curation_deliveries_number_index');
  });

  it('of a rebuild of the answers', async () => {
    await app.host.knex('curation_deliveries').delete();
    await app.host.knex.raw('analyze curation_deliveries');
    expect(await known()).toMatchObject({ curation_deliveries: 0 });
    await deliveriesOf(app.strapi).rebuild();
    expect(await known()).toMatchObject({ curation_deliveries: STORIES });
  });

  it('of an undo', async () => {
    for (let number = 1; number < STORIES; number += 1) await fs.rm(path.join(folder, `${number}.md`));
    const { run } = await app.importFrom(folder, { missing: 'delete', maxMissing: { share: 1 } });
    expect(await known()).toMatchObject({ curation_curated_contents: 2 });
    await undoArchive(app.host, run!);
    expect(await known()).toMatchObject({ curation_curated_contents: STORIES * 2, curation_records: STORIES });
  });
});
