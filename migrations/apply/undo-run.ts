import type { Knex } from 'knex';

import { CONTENT_TYPES, SCHEMAS, UIDS, type ContentType } from '../../content-types';
import { ChangedSince } from '../errors';
import { labelOf } from '../plan/compare';
import type { CurrentRow } from '../plan/database';
import type { Base } from '../plan/ledger';
import type { FieldChange } from '../plan/operation';
import { addTally, noTallies, noTally, type Counts, type TallyByType } from '../plan/counts';
import { assignField, emptyState, fieldsOf, sameField, valueOf, type Field, type State } from '../plan/state';
import { sameJson } from '../source/json';
import { problem, type Problem } from '../source/problem';
import { undoAltTexts } from './alt-texts';
import { findPointers, relationsTo } from './find-pointers';
import type { EditRun } from './edit-run';
import type { Announcement, Host } from './host';
import { readChanged, readImages, readJournal, writeJournal, type Change, type Image } from './journal';
import type { Lease } from './lease';
import { SPELLING_TYPE, undoSpellings } from './merge-spellings';
import { notedRun } from './noted-run';
import { FILE_TYPE } from './read-ledger';
import { restoreRedirects } from './redirects';
import type { Subject } from './runs';
import { mergedInto } from './spellings';
import { hideFiles, restoreFiles } from './undo-files';
import { findHeld, findTaken, ROWS, type Step } from './undo-keys';
import { brokenLinks, knownElsewhere } from './undo-lost';
import { deleteLedger, writeLedger, type LedgerRow } from './write-ledger';
import { RowWriter } from './write-rows';

const EXAMPLES = 3;
const STORY: ContentType = 'curated-content';

export interface Undone {
  run: number;
  counts: Counts;
  byType: TallyByType;
  /** What was left as it is, because somebody changed it since. */
  problems: Problem[];
  changes: Announcement['changes'];
}

/** The fields of a row that a run changed. */
const differing = (old: State, made: State): Field[] => fieldsOf(made).filter((field) => !sameField(old, made, field));

const isSameState = (a: State, b: State): boolean => [...fieldsOf(a), ...fieldsOf(b)].every((field) => sameField(a, b, field));

/** True where a record is, in both rows and to the date, what it was at another moment. */
const isSameRecord = (then: Image | null | undefined, now: Image | undefined): boolean =>
  ROWS.every((which) => {
    const [old, current] = [then?.[which], now?.[which]];
    return old && current ? isSameState(old, current) && old.updatedAt === current.updatedAt : !old && !current;
  });

/** True where a record that was removed is what it was before: an undo that died had come that far. */
const isBack = ({ change: { before }, now }: Step): boolean => isSameRecord(before, now);

const told = (image: Image | null | undefined): { path: string; label: string } => ({
  path: image?.ledger?.path ?? '',
  label: labelOf(image?.draft?.values ?? image?.ledger?.base.values ?? {}),
});

/** True where a record that a run made is still what the run made of it. */
const isUntouched = ({ change: { after }, now }: Step, runId: number): boolean => {
  if (after) return isSameRecord(after, now);
  const base = now?.ledger?.base;
  if (!now?.draft || !base || now.ledger?.runId !== runId) return false;
  return (
    // What no file mentions may be an editor's.
    isSameState(base, now.draft) &&
    (!now.published || isSameState(base, now.published)) &&
    (!SCHEMAS[now.ledger.type as ContentType].options.draftAndPublish || base.isPublished === Boolean(now.published))
  );
};

/** True where the row of the id map is as a run left it. */
const isAsNoted = ({ change: { after }, now }: Step, runId: number): boolean =>
  after ? sameJson(after.ledger, now?.ledger ?? null) : now?.ledger?.runId === runId;

