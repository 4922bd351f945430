import type { ContentType } from '../../content-types';
import type { ParsedFile } from '../source/parsed-file';
import { Spool } from '../spool/spool';
import type { Mapping } from './mapping';
import { unpackContent, unpackLinks, unpackRecord, type PackedRecord } from './packed-record';
import type { WantedRecord } from './wanted-record';

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
  constructor(readonly mapping: Mapping) {}

  addNamed(record: WantedRecord): void {
    this.named.push({ record, storiesBefore: this.stories.length });
  }

  addStory({ content, links }: PackedRecord): void {
    this.stories.addBytes(content);
    this.links.addBytes(links);
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
    return unpackRecord(this.stories.at(index), this.linksOf(index), this.mapping);
  }

  /** The content of one story by its place among them, without what it refers to. */
  content(index: number): ReturnType<typeof unpackContent> {
    return unpackContent(this.stories.at(index));
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
    return unpackLinks(this.links.at(story));
  }
}
