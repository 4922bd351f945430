import type { LanguageName } from './languages/language';

/** The parts of a file, as offsets into its text. */
export interface Header {
  language: LanguageName;
  /** What stands between the two lines that fence it; JSON with the braces that fence it. */
  header: string;
  headerStart: number;
  bodyStart: number;
}
