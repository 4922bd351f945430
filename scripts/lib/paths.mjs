import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const PLAYGROUND = path.join(ROOT, 'playground');
/** What this machine alone has: secrets, passwords, databases. */
export const PRIVATE = path.join(PLAYGROUND, '.tmp');
export const CLI = path.join(ROOT, 'dist', 'cli', 'index.js');
