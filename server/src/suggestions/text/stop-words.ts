/** Words that say nothing of what a text is about. Other languages' ones are told by their frequency. */
const STOP_WORDS = new Set(
  (
    'a about all also an and are as at be but by can do for from has have he her his how i if in into is it its join more new no not of on ' +
    'or our out she so than that the their them then there these they this those to up us use used using was we were what when which who ' +
    'will with you your'
  ).split(' '),
);

export const isStopWord = (word: string): boolean => STOP_WORDS.has(word);
