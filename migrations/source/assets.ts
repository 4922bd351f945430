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

const leadsUp = (href: string): boolean => assetPaths(href).some((path) => path.split('/').includes('..'));

/** What a file calls `href`, from its own folder down, as a path below the folder of all files. */
export const besideFile = (file: string, href: string): string => {
  const { dir } = nodePath.posix.parse(file);
  return dir ? `${dir}/${href}` : href;
};

/**
 * Where a path that leads up from a file's own folder comes down again, as sites have it whose pictures lie in a folder of their own: below the
 * folder of all files, or else below the assets folder; undefined where it leaves both.
 */
export const aboveFile = (
  file: string,
  href: string,
  content: string,
  assets: string | undefined,
): { isBeside: boolean; path: string } | undefined => {
  if (/^[/\\]/.test(href) || !leadsUp(href)) return undefined;
  const path = nodePath.posix.normalize(besideFile(file, href));
  if (!leadsUp(path)) return { isBeside: true, path };
  if (!assets) return undefined;
  const below = nodePath.relative(nodePath.resolve(assets), nodePath.resolve(content, path)).replaceAll(nodePath.sep, '/');
  return below === '' || leadsUp(below) || nodePath.isAbsolute(below) ? undefined : { isBeside: false, path: below };
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
const outcomeOf = (asset: Asset | AssetProblem): string => ('rule' in asset ? asset.rule : asset.sha256);

const outside = (href: string): AssetProblem => ({
  rule: 'image/outside-assets',
  message: `"${href}" leads out of the assets folder.`,
});

/** Stands before what lies in the folder of the files themselves. As the scheme of an address it is nothing that a file could name. */
const BESIDE = 'beside:';

/** Reads assets out of two folders and never out of another; each one once, however many files name it. */
export class Assets {
  private readonly known = new Map<string, Promise<Asset | AssetProblem>>();
  private readonly fileBytes = new FileBytes();
  private readonly roots = new Map<string, Promise<string>>();

  /**
   * @param folder undefined: what does not lie beside its file is missing
   * @param content the folder of the files that name assets; undefined: nothing is looked for beside them
   */
  constructor(
    private readonly folder: string | undefined,
    private readonly content?: string,
  ) {}

  /**
   * Finds what a file calls `href`: a path from the file's own folder down, as page bundles have it, or up and down again into one of the two
   * folders, or else below the assets folder, with or without a leading '/'.
   *
   * @param file the path of the file below the content folder
   * @returns the asset, or why it is left out
   */
  async find(href: string, file = ''): Promise<Asset | AssetProblem> {
    if (/^(https?:)?\/\//i.test(href)) return { rule: 'image/remote', message: `"${href}" is on another server; it is not fetched.` };
    if (/^([a-z][a-z0-9+.-]*:|\\\\)/i.test(href)) return outside(href);
    if (this.content && file && !/^[/\\]/.test(href)) {
      const above = aboveFile(file, href, this.content, this.folder);
      const beside = leadsUp(href) ? above : { isBeside: true, path: besideFile(file, href) };
      // An export puts what lay beside a file below the assets folder.
      const places = beside ? [...(beside.isBeside ? [`${BESIDE}${beside.path}`] : []), ...(above ? [above.path] : [])] : [];
      for (const place of places) {
        const found = await this.once(place);
        if (outcomeOf(found) !== 'image/missing') return found;
      }
    }
    return this.once(href);
  }

  /** What was looked for so far, by its place: the SHA-256 of its bytes, or the rule by which it is left out. */
  async outcomes(): Promise<Record<string, string>> {
    const outcomes: Record<string, string> = {};
    for (const [place, pending] of this.known) outcomes[place] = outcomeOf(await pending);
    return outcomes;
  }

  /** True where all that was looked for is as it was. */
  async areStill(outcomes: Readonly<Record<string, string>>): Promise<boolean> {
    for (const [place, outcome] of Object.entries(outcomes)) if (outcomeOf(await this.once(place)) !== outcome) return false;
    return true;
  }

  private once(place: string): Promise<Asset | AssetProblem> {
    const isBeside = place.startsWith(BESIDE);
    const found = this.known.get(place) ?? (isBeside ? this.read(place.slice(BESIDE.length), this.content) : this.read(place, this.folder));
    this.known.set(place, found);
    return found;
  }

  private rootOf(folder: string): Promise<string> {
    const root = this.roots.get(folder) ?? fs.realpath(folder);
    this.roots.set(folder, root);
    return root;
  }

  private async read(href: string, folder: string | undefined): Promise<Asset | AssetProblem> {
    const paths = assetPaths(href);
    if (leadsUp(href) || paths.some((path) => path.includes('\0'))) return outside(href);
    if (!folder) return { rule: 'image/missing', message: `No assets folder is given, so "${href}" is left out.` };
    const missing: AssetProblem = { rule: 'image/missing', message: `"${href}" is not in the assets folder.` };

    const root = await this.rootOf(folder);
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
