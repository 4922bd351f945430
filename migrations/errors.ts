/** Exit codes of the command line; see docs/import.md. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  conflicts: 4,
  held: 5,
  stale: 6,
  guarded: 7,
  /** As shells have it: 128 and the signal's number, here of SIGINT. */
  interrupted: 130,
  /** Of SIGTERM. */
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Something that the person who called can mend. Its message says how; no stack is shown. */
export class UserError extends Error {
  constructor(
    message: string,
    readonly exitCode: ExitCode = EXIT.usage,
  ) {
    super(message);
    this.name = 'UserError';
  }
}

/** A run that can only be undone whole, of which somebody changed something since. */
export class ChangedSince extends UserError {
  constructor(
    run: number,
    reasons: readonly string[],
    /** What changed: titles and names. */
    readonly names: readonly string[],
  ) {
    super(`Run ${run} can only be undone whole, and something changed since: ${reasons.join(' ')}`, EXIT.guarded);
  }
}

/** A topic that cannot be merged away, because translations of entries name it: those are their editors' own. */
export class StillNamed extends UserError {}
