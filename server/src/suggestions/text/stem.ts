const DOUBLED = /([b-df-hj-np-rtv-y])\1$/;

const singular = (word: string): string => {
  if (word.length < 4 || /(ss|us|is)$/.test(word)) return word;
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(x|ch|sh|ss)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
};

const withoutEnding = (word: string): string => {
  const ending = word.length > 5 && word.endsWith('ing') ? 3 : word.length > 4 && word.endsWith('ed') ? 2 : 0;
  return ending === 0 ? word : word.slice(0, -ending).replace(DOUBLED, '$1');
};

/**
 * Takes off what English adds to a word: 'monitors', 'monitored' and 'monitoring' are one. No more than that: a stemmer that makes 'univers'
 * of both 'universe' and 'university' would suggest one for the other, and other languages' words are hardly touched.
 */
export const stem = (word: string): string => {
  const bare = withoutEnding(singular(word));
  return bare.length > 4 && bare.endsWith('e') ? bare.slice(0, -1) : bare;
};
