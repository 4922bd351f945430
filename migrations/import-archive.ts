import nodePath from 'node:path';

import { applyPlan, type Applied, type Progress } from './apply/apply-plan';
import type { AnnouncedChange, Announcement, Host } from './apply/host';
import { isTaken } from './apply/is-taken';
import { Lease, leaseHolder } from './apply/lease';
import { openDatabase } from './apply/open-database';
import { tellOvertaken, type Overtaken } from './apply/overtaken';
import { withRoomyCache } from './apply/page-cache';
import { endDeadRuns, hasOpenRuns, lastRun } from './apply/runs';
import { updateStatistics } from './apply/statistics';
import { EXIT, UserError } from './errors';
import { glance, leaveStamp, renewStamp } from './glance';
import { htmlShape } from './mappings/clean-text';
import type { Mapping } from './mappings/mapping';
import { makePlan, type PlanOptions } from './plan/make-plan';
import { toldOf, type Plan } from './plan/plan';
import type { RunReport } from './report/report';
import { assertFolder, readArchive, type ReadOptions } from './read-archive';
import { Assets } from './source/assets';
import { byPlace, problem } from './source/problem';

export interface ArchiveOptions extends ReadOptions, Omit<PlanOptions, 'mapping'> {
  folder: string;
  mapping: Mapping;
  /** The folder of pictures; without it every picture is missing. */
  assets?: string;
}

export interface ImportOptions extends ArchiveOptions {
  kind?: 'import' | 'apply';
  /** Called with each plan before anything is asked or written; throws to refuse it. */
  check?: (plan: Plan) => void;
  /**
   * Asked before anything is written; false leaves everything as it is, an error too. Asked again where the plan had to be made anew. The plan
   * is closed when the import is done.
   */
  confirm?: (plan: Plan) => Promise<boolean>;
  onProgress?: Progress;
}

const TAKEN_AGAIN =
  'Twice somebody gave an entry in Strapi a slug, a name or an id that a file was just about to get. What was written before is whole; import again.';

/** A plan, and what it was made from. */
const readAndPlan = async (host: Host, options: ArchiveOptions) => {
  const { folder, mapping, publish } = options;
  if (options.assets) await assertFolder(options.assets, 'assets folder');
  const assets = new Assets(options.assets, folder);
  const archive = await readArchive(folder, mapping, options);
  const digest = mapping.digest ? [mapping.digest.slice(0, 12)] : [];
  const shape = [mapping.name, `publish=${publish}`, ...digest, ...htmlShape(options)].join(' ');
  try {
    const plan = await makePlan(archive, await openDatabase(host), assets, { ...options, mapping: shape });
    plan.problems.sort(byPlace);
    return { plan, archive, assets };
  } catch (error) {
    archive.records.close();
    throw error;
  }
};

/**
 * From files to a plan: read, understand, compare. Writes nothing. The operations have to be closed: they lie in temporary files.
 *
 * @throws UserError for a folder that is none or holds no Markdown, or of which too many files are gone
 */
export const planArchive = async (host: Host, options: ArchiveOptions): Promise<Plan> => (await readAndPlan(host, options)).plan;

/** What a plan says, as a report of a run that did not happen. */
export const planReport = (plan: Plan, started: number): RunReport => ({
  run: null,
  dryRun: true,
  ...toldOf(plan),
  ...(plan.publishedDrafts > 0 && { publishedDrafts: plan.publishedDrafts }),
  seconds: (performance.now() - started) / 1000,
});

/** What a plan changed for those who listen. */
function* changesOf({ operations }: Plan, overtaken: readonly Overtaken[]): Generator<AnnouncedChange> {
  const isLeft = ({ written }: Overtaken) => written?.action !== 'update';
  const left = new Set(overtaken.filter(isLeft).map(({ planned }) => `${planned.type} ${planned.documentId}`));
  for (const { type, documentId, action } of operations) {
    if (action !== 'touch' && !left.has(`${type} ${documentId}`)) yield { type, documentId, action };
  }
}

/**
 * Makes sure that nobody writes while a plan is made, and settles what a run that died has left. Its last chunk may have been committed only
 * just now; taking the lease waits for that.
 *
 * @throws UserError with exit code 5 where another run is under way
 */
