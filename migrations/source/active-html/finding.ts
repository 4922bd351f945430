import type { Edit } from './edits';

/** Something active in a text, and the edit that takes it out. */
export interface Finding extends Edit {
  /** The place to tell: an attribute, without the blanks in front of it. */
  at: number;
  /** Where its tag begins; undefined for an address that Markdown holds. */
  tag?: number;
  /** What is taken out, in a sentence; undefined where another finding tells it. */
  message?: string;
}

/** A few words of the text, for a sentence. */
export const quote = (text: string): string => {
  const words = text.trim().replace(/\s+/g, ' ');
  return `"${words.length > 60 ? `${words.slice(0, 59)}…` : words}"`;
};
