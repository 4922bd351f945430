import type { ParsedFile } from '../source/parsed-file';
import { detached, problem, type Problem } from '../source/problem';
import type { Mapping } from './mapping';
import { Records } from './records';
import { Register } from './register';
import { toRecord, type RecordOptions } from './to-record';
import type { WantedRecord } from './wanted-record';

export interface Wanted {
  records: Records;
  problems: Problem[];
  /** How many files give no record because of an error. */
  refused: number;
}

/** What is told of a file that no collection includes and none excludes. */
export const unmapped = (path: string, { name }: Mapping): Problem =>
  problem('content/unmapped', path, `No collection of the mapping "${name}" includes the file.`);

/**
 * Second station: what the parsed files say, as records. Files that describe a record come before files that name it, both in the order of
 * their paths, so that the order in which they were read changes nothing. Files are taken one by one, and none is kept in memory.
 */
export class RecordReader {
  private readonly register: Register;
  private readonly problems: Problem[] = [];
  private refused = 0;

  /** @param onRecord is handed each record that is not refused, in their order */
  constructor(
    private readonly mapping: Mapping,
    private readonly options: RecordOptions = {},
    onRecord: (record: WantedRecord) => void = () => {},
  ) {
    this.register = new Register(new Records(mapping), options.lint ?? false, onRecord);
  }

  add(file: ParsedFile): void {
    const { mapping, options } = this;
    const collection = mapping.collections.find((candidate) => candidate.matches(file));
    if (!collection) {
      if (mapping.concerns?.(file.path) !== 'excluded') this.problems.push(unmapped(file.path, mapping));
      return;
    }
    const { record, problems } = toRecord(file, collection, options);
    this.problems.push(...detached(problems));
    if (!record || !this.register.addFile(record, file)) this.refused += 1;
  }

  /** To be called once, behind the last file. */
  finish(): Wanted {
    this.register.addReferences();
    const { records, problems } = this.register;
    return { records, problems: [...this.problems, ...problems], refused: this.refused };
  }

  /** Gives up. */
  close(): void {
    this.register.records.close();
  }
}

/** The records of files that are at hand; see `RecordReader`. */
export const toRecords = (files: Iterable<ParsedFile>, mapping: Mapping, options: RecordOptions = {}): Wanted => {
  const reader = new RecordReader(mapping, options);
  for (const file of files) reader.add(file);
  return reader.finish();
};