/** What names entries of a type: for each documentId, `type documentId` of every record that does. */
const namersOf = async (host: Host, trx: Knex, type: ContentType, documentIds: readonly string[]): Promise<Map<string, string[]>> => {
  const namers = new Map<string, string[]>();
  for (const relation of relationsTo(host, type)) {
    for (const { from, to } of await findPointers(host, trx, relation, documentIds)) {
      namers.set(to, [...(namers.get(to) ?? []), `${relation.type} ${from}`]);
    }
  }
  return namers;
};

/** Of records that could go, those that nothing names but what goes with them. */
const freeOf = (type: ContentType, steps: readonly Step[], namers: ReadonlyMap<string, readonly string[]>): Step[] => {
  const leaving = new Set(steps.map(({ change }) => `${type} ${change.documentId}`));
  const free = steps.filter(({ change }) => (namers.get(change.documentId) ?? []).every((source) => leaving.has(source)));
  return free.length === steps.length ? free : freeOf(type, free, namers);
};

/** Something that somebody changed since, and an undo leaves alone. */
interface Left {
  path: string;
  label: string;
  /** The end of a sentence: `has been deleted since`. */
  why: string;
}

/** Takes back what one run did, record by record, and notes it as a run of its own. */
class Undo {
  /** What was left as it is: which record, in which file, and why. */
  readonly leftAlone: Left[] = [];
  readonly counts = noTallies();
  private readonly left = new Set<string>();
  /** What was put back, by documentId. */
  private readonly back = new Map<string, { fields: Field[]; isPublication: boolean }>();

  constructor(
    private readonly host: Host,
    private readonly edit: EditRun,
    /** The run that is taken back. */
    private readonly runId: number,
    private readonly isMerge: boolean,
  ) {}

  private get trx(): Knex.Transaction {
    return this.edit.trx;
  }

  /**
   * Brings back what the run removed and what it changed.
   *
   * @returns what has to wait, because another entry has a unique key that would come back
   */
  async restoreChunk(type: ContentType, changes: readonly Change[]): Promise<Change[]> {
    const steps = await this.stepsOf(type, changes);
    const held = await findHeld(this.host, this.trx, type, steps);
    const isHeld = ({ change }: Step) => held.has(change.documentId);
    await this.restore(
      type,
      steps.filter((step) => !isHeld(step)),
    );
    return steps.filter(isHeld).map(({ change }) => change);
  }

  /** Brings back what had to wait, as far as the others that wait give back what they took; leaves what somebody else has since. */
  async restoreWaiting(type: ContentType, changes: readonly Change[]): Promise<void> {
    const steps = await this.stepsOf(type, changes);
    const held = await findHeld(this.host, this.trx, type, steps);
    const taken = findTaken(type, steps, held);
    const yielding = steps.filter(({ change, now }) => now?.draft && !taken.has(change.documentId));
    await new RowWriter(this.host, this.edit).yieldKeys(
      type,
      yielding.map(({ change: { documentId, before, after }, now }) => {
        const [draft, published] = ROWS.map((which) => {
          const [old, made, current] = [before?.[which], after?.[which], now?.[which]];
          const fields = old && made && current ? differing(old, made).filter((field) => sameField(current, made, field)) : [];
          return fields.map((field) => ({ ...field, before: null, after: null }));
        });
        return { documentId, draft: draft!, published: published! };
      }),
    );
    await this.restore(type, steps, taken);
  }

