/** Letters as somebody types them who has no accents on the keyboard: 'é' is 'e', 'ﬁ' is 'fi', case is gone. */
export const fold = (text: string): string => {
  // Nearly all text is plain, and normalising takes ten times as long as looking.
  if (/^[\x00-\x7F]*$/.test(text)) return text.toLowerCase();
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
};
