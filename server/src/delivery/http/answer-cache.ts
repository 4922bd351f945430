import { LRUCache } from 'lru-cache';

import type { Recipe, Version } from '../answers/answer';
import type { Sequence } from '../numbering';

import { encode, type Encoding } from './encodings';
import { tagHeadersOf } from './tag-headers';

/** An answer as it is sent, compressed once for all who accept it so. */
export interface Ready extends Version {
  tagHeaders: ReturnType<typeof tagHeadersOf>;
  body: Buffer;
  encoded: Map<Encoding, Promise<Buffer>>;
  /** The state of the table of which it is known to be the answer; a newer one's where a change was not counted. */
  generation: string;
}

/** What stands beside the body, roughly. */
const OVERHEAD = 1_000;

const generationOf = ({ number, stamp }: Sequence): string => `${number}.${stamp}`;

/** False where something was written that the number of the table's state does not tell: then only the table itself does. */
const isLatest = (known: Ready, sequence: Sequence): boolean => !sequence.isBehind && known.generation === generationOf(sequence);

/**
 * Answers that were asked for lately. One is sent again only where the table is as it was, or the answer's outline says that it is the same:
 * nothing in here is older than the request. Callers with other rights have other keys.
 */
export class AnswerCache {
  private readonly ready: LRUCache<string, Ready>;
  /** Those that are being made, for all who asked in one state of the table. */
  private readonly making = new Map<string, Promise<Ready | undefined>>();

  constructor(maxBytes: number) {
    this.ready = new LRUCache({
      maxSize: maxBytes,
      // Each compressed form is smaller than the body, and there are two.
      sizeCalculation: ({ body }) => body.length * 2 + OVERHEAD,
    });
  }

  /** The ETag of an answer; undefined where there is no such entry. The answer is made where nothing less tells it. */
  async etag(recipe: Recipe, sequence: Sequence): Promise<string | undefined> {
    const known = this.ready.get(recipe.key);
    if (known && isLatest(known, sequence)) return known.etag;
    if (!recipe.outline) return (await this.answer(recipe, sequence))?.etag;
    const version = await recipe.outline();
    // It may have been another one in between: whoever got that has its date, which must not pass for a date of this one.
    if (known && known.etag === version?.etag) Object.assign(known, { generation: generationOf(sequence), changedAt: version.changedAt });
    return version?.etag;
  }

  /** The answer; undefined where there is no such entry. */
  async answer(recipe: Recipe, sequence: Sequence): Promise<Ready | undefined> {
    const known = this.ready.get(recipe.key);
    if (known && isLatest(known, sequence)) return known;
    if (known && recipe.outline && (await this.etag(recipe, sequence)) === known.etag) return known;
    // What was not counted may be in the answer to one and not in the answer to who asked before.
    if (sequence.isBehind) return this.make(recipe, sequence);
    const state = `${generationOf(sequence)} ${recipe.key}`;
    const making = this.making.get(state) ?? this.make(recipe, sequence).finally(() => this.making.delete(state));
    this.making.set(state, making);
    return making;
  }

  private async make(recipe: Recipe, sequence: Sequence): Promise<Ready | undefined> {
    const made = await recipe.whole();
    if (!made) return undefined;
    const { text, tags, ...version } = made;
    const latest = { ...version, tagHeaders: tagHeadersOf(tags), generation: generationOf(sequence) };
    const known = this.ready.get(recipe.key);
    // The same bytes need not be compressed again.
    if (known && known.etag === made.etag) return Object.assign(known, latest);
    const ready: Ready = { ...latest, body: Buffer.from(text), encoded: new Map() };
    if (!recipe.isOneOff) this.ready.set(recipe.key, ready);
    return ready;
  }

  /** The body in an encoding, made once. */
  async encoded({ body, encoded }: Ready, encoding: Encoding): Promise<Buffer> {
    const made = encoded.get(encoding) ?? encode(body, encoding);
    encoded.set(encoding, made);
    return made;
  }
}