  /** @param taken the attributes that somebody else has since, by documentId */
  private async restore(
    type: ContentType,
    steps: readonly Step[],
    taken: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
  ): Promise<void> {
    const writer = new RowWriter(this.host, this.edit);
    const elsewhere = await knownElsewhere(this.host, this.trx, type, steps);
    const isElsewhere = ({ change }: Step) => elsewhere.has(change.documentId);
    const gone = steps.filter(({ change, now }) => change.action === 'remove' && !now?.draft);
    const removed = gone
      .filter((step) => !taken.has(step.change.documentId) || this.leave(step, 'is gone, and another entry has its name, slug or id since'))
      .filter((step) => !isElsewhere(step) || this.leave(step, 'is gone, and another record came from its file or has its name since'));
    const updated = steps.filter(({ change }) => change.action === 'update');
    const broken = await brokenLinks(this.host, this.trx, type, [...removed, ...updated]);
    for (const step of removed) this.tellBroken(step, broken);
    for (const step of steps) {
      if (step.change.action === 'remove' && step.now?.draft && !isBack(step)) this.leave(step, 'has been made again since');
    }
    const rows = removed.flatMap(({ change: { documentId, before } }) =>
      ROWS.flatMap((which) => (before?.[which] ? [{ documentId, row: before[which] }] : [])),
    );
    await writer.restore(type, rows);
    this.counts[type].created += removed.length;

    for (const step of updated) await this.restoreFields(type, writer, step, broken, taken.get(step.change.documentId));

    await this.restorePaths([...removed, ...updated]);

    const notes = steps
      .filter((step) => step.change.action === 'note' && isAsNoted(step, this.runId))
      .filter((step) => !isElsewhere(step) || this.leave(step, 'was known by a file that is of another record since'));
    const done = [...removed, ...updated, ...notes];
    await this.refresh(type, [...removed, ...updated]);
    const noted = done.filter(({ change: { before, after } }) => !sameJson(before?.ledger, after?.ledger));
    const isOurs = (step: Step) => step.change.action === 'remove' || isAsNoted(step, this.runId);
    const ours = noted.filter(isOurs);
    const ledger = ours.flatMap((step) => {
      const { before, documentId } = step.change;
      if (!before?.ledger) return [];
      // Where something was left alone the file is looked at again.
      const row = this.left.has(documentId) ? { ...before.ledger, hash: '' } : before.ledger;
      const { identity, path, source } = step.now?.ledger ?? row;
      return [isElsewhere(step) ? { ...row, identity, path, source, hash: '' } : row];
    });
    // A merge notes nothing of the records whose links it moves; an import since then may have.
    const isFollowed = (step: Step) => this.isMerge && updated.includes(step) && this.isTakenOver(step);
    const others = done
      .filter((step) => (noted.includes(step) ? !isOurs(step) : isFollowed(step)))
      .flatMap((step) => this.amended(step) ?? []);
    await writeLedger(this.host, this.trx, [...ledger, ...others]);
    await deleteLedger(
      this.host,
      this.trx,
      type,
      ours.flatMap(({ change }) => (change.before?.ledger ? [] : [change.documentId])),
    );
    await this.note(type, done);
  }

  /** Removes what the run made, unless somebody has built on it since. */
  async removeChunk(type: ContentType, changes: readonly Change[]): Promise<void> {
    const steps = (await this.stepsOf(type, changes)).filter(({ now }) => now?.draft);
    const ids = steps.map(({ change }) => change.documentId);
    const merged = type === 'topic' ? await mergedInto(this.host, this.trx, ids) : new Set<string>();
    const untouched = steps
      .filter((step) => isUntouched(step, this.runId) || this.leave(step, 'has been changed since'))
      .filter((step) => !merged.has(step.change.documentId) || this.leave(step, 'stands for a topic that was merged into it'));
    const done = freeOf(type, untouched, await namersOf(this.host, this.trx, type, ids));
    for (const step of untouched) if (!done.includes(step)) this.leave(step, 'is in use');
    const gone = done.map(({ change }) => change.documentId);
    await new RowWriter(this.host, this.edit).delete(type, gone);
    await this.refresh(type, done);
    await deleteLedger(this.host, this.trx, type, gone);
    // What an editor had deleted, and the run brought back, is remembered as deleted.
    const elsewhere = await knownElsewhere(this.host, this.trx, type, done);
    await writeLedger(
      this.host,
      this.trx,
      done.flatMap(({ change: { before, documentId } }) => (before?.ledger && !elsewhere.has(documentId) ? [before.ledger] : [])),
    );
    this.counts[type].removed += gone.length;
    await this.note(type, done);
  }

