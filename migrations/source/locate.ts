import type { Header } from './header';
import type { Path } from './json';
import { LANGUAGES } from './languages';
import { positionAt } from './position';
import type { Position } from './problem';

/** Where the value at a path stands in a file: its key, or its place in a list. Where it is missing: what should hold it. */
export const locate = (
  { language, header, headerStart, text }: Pick<Header, 'language' | 'header' | 'headerStart'> & { text: string },
  path: Path,
): Position => positionAt(text, headerStart + LANGUAGES[language].findOffset(header, path));
