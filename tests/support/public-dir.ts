import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** A folder for uploads, so that no test leaves a picture in the playground. */
export const createPublicDir = async () => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'curation_test_public-'));
  await fs.mkdir(path.join(folder, 'uploads'));
  return { env: { PUBLIC_DIR: folder }, remove: () => fs.rm(folder, { recursive: true, force: true }) };
};