const clearTheWay = async (host: Host): Promise<void> => {
  if (!(await leaseHolder(host)) && !(await hasOpenRuns(host))) return;
  const lease = await Lease.acquire(host);
  try {
    await endDeadRuns(host);
  } finally {
    await lease.release();
  }
};

/**
 * The whole way from files to rows: read, understand, compare, write. One at a time: whoever comes second is told who came first.
 *
 * Nothing is written before everything is known, and an archive is larger than memory. So each file is read, mapped and forgotten
 * (`readArchive`), and leaves its story in a temporary file, its keys in tables of digests, its topics and offerings in memory: they are few,
 * and every story may name them. With all of them there, stories are compared with the database a few at a time (`makePlan`), and their
 * operations go into a second temporary file. What is to be asked, refused and counted is then known, and operations are written as they are
 * read back (`applyPlan`).
 *
 * @returns what came of it; problems of single files are in the report and stop nothing but those files
 * @throws UserError for a folder that is none or holds no Markdown (2, 7), or where another run is under way (5)
 */
export const importArchive = async (host: Host, options: ImportOptions): Promise<RunReport> => {
  const { folder, mapping, kind = 'import', check, confirm, onProgress } = options;
  let started = performance.now();
  // Asked first: a run that begins right after is then seen by one of the two.
  let runBefore = await lastRun(host);
  await clearTheWay(host);

  const unchanged = check ? undefined : await glance(host, options, runBefore);
  if (unchanged) return { run: null, dryRun: false, ...unchanged, seconds: (performance.now() - started) / 1000 };

  const makeChecked = async () => {
    const made = await readAndPlan(host, options);
    try {
      check?.(made.plan);
    } catch (error) {
      made.plan.operations.close();
      throw error;
    }
    return made;
  };
  let made = await makeChecked();
  const answerOf = ({ plan }: typeof made) => planReport(plan, started);
  /** What somebody takes to answer is not what the import takes. */
  const isConfirmed = async (): Promise<boolean> => {
    if (!confirm) return true;
    const asked = performance.now();
    const answer = await confirm(made.plan);
    started += performance.now() - asked;
    return answer;
  };
  /** What there is to answer without a run. */
  const early = async () => {
    if (made.plan.operations.length === 0) {
      await renewStamp(host, runBefore, made, options);
      return { ...answerOf(made), dryRun: false };
    }
    return (await isConfirmed()) ? undefined : answerOf(made);
  };
  /** To be called with the lease in hand. */
  const write = async (lease: Lease): Promise<{ answer: RunReport; announcement?: Announcement }> => {
    await endDeadRuns(host);
    const info = { kind, mapping: mapping.name, folder: nodePath.resolve(folder) };
    let applied: Applied | undefined;
    for (let isFirst = true; !applied;) {
      // Between the plan and the lease another run may have come and gone.
      for (let now = await lastRun(host); now !== runBefore; now = await lastRun(host)) {
        runBefore = now;
        made.plan.operations.close();
        made = await makeChecked();
        const answer = await early();
        if (answer) return { answer };
      }
      try {
        applied = await withRoomyCache(host, () => applyPlan(host, lease, made.plan, info, options, onProgress));
      } catch (error) {
        if (!isTaken(error)) throw error;
        // An editor took a slug, a name or an id since the plan was made: it counts as if it had been there before.
        if (!isFirst) throw new UserError(TAKEN_AGAIN, EXIT.failed);
        isFirst = false;
      }
    }
    const { plan } = made;
    const { run, rejected, overtaken } = applied;
    for (const { asset, reason } of rejected) {
      plan.problems.push(problem('image/unsupported', asset.name, `The media library refused the picture: ${reason}`));
    }
    plan.problems.push(...(await tellOvertaken(host, plan, overtaken)));
    plan.problems.sort(byPlace);
    await updateStatistics(host, plan.operations.length);
    await leaveStamp(host, run, made, options);
    const announcement = { run, kind, counts: { ...plan.counts }, changes: changesOf(plan, overtaken) };
    return { answer: { ...answerOf(made), run, dryRun: false }, announcement };
  };

  try {
    const unwritten = await early();
    if (unwritten) return unwritten;
    const lease = await Lease.acquire(host);
    const { answer, announcement } = await write(lease).finally(() => lease.release());
    // Whoever hears of it may take their time, and others want to write meanwhile.
    if (announcement) await host.announce(announcement);
    return answer;
  } finally {
    made.plan.operations.close();
  }
};
