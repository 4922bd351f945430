/**
 * The host that published a story, without a leading `www.`; null where the text is no web address. The archive's rule: no public-suffix
 * list, which would answer differently for 17 of 520 files.
 */
export const hostOf = (link: string | null | undefined): string | null => {
  if (!link || !URL.canParse(link)) return null;
  return new URL(link).hostname.replace(/^www\./, '') || null;
};
