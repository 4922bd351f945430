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

  constructor(maxBytes: number) {
    this.ready = new LRUCache({
      maxSize: maxBytes,
      // Each compressed form is smaller than the body, and there are two.
      sizeCalculation: ({ body }) => body.length * 2 + OVERHEAD,
    });
  }

  /** The ETag of an answer, where it can be told without making the answer. */
  async etag(recipe: Recipe, sequence: Sequence): Promise<string | undefined> {
    const known = this.ready.get(recipe.key);
    if (known && isLatest(known, sequence)) return known.etag;
    const version = await recipe.outline();
    // It may have been another one in between: whoever got that has its date, which must not pass for a date of this one.
    if (known && known.etag === version?.etag) Object.assign(known, { generation: generationOf(sequence), changedAt: version.changedAt });
    return version?.etag;
  }

  /** The answer; undefined where there is no such entry. */
  async answer(recipe: Recipe, sequence: Sequence): Promise<Ready | undefined> {
    const known = this.ready.get(recipe.key);
    if (known && (isLatest(known, sequence) || (await this.etag(recipe, sequence)) === known.etag)) return known;
    const made = await recipe.whole();
    if (!made) return undefined;
    const { text, tags, ...version } = made;
    const ready: Ready = {
      ...version,
      tagHeaders: tagHeadersOf(tags),
      body: Buffer.from(text),
      encoded: new Map(),
      generation: generationOf(sequence),
    };
    this.ready.set(recipe.key, ready);
    return ready;
  }

  /** The body in an encoding, made once. */
  async encoded({ body, encoded }: Ready, encoding: Encoding): Promise<Buffer> {
    const made = encoded.get(encoding) ?? encode(body, encoding);
    encoded.set(encoding, made);
    return made;
  }
}
