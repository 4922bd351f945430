/** A number with its noun: `1 file`, `2,413 files`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

/** What becomes of stories whose files say that they are drafts. */
export const draftsText = (count: number, isDone: boolean): string =>
  `${isDone ? 'Published' : 'To be published'} though the file says that it is a draft: ${plural(count, 'story', 'stories')}. --publish as-source keeps drafts as drafts.`;
