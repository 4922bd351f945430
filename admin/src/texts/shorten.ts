/** So many characters of a name tell which it is. */
const ENOUGH = 60;

/** Cut at the end of a word, where there is one. */
export const shorten = (text: string, enough = ENOUGH): string => {
  const start = Array.from(text).slice(0, enough).join('');
  return start === text ? text : `${start.replace(/[\s\p{P}]*\s\S*$/u, '')}…`;
};
