import matter from 'gray-matter';

type FrontMatter = Record<string, unknown>;

/** Without options gray-matter looks a text up in a cache that takes "toString" for a file it knows. */
const UNCACHED = {};

/**
 * A file of the seed's family with what a test is about in it, in the form that the archive's own generator writes.
 */
export const story = (frontMatter: FrontMatter, body = '<p>Nurses asked for one alarm, not nine.</p>\n'): string => {
  const data: FrontMatter = { archetype: 'curated-content', title: 'One alarm, not nine', ...frontMatter };
  return matter.stringify(body, data, UNCACHED);
};

export const topicFile = (name: string, frontMatter: FrontMatter = {}): string =>
  matter.stringify('', { archetype: 'topic', name, ...frontMatter }, UNCACHED);

export const offeringFile = (name: string, frontMatter: FrontMatter = {}): string =>
  matter.stringify('', { archetype: 'offering', name, ...frontMatter }, UNCACHED);

/** The lines in which two texts differ: what a reader of the diff sees. */
export const changedLines = (before: string, after: string): string[] => {
  const old = before.split('\n');
  const now = after.split('\n');
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line.trim()}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line.trim()}`),
  ];
};
