import fs from 'node:fs/promises';

import { EXIT } from '../../migrations/errors';
import { writeArchive } from '../support/archive';
import { connect } from '../support/connect';
import type { TemporaryDatabase } from '../support/database';
import { hasWritten, startCuration, waitUntil } from '../support/process';
import { createPublicDir } from '../support/public-dir';
import { story } from '../support/story';
import { createReadyDatabase } from '../support/template/template';

/** Several transactions. */
const FILES = 3_500;

let folder: string;
let database: TemporaryDatabase;
let publicDir: Awaited<ReturnType<typeof createPublicDir>>;

beforeAll(async () => {
  const stories = Array.from({ length: FILES }, (_, index) => [`${index}.md`, story({ id: index + 1, title: `Story ${index}` })]);
  folder = await writeArchive(Object.fromEntries(stories));
  publicDir = await createPublicDir();
});
beforeEach(async () => {
  database = await createReadyDatabase();
});
afterEach(() => database.drop());
afterAll(async () => {
  await publicDir.remove();
  await fs.rm(folder, { recursive: true, force: true });
});

const curation = (...args: string[]) => startCuration(args, { ...database.env, ...publicDir.env });

it.each([
  ['SIGTERM', EXIT.terminated],
  ['SIGINT', EXIT.interrupted],
] as const)('%s ends a run between two transactions, and says so', async (signal, code) => {
  const knex = connect(database);
  try {
    const running = curation('import', folder, '--format', 'json');
    expect(await waitUntil(running, hasWritten(knex, 1, 1))).toBe(true);
    running.child.kill(signal);
    const ended = await running.ended;
    expect([ended.code, ended.stdout]).toEqual([code, '']);
    expect(ended.stderr).toMatch(/^curation: Interrupted\. What was written is whole; run it again for the rest\.$/m);

    const [{ stories }] = (await knex('curation_curated_contents').count('* as stories')) as [{ stories: number }];
    expect(stories).toBeGreaterThan(0);
    expect(stories).toBeLessThan(FILES * 2);
    expect(await knex('curation_runs').select('status')).toEqual([{ status: 'failed' }]);
    expect(await knex('curation_leases')).toEqual([]);

    const again = await curation('import', folder, '--format', 'json').ended;
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ counts: { created: FILES - stories / 2, unchanged: stories / 2 } });
  } finally {
    await knex.destroy();
  }
});
