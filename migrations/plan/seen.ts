/** What a folder was seen to hold. */
export interface Seen {
  paths: ReadonlySet<string>;
  /** False for a path that was not looked at, as `--only` says, or that could not be. */
  isInScope(path: string): boolean;
}