  private async stepsOf(type: ContentType, changes: readonly Change[]): Promise<Step[]> {
    const now = await readImages(
      this.host,
      this.trx,
      type,
      changes.map(({ documentId }) => documentId),
    );
    return changes.map((change) => ({ change, now: now.get(change.documentId) }));
  }

  private tellBroken({ change, now }: Step, broken: ReadonlyMap<string, ReadonlySet<string>>, attribute?: string): void {
    const { path, label } = told(now ?? change.before);
    const all = [...(broken.get(change.documentId) ?? [])].filter((each) => attribute === undefined || each === attribute);
    for (const each of all) this.tell(path, label, `does not get its "${each}" back whole: what it named is gone since`);
  }

  /** True where a later import took what the run made for what the record's file says. */
  private isTakenOver({ change: { documentId, after }, now }: Step): boolean {
    const base = now?.ledger?.base;
    const fields = this.back.get(documentId)?.fields ?? [];
    return base !== undefined && fields.length > 0 && fields.every((field) => sameField(base, after?.draft ?? emptyState(), field));
  }

  /** What leads to records goes back to what it was, too: where they stood, and where they stood before. */
  private async restorePaths(steps: readonly Step[]): Promise<void> {
    const changes = steps.filter(({ change }) => !this.left.has(change.documentId)).map(({ change }) => change);
    const [before, after] = (['before', 'after'] as const).map((which) => changes.flatMap((change) => change[which]?.redirects ?? []));
    await restoreRedirects(this.host, this.trx, before!, after!);
  }

  private async restoreFields(
    type: ContentType,
    writer: RowWriter,
    step: Step,
    broken: ReadonlyMap<string, ReadonlySet<string>>,
    taken: ReadonlySet<string> = new Set(),
  ): Promise<void> {
    const { change, now } = step;
    const { documentId, before, after } = change;
    if (!now?.draft) {
      this.leave(step, 'has been deleted since');
      return;
    }
    for (const which of ROWS) {
      const [old, made, current] = [before?.[which], after?.[which], now[which]];
      if (old && !made && !current) {
        if (taken.size === 0) {
          await writer.restore(type, [{ documentId, row: old }]);
          this.noteBack(documentId, [], true);
        } else this.leave(step, `is not published again: another entry has its ${[...taken].join(' or ')} since`);
      } else if (!old && made && current) {
        if (isSameState(made, current)) {
          await writer.unpublish(type, [documentId]);
          this.noteBack(documentId, [], true);
        } else this.leave(step, 'has been published again since');
      } else if (old && made && current) {
        const changes: FieldChange[] = [];
        for (const field of differing(old, made)) {
          if (taken.has(field.attribute)) this.leave(step, `does not get its "${field.attribute}" back: another entry has it since`);
          else if (sameField(current, made, field)) {
            changes.push({ ...field, before: valueOf(current, field), after: this.stored(type, old, field) });
            if (field.kind === 'links') this.tellBroken(step, broken, field.attribute);
          } else if (!sameField(current, old, field)) this.leave(step, `has another "${field.attribute}" since`);
        }
        if (changes.length > 0) this.noteBack(documentId, changes);
        // Nobody was here since: the date of change goes back too.
        const isAsMade = current.updatedAt === made.updatedAt;
        const updatedAt = isAsMade ? old.updatedAt : this.edit.now.toISOString();
        if (changes.length > 0 || (isAsMade && updatedAt !== current.updatedAt)) {
          await writer.setFields(type, documentId, which, changes, new Date(updatedAt ?? this.edit.now));
        }
      }
    }
    if (this.back.has(documentId)) this.counts[type].updated += 1;
  }

