/** No name in the DNS is longer. */
const MAX_LENGTH = 253;

/**
 * The host that published a story, without a leading `www.`; null where the text is no web address. The archive's rule: no public-suffix
 * list, which would answer differently for 17 of 520 files.
 */
export const hostOf = (link: string | null | undefined): string | null => {
  if (!link || !URL.canParse(link)) return null;
  const host = new URL(link).hostname.replace(/^www\./, '');
  return host.length <= MAX_LENGTH ? host || null : null;
};
