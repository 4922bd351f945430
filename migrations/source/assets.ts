import fs from 'node:fs/promises';
import nodePath from 'node:path';

import { sha256 } from '../../content-types/rules/sha256';
import { FileBytes } from './file-bytes';
import type { RuleName } from './problem';

/** A picture or document of the assets folder, read. */
export interface Asset {
  path: string;
  name: string;
  mime: string;
  size: number;
  sha256: string;
}

export type AssetProblem = { rule: Extract<RuleName, `image/${string}`>; message: string };

/** What a browser shows and Strapi resizes, told by the first bytes: an ending says nothing about what is in a file. */
const SIGNATURES: { mime: string; matches: (bytes: Buffer) => boolean }[] = [
  { mime: 'image/jpeg', matches: (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) },
  { mime: 'image/png', matches: (bytes) => bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')) },
  { mime: 'image/gif', matches: (bytes) => /^GIF8[79]a/.test(bytes.toString('latin1', 0, 6)) },
  { mime: 'image/webp', matches: (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP' },
  { mime: 'image/avif', matches: (bytes) => /^ftypavi[fs]$/.test(bytes.toString('latin1', 4, 12)) },
  { mime: 'application/pdf', matches: (bytes) => bytes.toString('latin1', 0, 5) === '%PDF-' },
];

/** What the media library takes, unless an app says otherwise. */
const MAX_BYTES = 1_000_000_000;

const decode = (href: string): string => {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
};

/**
 * The paths below the assets folder that a file may mean by one name, the likeliest first: as it is written, or as an address, with its escapes
 * undone. File systems differ in the Unicode form of a name.
 */
export const assetPaths = (href: string): string[] => {
  const decoded = decode(href.replace(/[?#].*$/, ''));
  const clean = (path: string) =>
    path
      .split(/[\\/]/)
      .filter((part) => part !== '' && part !== '.')
      .join('/');
  return [...new Set([href, decoded, decoded.normalize('NFC'), decoded.normalize('NFD')].map(clean))];
};

/** The first of several paths below a folder at which something stands. */
export const firstThere = async (folder: string, paths: readonly string[]): Promise<string | undefined> => {
  for (const path of paths) {
    const stat = await fs.stat(nodePath.join(folder, path)).catch(() => undefined);
    if (stat) return path;
  }
  return undefined;
};

/** What became of an asset: the SHA-256 of its bytes, or the rule by which it is left out. */
export const outcomeOf = (asset: Asset | AssetProblem): string => ('rule' in asset ? asset.rule : asset.sha256);

const outside = (href: string): AssetProblem => ({
  rule: 'image/outside-assets',
  message: `"${href}" leads out of the assets folder.`,
});

/** Reads assets out of one folder and never out of another; each one once, however many files name it. */
export class Assets {
  private readonly known = new Map<string, Promise<Asset | AssetProblem>>();
  private readonly fileBytes = new FileBytes();
  private root: Promise<string> | undefined;

  /** @param folder undefined: every asset is missing */
  constructor(private readonly folder: string | undefined) {}

  /**
   * Finds what a file calls `href`: a path below the assets folder, with or without a leading '/'.
   *
   * @returns the asset, or why it is left out
   */
  find(href: string): Promise<Asset | AssetProblem> {
    const found = this.known.get(href) ?? this.read(href);
    this.known.set(href, found);
    return found;
  }

  /** What was looked for so far, by what files call it: the SHA-256 of its bytes, or the rule by which it is left out. */
  async outcomes(): Promise<Record<string, string>> {
    const outcomes: Record<string, string> = {};
    for (const [href, pending] of this.known) outcomes[href] = outcomeOf(await pending);
    return outcomes;
  }

  private async read(href: string): Promise<Asset | AssetProblem> {
    if (/^(https?:)?\/\//i.test(href)) return { rule: 'image/remote', message: `"${href}" is on another server; it is not fetched.` };
    if (/^([a-z][a-z0-9+.-]*:|\\\\)/i.test(href)) return outside(href);

    const paths = assetPaths(href);
    if (paths.some((path) => path.includes('\0') || path.split('/').includes('..'))) return outside(href);
    if (!this.folder) return { rule: 'image/missing', message: `No assets folder is given, so "${href}" is left out.` };
    const missing: AssetProblem = { rule: 'image/missing', message: `"${href}" is not in the assets folder.` };

    this.root ??= fs.realpath(this.folder);
    const root = await this.root;
    const relative = (await firstThere(root, paths)) ?? paths[0]!;
    try {
      const path = await fs.realpath(nodePath.join(root, relative));
      if (!path.startsWith(root + nodePath.sep)) return outside(href);
      const bytes = this.fileBytes.read(path, MAX_BYTES);
      if (!(bytes instanceof Uint8Array)) {
        if (!bytes.isFile) return missing;
        return { rule: 'image/unsupported', message: `"${href}" has ${bytes.size} bytes; no more than ${MAX_BYTES} are taken.` };
      }
      const signature = SIGNATURES.find(({ matches }) => matches(bytes));
      if (!signature) return { rule: 'image/unsupported', message: `"${href}" is no picture of a kind that is taken.` };
      return {
        path,
        name: nodePath.basename(relative),
        mime: signature.mime,
        size: bytes.byteLength,
        sha256: sha256(bytes),
      };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (!code) throw error;
      return missing;
    }
  }
}
