import { wordsAndParts } from '../text/words';
import type { TopicRow } from './rows';

/** All topics, by row id. */
export class Topics {
  private readonly rows = new Map<number, TopicRow>();
  private readonly ids = new Map<string, number>();
  private readonly words = new Map<number, string[]>();
  private readonly numbers = new Map<number, number>();

  get size(): number {
    return this.rows.size;
  }

  set(row: TopicRow): void {
    this.remove(row.id);
    this.rows.set(row.id, row);
    this.ids.set(row.documentId, row.id);
    this.words.set(row.id, [...new Set(wordsAndParts(row.name).map(({ text }) => text))]);
  }

  remove(id: number): void {
    const row = this.rows.get(id);
    if (!row) return;
    this.rows.delete(id);
    this.words.delete(id);
    if (this.ids.get(row.documentId) === id) this.ids.delete(row.documentId);
  }

  get(id: number): TopicRow | undefined {
    return this.rows.get(id);
  }

  all(): Iterable<TopicRow> {
    return this.rows.values();
  }

  wordsOf(id: number): readonly string[] {
    return this.words.get(id) ?? [];
  }

  /** A small number for the row id of a topic, known yet or not: what lists of who uses it are kept by. */
  numberOf(id: number): number {
    const number = this.numbers.get(id) ?? this.numbers.size;
    if (number === this.numbers.size) this.numbers.set(id, number);
    return number;
  }

  idOf(documentId: string): number | undefined {
    return this.ids.get(documentId);
  }

  /** Row ids of document ids; unknown ones are left out. */
  idsOf(documentIds: readonly string[]): number[] {
    return documentIds.flatMap((documentId) => this.ids.get(documentId) ?? []);
  }
}
