import nodePath from 'node:path';

import { sha256 } from '../content-types/rules/sha256';
import { version } from '../package.json';
import type { Host } from './apply/host';
import { readRun } from './apply/runs';
import { hasStamp, readStamp, writeStamp } from './apply/stamp';
import { takesMdx, type Mapping } from './mappings/mapping';
import type { Tally } from './plan/counts';
import { toldOf, type Plan, type Told } from './plan/plan';
import type { Archive, ReadOptions } from './read-archive';
import { Assets } from './source/assets';
import { digestFolder } from './source/digest-folder';

/** All that an import was told; what is not named here counts too. */
interface Options extends ReadOptions {
  folder: string;
  mapping: Mapping;
  assets?: string;
}

/** Where things are does not say what they are; pictures are looked at one by one. */
const PLACES = ['folder', 'assets', 'mapping', 'kind'];

/** Digest of the files and of everything else that decides what an import makes of them. */
const digestArchive = (files: string, options: Options): string => {
  const { mapping, assets } = options;
  const plain = Object.entries(options).filter(([name, value]) => !PLACES.includes(name) && typeof value !== 'function');
  const shape = [version, files, mapping.name, mapping.digest ?? '', assets !== undefined, plain.sort(([a], [b]) => (a < b ? -1 : 1))];
  return sha256(JSON.stringify(shape));
};

/** An archive of its own is what is imported from one folder with one mapping. */
const nameOf = ({ folder, mapping }: Options): string => sha256(`${mapping.name}\n${nodePath.resolve(folder)}`);

/**
 * What an import would report if nothing changed since the newest run: told by digests, without reading front matter or comparing records.
 *
 * @param run the newest run
 * @returns undefined where something changed, or where it takes more than a glance to tell
 */
export const glance = async (host: Host, options: Options, run: number): Promise<Told | undefined> => {
  const stamp = await readStamp(host, nameOf(options), run);
  if (!stamp) return undefined;
  const folder = await digestFolder(options.folder, { ...options, takesMdx: takesMdx(options.mapping) }).catch(() => undefined);
  if (!folder || digestArchive(folder.digest, options) !== stamp.archive) return undefined;
  if (!(await new Assets(options.assets, options.folder).areStill(stamp.assets))) return undefined;
  return stamp.said;
};

/** The counts of the next run, if nothing changes until then. */
const asUnchanged = <Each extends Tally>(counts: Each): Each => ({
  ...counts,
  created: 0,
  updated: 0,
  removed: 0,
  unchanged: counts.created + counts.updated + counts.unchanged,
});

/** True where a run was an import of this archive. */
const isOwn = async (host: Host, run: number, { folder, mapping }: Options): Promise<boolean> => {
  const made = await readRun(host, run);
  return made?.kind === 'import' && made.mapping === mapping.name && made.folder === nodePath.resolve(folder);
};

/**
 * Leaves a stamp behind an import that wrote nothing, where runs other than its own came since the last stamp. One of its own has left a stamp,
 * or had its reason not to: an import that is repeated writes nothing at all.
 *
 * @param run the newest one
 */
export const renewStamp = async (host: Host, run: number, made: Parameters<typeof leaveStamp>[2], options: Options): Promise<void> => {
  // Under other options, or with an archive that is not whole, what there is to glance at stays.
  if ((await hasStamp(host, nameOf(options), run)) || (await isOwn(host, run, options))) return;
  await leaveStamp(host, run, made, options);
};

/**
 * Leaves a stamp behind an import, for the next one to glance at. Not where a problem has to do with what is in Strapi: that may have gone when
 * the next import looks.
 *
 * @param run the newest one
 */
export const leaveStamp = async (
  host: Host,
  run: number,
  { plan, archive, assets }: { plan: Plan; archive: Archive; assets: Assets },
  options: Options,
): Promise<void> => {
  const ofFolders = archive.problems.length + plan.assetProblems;
  if (archive.digest === undefined || plan.problems.length > ofFolders || plan.counts.conflicts > 0) return;
  const byType = Object.fromEntries(Object.entries(plan.byType).map(([type, counts]) => [type, asUnchanged(counts)])) as Plan['byType'];
  await writeStamp(host, {
    name: nameOf(options),
    run,
    archive: digestArchive(archive.digest, options),
    assets: await assets.outcomes(),
    said: { ...toldOf(plan), counts: asUnchanged(plan.counts), byType },
  });
};