  /** The row of the id map that a later run wrote, with what was put back as it was known before: that run's own is not to be forgotten. */
  private amended({ change: { documentId, before }, now }: Step): LedgerRow | undefined {
    const back = this.back.get(documentId);
    if (!now?.ledger || (!back && !this.left.has(documentId))) return undefined;
    const { base } = now.ledger;
    const old = before?.ledger?.base ?? { ...emptyState(), isPublished: false, assets: {} };
    const next: Base = {
      ...base,
      values: { ...base.values },
      links: { ...base.links },
      media: { ...base.media },
      assets: { ...base.assets },
    };
    for (const field of back?.fields ?? []) {
      assignField(next, old, field);
      next.undone = [...new Set([...(next.undone ?? []), field.attribute])];
      if (field.kind !== 'media') continue;
      if (old.assets[field.attribute]) next.assets[field.attribute] = old.assets[field.attribute]!;
      else delete next.assets[field.attribute];
    }
    if (back?.isPublication) next.isPublished = old.isPublished;
    return { ...now.ledger, base: next, hash: '' };
  }

  private noteBack(documentId: string, fields: readonly Field[], isPublication = false): void {
    const known = this.back.get(documentId) ?? { fields: [], isPublication: false };
    this.back.set(documentId, { fields: [...known.fields, ...fields], isPublication: known.isPublication || isPublication });
  }

  /** What a row held, an empty text too: files know no difference to none, sites may. */
  private stored(type: ContentType, row: CurrentRow, field: Field): unknown {
    const column = this.host.tables(UIDS[type]).columns[field.attribute];
    return column === undefined ? valueOf(row, field) : (row.rest[column] ?? valueOf(row, field));
  }

  /** Tells that a record is left as it is. @returns false, for a filter */
  private leave({ change, now }: Step, why: string): false {
    const { path, label } = told(now ?? change.before);
    if (!this.left.has(change.documentId)) this.counts[change.type as ContentType].conflicts += 1;
    this.left.add(change.documentId);
    this.tell(path, label, why);
    return false;
  }

  private refresh(type: ContentType, steps: readonly Step[]): Promise<void> {
    return this.host.refreshDerived(
      this.trx,
      type,
      steps.map(({ change }) => change.documentId),
    );
  }

  /** Lets the names of topics that the run merged mean what they meant before. */
  async restoreSpellings(changes: readonly Change[]): Promise<void> {
    const left = await undoSpellings(this.host, this.trx, this.edit.run, changes);
    for (const { name } of left) this.tell('', name, 'means another topic since');
  }

  /** Lets pictures say what they said before to those who cannot see them. */
  async restoreAltTexts(changes: readonly Change[]): Promise<void> {
    for (const path of await undoAltTexts(this.host, this.edit, changes)) this.tell(path, path, 'has another alternative text since');
  }

  /** Takes the pictures away that the run had uploaded, and nobody shows. */
  async hidePictures(changes: readonly Change[]): Promise<void> {
    for (const name of await hideFiles(this.host, this.trx, this.edit.run, changes)) this.tell(name, name, 'has been described since');
  }

  private tell(path: string, label: string, why: string): void {
    const left: Left = { path, label, why };
    // Draft and published row say the same.
    if (!this.leftAlone.some((each) => sameJson(each, left))) this.leftAlone.push(left);
  }

  private async note(type: ContentType, steps: readonly Step[]): Promise<void> {
    const after = await readImages(
      this.host,
      this.trx,
      type,
      steps.map(({ change }) => change.documentId),
    );
    const changes = steps.map(({ change, now }): Change => {
      const image = after.get(change.documentId) ?? null;
      const action = change.action === 'create' ? 'remove' : change.action === 'remove' ? 'create' : change.action;
      return { type, documentId: change.documentId, action, before: now ?? null, after: image };
    });
    await writeJournal(this.host, this.trx, this.edit.run, changes);
  }
}

const asProblem = ({ path, label, why }: Left): Problem => problem('undo/changed-since', path, `"${label}" ${why}; it is left as it is.`);

const refused = (runId: number, left: readonly Left[]): ChangedSince => {
  const examples = left.slice(0, EXAMPLES).map(({ label, why }) => `"${label}" ${why}.`);
  const more = left.length > EXAMPLES ? [`And ${left.length - EXAMPLES} more.`] : [];
  return new ChangedSince(runId, [...examples, ...more], [...new Set(left.map(({ label }) => label))]);
};

