/** How much of an archive is read before it is refused: a wrong folder or a hostile file costs bounded time and memory. */
export interface Limits {
  /** Bytes of one file. */
  fileBytes: number;
  /** Characters of one file's front matter, which are at least as many bytes. */
  frontMatterBytes: number;
  /** Levels of lists and mappings inside each other. */
  depth: number;
  /** Uses of YAML aliases (`*name`) in one file, those inside other aliases included. */
  aliases: number;
  /** Keys and list items in one file's front matter. */
  keys: number;
  /** Files of one folder. */
  files: number;
}

/** Levels that the parser reads at most. */
export const MAX_DEPTH = 100;

export const DEFAULT_LIMITS: Limits = {
  fileBytes: 5 * 1024 * 1024,
  frontMatterBytes: 512 * 1024,
  // MariaDB's JSON has 32 levels at most, of which the journal of a run takes six.
  depth: 24,
  aliases: 100,
  keys: 10_000,
  files: 1_000_000,
};
