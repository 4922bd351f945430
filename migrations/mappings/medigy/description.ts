/** How much of the body the generator of this archive took. */
const LENGTH = 200;

/** Behind the last '>' no tag ends, and a search for its end from each '<' would take the square of the length. */
const withoutTags = (html: string, between: string): string => {
  const end = html.lastIndexOf('>') + 1;
  return html.slice(0, end).replace(/<[^>]*>/g, between) + html.slice(end);
};

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();

/**
 * The generator of this archive made a description from the first 200 characters of the body, with the tags dropped and nothing put in
 * their place: paragraphs are glued together and the last word is cut.
 *
 * @returns the text as it was meant, or undefined where the description was not made that way
 */
export const describeCut = (description: string, body: string): string | undefined => {
  const given = squeeze(description);
  if (given === '' || !squeeze(withoutTags(body, '')).startsWith(given)) return undefined;

  const whole = squeeze(withoutTags(body, ' ')).replace(/ ([.,;:!?])/g, '$1');
  let repaired = whole.slice(0, LENGTH);
  if (repaired.length < whole.length && !/\s/.test(whole.charAt(LENGTH))) repaired = repaired.slice(0, repaired.lastIndexOf(' '));
  repaired = repaired.trim();
  if (repaired.length < whole.length) repaired = `${repaired.replace(/[,;:]$/, '')}…`;
  return repaired === given ? undefined : repaired;
};
