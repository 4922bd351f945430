import type { ContentType } from '../../content-types';
import type { JsonObject } from '../source/json';
import type { ParsedFile } from '../source/parsed-file';
import { parseYaml } from '../source/yaml';
import { Spool, type Packed } from '../spool/spool';
import type { Mapping } from './mapping';
import { placeIn } from './place-in';
import type { WantedRecord } from './wanted-record';

/** A story as it is put aside: its file is one text, and what is part of that text is not written twice. */
interface PackedStory extends Omit<WantedRecord, 'file' | 'placeOf' | 'links'> {
  hash: string;
  headerStart: number;
  headerEnd: number;
  bodyStart: number;
  /** The attribute that holds all that stands below the front matter. */
  bodyIn: string | null;
}

const pack = ({ file, placeOf: _place, links: _links, ...record }: WantedRecord): Packed => {
  const { text, hash, header, headerStart, body } = file!;
  const { values } = record;
  const bodyIn = body === '' ? null : (Object.keys(values).find((attribute) => values[attribute] === body) ?? null);
  const plain: PackedStory = {
    ...record,
    // Its place among the others is kept: it decides in which order changes are shown.
    values: bodyIn === null ? values : { ...values, [bodyIn]: null },
    hash,
    headerStart,
    headerEnd: headerStart + header.length,
    bodyStart: text.length - body.length,
    bodyIn,
  };
  return { plain, text };
};

/** What a story holds and its file's text, which is all that a write needs of it. */
interface Content {
  values: JsonObject;
  text: string;
}

const contentOf = ({ plain, text }: Packed): Content => {
  const { values, bodyIn, bodyStart } = plain as PackedStory;
  if (bodyIn !== null) values[bodyIn] = text.slice(bodyStart);
  return { values, text };
};

const unpack = (packed: Packed, links: WantedRecord['links'], { collections }: Mapping): WantedRecord => {
  const { values, text } = contentOf(packed);
  const { hash, headerStart, headerEnd, bodyStart, bodyIn: _bodyIn, ...record } = packed.plain as PackedStory;
  const header = text.slice(headerStart, headerEnd);
  const body = text.slice(bodyStart);
  const file: ParsedFile = {
    path: record.path,
    hash,
    text,
    header,
    headerStart,
    body,
    // Of the few that are reported.
    get data() {
      return (parseYaml(header) ?? {}) as JsonObject;
    },
  };
  const collectionOf = () => collections.find((each) => each.matches(file))!;
  return { ...record, values, links, file, placeOf: (attribute) => placeIn(file, collectionOf(), attribute) };
};

/** The references of a record that has a file. */
export interface Referring {
  links: WantedRecord['links'];
  /** The file, read again for the few that are reported. */
  fileOf(): ParsedFile;
}

/**
 * The records of an archive, in the order of their files. Topics and offerings stay in memory, for others name them; a story is named by
 * nobody, and lies in a temporary file until its turn comes: it is another object each time, so that no change to one is kept.
 */
export class Records implements Iterable<WantedRecord> {
  private readonly named: { record: WantedRecord; storiesBefore: number }[] = [];
  private readonly stories = new Spool();
  /** The references of each story, apart from it: who follows them need not read it. */
  private readonly links = new Spool();

  /** @param mapping tells where in a story's file an attribute stands */
  constructor(private readonly mapping: Mapping) {}

  add(record: WantedRecord): void {
    if (record.type === 'curated-content') {
      this.stories.add(pack(record));
      this.links.add({ plain: record.links, text: '' });
    } else this.named.push({ record, storiesBefore: this.stories.length });
  }

  /** One record by its place among all of them. */
  at(number: number): WantedRecord {
    const namedBefore = this.named.findIndex(({ storiesBefore }, index) => storiesBefore + index >= number);
    const named = this.named[namedBefore];
    if (named && named.storiesBefore + namedBefore === number) return named.record;
    return this.story(number - (named ? namedBefore : this.named.length));
  }

  /** One story by its place among them. */
  story(index: number): WantedRecord {
    return unpack(this.stories.at(index), this.linksOf(index), this.mapping);
  }

  /** The content of one story by its place among them, without what it refers to. */
  content(index: number): Content {
    return contentOf(this.stories.at(index));
  }

  *ofType(type: ContentType): Generator<WantedRecord> {
    if (type === 'curated-content') for (let index = 0; index < this.stories.length; index += 1) yield this.story(index);
    else for (const { record } of this.named) if (record.type === type) yield record;
  }

  /** What refers to others, in the order of the files. What is added on the way is not met. */
  *referring(): Generator<Referring> {
    const named = [...this.named];
    const { length } = this.stories;
    let next = 0;
    for (let index = 0; index <= length; index += 1) {
      for (; named[next] && named[next]!.storiesBefore <= index; next += 1) {
        const { links, file } = named[next]!.record;
        yield { links, fileOf: () => file! };
      }
      if (index < length) yield { links: this.linksOf(index), fileOf: () => this.story(index).file! };
    }
  }

  *[Symbol.iterator](): Generator<WantedRecord> {
    let next = 0;
    for (let index = 0; index <= this.stories.length; index += 1) {
      for (; this.named[next] && this.named[next]!.storiesBefore <= index; next += 1) yield this.named[next]!.record;
      if (index < this.stories.length) yield this.story(index);
    }
  }

  /** Gives the temporary files back. */
  close(): void {
    this.stories.close();
    this.links.close();
  }

  private linksOf(story: number): WantedRecord['links'] {
    return this.links.at(story).plain as WantedRecord['links'];
  }
}