/** What an undo is told of the run that it takes back. */
export interface UndoOptions {
  folder?: string;
  subject?: Subject;
  user?: string;
  /** Take back everything or nothing: half a merge is worse than either. */
  isWhole?: boolean;
}

/**
 * Takes back what a run did: every field, link, picture, date and publish state that it changed goes back to what it was, what it made is
 * removed, what it removed comes back. What somebody changed since is left alone and told. Itself a run, which can be undone.
 *
 * @throws UserError (7) where the run can only be taken back whole, and somebody changed something since
 */
export const undoRun = async (host: Host, lease: Lease, runId: number, options: UndoOptions = {}): Promise<Undone> => {
  const { isWhole = false, ...info } = options;
  const takeBack = async (knex: Knex, run: number, now: Date) => {
    const byType = noTallies();
    const left: Left[] = [];
    const inTransaction = async <T>(work: (undo: Undo, trx: Knex.Transaction) => Promise<T>): Promise<T> => {
      const { undo, result } = await host.transaction(async (trx) => {
        await lease.assertHeld(trx);
        const attempt = new Undo(host, { trx, run, now }, runId, info.subject?.kind === 'merge');
        const answer = await work(attempt, trx);
        await lease.keep(trx);
        return { undo: attempt, result: answer };
      }, true);
      for (const type of CONTENT_TYPES) addTally(byType[type], undo.counts[type]);
      undo.leftAlone.forEach((each) => left.push(each));
      return result;
    };

    for await (const chunk of readJournal(host, runId, FILE_TYPE, ['remove'], { knex })) {
      await inTransaction((_, trx) => restoreFiles(host, trx, run, chunk));
    }
    const removeMade = async (type: ContentType) => {
      for await (const chunk of readJournal(host, runId, type, ['create'], { backwards: true, knex })) {
        await inTransaction((undo) => undo.removeChunk(type, chunk));
      }
    };
    // Nothing points at stories, and one that goes may have the slug of one that comes back.
    await removeMade(STORY);
    // What is pointed at comes back before what points at it, and goes after it.
    for (const type of CONTENT_TYPES) {
      const waiting: Change[] = [];
      // The last change first: what was taken out of others went after that.
      for await (const chunk of readJournal(host, runId, type, ['update', 'remove', 'note'], { backwards: true, knex })) {
        waiting.push(...(await inTransaction((undo) => undo.restoreChunk(type, chunk))));
      }
      if (waiting.length > 0) await inTransaction((undo) => undo.restoreWaiting(type, waiting));
    }
    for await (const chunk of readJournal(host, runId, FILE_TYPE, ['update'], { knex })) {
      await inTransaction((undo) => undo.restoreAltTexts(chunk));
    }
    for await (const chunk of readJournal(host, runId, SPELLING_TYPE, ['update'], { knex })) {
      await inTransaction((undo) => undo.restoreSpellings(chunk));
    }
    for (const type of [...CONTENT_TYPES].reverse()) if (type !== STORY) await removeMade(type);
    for await (const chunk of readJournal(host, runId, FILE_TYPE, ['create'], { knex })) {
      await inTransaction((undo) => undo.hidePictures(chunk));
    }
    if (isWhole && left.length > 0) throw refused(runId, left);
    return { byType, left };
  };

  return notedRun(host, lease, { kind: 'undo', undoes: runId, ...info }, async (run, now) => {
    // Inside a transaction SQLite has no second connection to read by.
    const { byType, left } = await (isWhole ? host.transaction((trx) => takeBack(trx, run, now), true) : takeBack(host.knex, run, now));
    const counts: Counts = { files: 0, ...noTally() };
    for (const type of CONTENT_TYPES) addTally(counts, byType[type]);
    return { run, counts, byType, problems: left.map(asProblem), changes: readChanged(host, run) };
  });
};
