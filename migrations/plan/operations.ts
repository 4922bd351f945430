import type { ContentType } from '../../content-types';
import type { Records } from '../mappings/records';
import type { WantedRecord } from '../mappings/wanted-record';
import type { Packed } from '../spool/packed';
import { Spool } from '../spool/spool';
import type { Operation } from './operation';

/** A story that an operation is about, and its place among the wanted ones. */
export interface PlannedStory {
  index: number;
  record: WantedRecord;
}

/** An operation as it is put aside. What its story holds is not written twice: it is in the archive's own spool. */
interface PackedOperation {
  operation: Operation;
  story: number | null;
  /** The one value that is chosen while a plan is made. */
  slug?: WantedRecord['values'][string];
  hasSource: boolean;
}

const pack = (operation: Operation, story: PlannedStory | undefined): Packed => {
  const { source, ...rest } = operation;
  const hasSource = source !== undefined;
  if (!story || operation.ledger.base.values !== story.record.values) {
    return { plain: { operation: rest, story: null, hasSource }, text: source ?? '' };
  }
  const { ledger } = operation;
  const light = {
    ...rest,
    ledger: { ...ledger, base: { ...ledger.base, values: {} } },
    ...('state' in operation ? { state: { ...operation.state, values: {} } } : {}),
  };
  return { plain: { operation: light, story: story.index, slug: story.record.values.slug, hasSource }, text: '' };
};

const unpack = ({ plain, text }: Packed, records: Records): Operation => {
  const { operation, story, slug, hasSource } = plain as PackedOperation;
  if (story === null) return hasSource ? { ...operation, source: text } : operation;
  const { values, text: source } = records.content(story);
  if (slug !== undefined) values.slug = slug;
  operation.ledger.base.values = values;
  if ('state' in operation) operation.state.values = values;
  return { ...operation, source };
};

/**
 * When operations are written: in chunks; together or not at all, because they take unique keys over from each other; or after those of every
 * type.
 */
export type Stage = 'chunks' | 'together' | 'last';

interface Part {
  spool: Spool;
  types: ContentType[];
  stage: Stage;
}

/** The operations of a plan in their order. They lie in a temporary file: those of a large archive are more than memory holds. */
export class Operations implements Iterable<Operation> {
  private readonly parts: Part[] = [];

  constructor(private readonly records: Records) {}

  get length(): number {
    return this.parts.reduce((sum, { types }) => sum + types.length, 0);
  }

  /**
   * Opens a list behind those that there are.
   *
   * @returns adds to it, whatever is opened after it
   */
  part(stage: Stage = 'chunks'): (operation: Operation, story?: PlannedStory) => void {
    const part: Part = { spool: new Spool(), types: [], stage };
    this.parts.push(part);
    return (operation, story) => {
      part.spool.add(pack(operation, story));
      part.types.push(operation.type);
    };
  }

  /** Each operation is another object each time it is read. */
  ofType(type: ContentType, stage: Stage): Generator<Operation> {
    return this.where((part, of) => part.stage === stage && of === type);
  }

  [Symbol.iterator](): Generator<Operation> {
    return this.where(() => true);
  }

  private *where(isAsked: (part: Part, type: ContentType) => boolean): Generator<Operation> {
    for (const part of this.parts) {
      for (const [index, type] of part.types.entries()) if (isAsked(part, type)) yield unpack(part.spool.at(index), this.records);
    }
  }

  /** Gives the temporary files back, those of the records too. */
  close(): void {
    for (const { spool } of this.parts) spool.close();
    this.records.close();
  }
}
