export type Severity = 'error' | 'warning';

interface Rule {
  severity: Severity;
  /** What the author of the file does about it, in the imperative. */
  remedy: string;
}

/**
 * Every problem a file can have, by its stable name. An error refuses the file; with a warning it is imported. Each has a page in
 * docs/rules/.
 */
export const RULES = {
  'file/unreadable': { severity: 'error', remedy: 'Check that the file exists and that this user may read it.' },
  'file/too-large': {
    severity: 'error',
    remedy: 'Split the file, or raise limits.fileBytes in the plugin configuration or with --limits.',
  },
  'file/too-many': {
    severity: 'error',
    remedy: 'Import a smaller folder, or raise limits.files in the plugin configuration or with --limits.',
  },
  'file/encoding': { severity: 'error', remedy: 'Save the file as UTF-8.' },
  'file/nul-byte': { severity: 'error', remedy: 'Remove the NUL character; databases refuse it.' },
  'file/outside-folder': { severity: 'error', remedy: 'Replace the link with the file itself, inside the imported folder.' },
  'file/unwritable': { severity: 'error', remedy: 'Make way for the file, or export into another folder.' },
  'file/missing': { severity: 'warning', remedy: 'Bring the file back and import again, or undo the run.' },
  'front-matter/missing': { severity: 'error', remedy: 'Begin the file with a line of three hyphens, YAML, and three hyphens.' },
  'front-matter/unclosed': {
    severity: 'error',
    remedy:
      'Close the front matter as it was opened: with a line of three hyphens and nothing else (TOML: three plus signs; JSON: a brace).',
  },
  'front-matter/language': {
    severity: 'error',
    remedy: 'Open the front matter with three hyphens (YAML) or three plus signs (TOML) and nothing behind them. It is never executed.',
  },
  'front-matter/too-large': {
    severity: 'error',
    remedy: 'Move long text below the front matter, or raise limits.frontMatterBytes in the plugin configuration or with --limits.',
  },
  'front-matter/syntax': { severity: 'error', remedy: 'Correct the front matter at this place.' },
  'front-matter/duplicate-key': { severity: 'error', remedy: 'Keep one of the two and delete the other.' },
  'front-matter/not-a-mapping': { severity: 'error', remedy: 'Write the front matter as `key: value` lines.' },
  'front-matter/too-deep': {
    severity: 'error',
    remedy: 'Flatten the value, or raise limits.depth in the plugin configuration or with --limits.',
  },
  'front-matter/too-many-keys': {
    severity: 'error',
    remedy: 'Shorten the front matter, or raise limits.keys in the plugin configuration or with --limits.',
  },
  'front-matter/too-many-aliases': {
    severity: 'error',
    remedy: 'Write the repeated values out, or raise limits.aliases in the plugin configuration or with --limits.',
  },
  'front-matter/unknown-key': { severity: 'warning', remedy: 'Write the key as the mapping names it, or name this one in a mapping file.' },
  'front-matter/unsafe-key': { severity: 'error', remedy: 'Rename the key.' },
  'front-matter/unsafe-text': {
    severity: 'error',
    remedy: 'Remove the NUL character or the half of a surrogate pair; databases refuse both.',
  },
  'content/title-missing': { severity: 'error', remedy: 'Add a title.' },
  'content/name-missing': { severity: 'error', remedy: 'Add a name.' },
  'content/date-invalid': { severity: 'error', remedy: 'Write the date as YYYY-MM-DD.' },
  'content/too-long': { severity: 'error', remedy: 'Shorten the value.' },
  'content/type-mismatch': {
    severity: 'warning',
    remedy: 'Write a value of the expected kind; until then it is kept for the export alone.',
  },
  'content/places-differ': { severity: 'warning', remedy: 'Write the same value in all of these places; the first one is taken.' },
  'content/html-entities': { severity: 'warning', remedy: 'Write the characters themselves.' },
  'content/description-cut': { severity: 'warning', remedy: 'Use the repaired text.' },
  'content/slug-invalid': { severity: 'warning', remedy: 'Write the slug as it is stored, or another one without blanks, ? and #.' },
  'content/slug-duplicate': { severity: 'error', remedy: 'Give one of the two another slug.' },
  'content/identity-duplicate': { severity: 'error', remedy: 'Give one of the two another id, or delete it.' },
  'content/unmapped': { severity: 'warning', remedy: 'Add a collection that includes the file to the mapping, or exclude it.' },
  'html/active': {
    severity: 'warning',
    remedy: "Delete it from the file, name a frame's host with --frames, or run with --html keep where you trust every author.",
  },
  'topic/spelling': { severity: 'warning', remedy: 'Spell the name as it was spelled first.' },
  'reference/differs': { severity: 'warning', remedy: 'Describe the offering alike in every file that names it.' },
  'reference/unresolved': { severity: 'warning', remedy: 'Add what is referred to, or correct the reference.' },
  'topic/circle': { severity: 'warning', remedy: 'Correct the parents of these topics.' },
  'redirect/invalid': { severity: 'warning', remedy: 'Write a path of the site, such as /news/old-name, or delete the alias.' },
  'redirect/duplicate': { severity: 'warning', remedy: 'Leave the alias in the one story that it should lead to.' },
  'redirect/collision': { severity: 'warning', remedy: 'Delete the alias, or give the page that stands there another slug.' },
  'redirect/loop': { severity: 'warning', remedy: 'Delete the alias: what stands there is found there.' },
  'redirect/chain': { severity: 'warning', remedy: 'Delete one of the two aliases, or let both lead to the page that is meant.' },
  'topic/merged': {
    severity: 'warning',
    remedy: 'Delete the file, or undo the merge; to have a topic of its own again, give it another name and slug.',
  },
  'record/conflict': {
    severity: 'warning',
    remedy: 'Make both say the same, or run again with --conflict file to take the file.',
  },
  'record/deleted': { severity: 'warning', remedy: 'Delete the file too, or run again with --resurrect.' },
  'undo/changed-since': { severity: 'warning', remedy: 'Change it back by hand, if it should be.' },
  'image/missing': { severity: 'warning', remedy: 'Put the picture into the assets folder, or name that folder with --assets.' },
  'image/outside-assets': { severity: 'warning', remedy: 'Move the picture into the assets folder and refer to it by its path there.' },
  'image/remote': { severity: 'warning', remedy: 'Download the picture into the assets folder and refer to it by its path there.' },
  'image/unsupported': { severity: 'warning', remedy: 'Save the picture as JPEG, PNG, WebP, GIF or AVIF.' },
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof RULES;

export interface Position {
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 code units, as editors count. */
  column: number;
  /** The line, for the reader's eye; none where it is too long for that. */
  source?: string;
}

/** One thing that is wrong with one file, and where. */
export interface Problem extends Position {
  /** Path relative to the folder that is read, with '/' on every system. */
  file: string;
  severity: Severity;
  rule: RuleName;
  message: string;
  remedy: string;
}

const START: Position = { line: 1, column: 1 };

export const problem = (rule: RuleName, file: string, message: string, { line, column, source }: Position = START): Problem => ({
  file,
  line,
  column,
  severity: RULES[rule].severity,
  rule,
  message,
  remedy: RULES[rule].remedy,
  ...(source === undefined ? {} : { source }),
});

/** A file of which there is more to tell was not written by hand, and nobody reads on. */
const MAX_TOLD = 500;

/** Of what there is to tell of one file the first few hundred; the last of them says how many more there are. */
export const firstFew = <Each extends { message: string }>(found: readonly Each[]): readonly Each[] => {
  const rest = found.slice(MAX_TOLD - 1);
  return rest.length > 1
    ? [...found.slice(0, MAX_TOLD - 1), { ...rest[0]!, message: `${rest.length} more of this kind from here on.` }]
    : found;
};

/** The problems of one file, of each rule the first few hundred. */
export const firstFewOfEach = (problems: readonly Problem[]): readonly Problem[] => {
  if (problems.length <= MAX_TOLD) return problems;
  const rules = new Set(problems.map(({ rule }) => rule));
  return [...rules].flatMap((each) => firstFew(problems.filter(({ rule }) => rule === each)));
};

/** By file, then by place: the order in which a person works through them. */
export const byPlace = (a: Problem, b: Problem): number =>
  (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : 1);

export const isError = ({ severity }: Problem): boolean => severity === 'error';

/** The same problems without the texts that they were cut from, which would stay in memory as long as a line of them does. */
export const detached = (problems: readonly Problem[]): readonly Problem[] =>
  problems.length > 0 ? (JSON.parse(JSON.stringify(problems)) as Problem[]) : problems;
