import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import type { TemporaryDatabase } from '../support/database';
import { createPublicDir } from '../support/public-dir';
import { story } from '../support/story';
import { startCuration } from '../support/process';
import { createReadyDatabase } from '../support/template/template';

/** A third more than what Strapi and the engine need. */
const HEAP_MB = 300;
/** 200 MB of text: with all of it kept, even once, it would be too much. */
const FILES = 4_000;

const body = `<p>${'One alarm is heard, nine are not. '.repeat(1_500)}</p>\n`;

let folder: string;
let database: TemporaryDatabase;
let publicDir: Awaited<ReturnType<typeof createPublicDir>>;

beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'curation_test_memory-'));
  database = await createReadyDatabase();
  publicDir = await createPublicDir();
  for (let number = 0; number < FILES; number += 1) {
    const text = story(
      { id: 10_000 + number, title: `Story ${number}`, slug: `story-${number}`, categories: [`Wards: Topic ${number % 40}`] },
      body,
    );
    await fs.writeFile(path.join(folder, `${number}.md`), text);
  }
}, 60_000);

afterAll(async () => {
  await database.drop();
  await publicDir.remove();
  await fs.rm(folder, { recursive: true, force: true });
});

const curation = async (...args: string[]) => {
  const env = { ...database.env, ...publicDir.env, NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` };
  const { code, stdout, stderr } = await startCuration([...args, '--format', 'json'], env).ended;
  // Node's own last words tell what is wrong, should it be this.
  if (code !== 0) throw new Error(`curation ${args.join(' ')} ended with ${code}\n${stderr.slice(-2_000)}`);
  return JSON.parse(stdout) as { counts: Record<string, number> };
};

describe('in little memory', () => {
  it(`imports, exports and takes back ${FILES} files`, async () => {
    const { counts } = await curation('import', folder, '--yes');
    expect(counts).toMatchObject({ files: FILES, created: FILES + 40, refused: 0 });
    const exported = await curation('export', path.join(folder, 'exported'));
    expect(exported.counts).toMatchObject({ files: FILES, created: FILES });
    const undone = await curation('undo', '1', '--yes');
    expect(undone.counts).toMatchObject({ removed: FILES + 40, conflicts: 0 });
  }, 300_000);
});
