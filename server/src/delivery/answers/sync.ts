import type { Host } from '../../../../migrations/apply/host';
import type { SyncQuery } from '../../contracts/delivery';

import { isKnownMark, markOf, type Mark, type Sequence } from '../numbering';

import { etagOf, type Recipe, type Version } from './answer';
import type { Kitchen } from './kitchen';
import { selectRows, textOf, type Outline, type ReadyRow } from './ready-row';
import type { Rights } from './rights';

/** Behind which row a client stands, and a mark that was there when it got so far: it tells that this very database gave the place. */
interface Cursor {
  number: number;
  id: number;
  mark: Mark;
}

/** Whoever comes with the cursor has to start again. */
export class CursorExpired extends Error {}

const codeOf = ({ topics, offerings }: Rights): string => `${Number(topics)}${Number(offerings)}`;

/** @throws CursorExpired where it was given to somebody who could see more or less: stories that did not change since would be held as they were */
const readCursor = (cursor: string, rights: Rights): Cursor => {
  const [mark, stamp, number, id, code] = cursor.split('.') as [string, string, string, string?, string?];
  if (code !== codeOf(rights)) throw new CursorExpired();
  return { number: Number(number), id: Number(id), mark: { number: Number(mark), stamp } };
};

const writeCursor = ({ number, id, mark }: Cursor, rights: Rights): string =>
  [mark.number, mark.stamp, number, id, codeOf(rights)].join('.');

/** Where a client stands that got everything there was when nothing was there yet. */
const startOf = ({ number }: Sequence): Omit<Cursor, 'mark'> => ({ number, id: 0 });

type Rows<Whole extends boolean> = Promise<(Whole extends true ? ReadyRow : Outline)[]>;
type Changes<Whole extends boolean> = Promise<{ rows: Awaited<Rows<Whole>>; more: boolean }>;

/** The stories that changed behind a cursor, in the order in which the changes were counted. */
const readCounted = <Whole extends boolean>(host: Host, isWhole: Whole, cursor: Cursor | undefined, limit: number): Rows<Whole> =>
  selectRows(host, isWhole, (query, column) => {
    query.where(column('type'), 'curated-content').whereNotNull(column('number'));
    if (cursor) {
      const { number, id } = cursor;
      // The first condition lets every database use the index.
      query.where(column('number'), '>=', number).whereNot((same) => {
        void same.where(column('number'), number).where(column('id'), '<=', id);
      });
    }
    query.orderBy([{ column: column('number') }, { column: column('id') }]).limit(limit);
  });

/** The stories that changed and are held by somebody who writes them again. */
const readUncounted = <Whole extends boolean>(host: Host, isWhole: Whole, limit: number): Rows<Whole> =>
  selectRows(host, isWhole, (query, column) => {
    query.where(column('type'), 'curated-content').whereNull(column('number')).orderBy(column('id')).limit(limit);
  });

const isCounted = ({ number }: Outline): boolean => number !== null;

/**
 * `GET /sync`
 *
 * @throws CursorExpired also where this database did not give the cursor, or no longer knows it
 */
export const syncRecipe = ({ host, rights, sequence }: Kitchen, { cursor: asked, limit }: SyncQuery): Recipe => {
  const from = asked === undefined ? undefined : readCursor(asked, rights);
  const read = async <Whole extends boolean>(isWhole: Whole): Changes<Whole> => {
    // They come again once they are counted. Who asks because of them is not told that nothing changed.
    const uncounted = sequence.isBehind ? await readUncounted(host, isWhole, limit) : [];
    // One more than asked for tells whether there is more. No cursor leads past what is not counted: who asked for more of it would get the same.
    const counted = await readCounted(host, isWhole, from, limit + 1);
    // Last of all: who made the answers anew meanwhile has forgotten what was removed, and the mark with it.
    if (from && !(await isKnownMark(host, from.mark))) throw new CursorExpired();
    const ids = new Set(counted.map(({ id }) => id));
    const rows = [...counted, ...uncounted.filter(({ id }) => !ids.has(id))].slice(0, limit);
    return { rows, more: counted.length > limit };
  };
  const version = ({ rows, more }: Awaited<Changes<boolean>>): Version => ({
    etag: etagOf(rights, [
      'sync',
      asked,
      limit,
      more,
      sequence.stamp,
      rows.map(({ id, number, hash, isGone }) => [id, number, hash, isGone]),
    ]),
    changedAt: sequence.changedAt,
  });
  return {
    key: JSON.stringify(['sync', rights, asked, limit]),
    isOneOff: true,
    outline: async () => version(await read(false)),
    async whole() {
      const page = await read(true);
      const { rows, more } = page;
      const last = rows.findLast(isCounted);
      const place = last ? { number: Number(last.number), id: last.id } : (from ?? startOf(sequence));
      // The place's own mark may be forgotten: a row keeps its number for as long as nobody writes it.
      const mark = place.number > sequence.number ? await markOf(host, place.number) : sequence;
      const items = rows.filter(({ isGone }) => !isGone).map((row) => textOf('curated-content', row, rights));
      const deleted = rows.filter(({ isGone }) => isGone).map(({ documentId, slug }) => ({ documentId, slug }));
      const meta = { cursor: writeCursor({ ...place, mark }, rights), more };
      return {
        ...version(page),
        tags: { names: ['contents'], brief: ['contents'] },
        text: `{"data":{"items":[${items.join(',')}],"deleted":${JSON.stringify(deleted)}},"meta":${JSON.stringify(meta)}}`,
      };
    },
  };
};
