import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const written: string[] = [];

/** Writes files into a new folder, which is removed when the test file is done. */
export const writeArchive = async (files: Record<string, string | Uint8Array>): Promise<string> => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'curation_test_archive-'));
  written.push(folder);
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, content);
  }
  return folder;
};

/** Every file below a folder, by its path: what an export wrote, ready for toEqual. */
export const readArchive = async (folder: string): Promise<Record<string, string>> => {
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    names.sort().map(async (name) => [path.relative(folder, name), await fs.readFile(name, 'utf8')] as const),
  );
  return Object.fromEntries(texts);
};

afterAll(async () => {
  await Promise.all(written.map((folder) => fs.rm(folder, { recursive: true, force: true })));
});
