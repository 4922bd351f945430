import { decodeHTMLAttribute } from 'entities';

/** What browsers drop from an address, and what others did: blanks, control characters, marks without width. */
const IGNORED = /[\p{Cc}\p{Cf}\p{Z}]+/gu;

const HARMLESS = /https?:|mailto:|[/#?.]/iy;

/** True where an address begins that most are like: there is no need to look closer. */
export const beginsHarmless = (text: string, start: number): boolean => {
  HARMLESS.lastIndex = start;
  return HARMLESS.test(text);
};

const RUNS = /^(?:(?:feed|jar|view-source):)*(?:javascript|vbscript|livescript|mocha):/;
/** Documents that may hold scripts. */
const DOCUMENT = /^data:(?:text\/html|text\/xml|text\/javascript|application\/xml|application\/(?:x-)?javascript|[^,;]*\+xml)/;
const PICTURE = /^data:image\/svg\+xml/;

/**
 * True for an address that runs what it holds, or shows it as a document of its own.
 *
 * @param address as it stands in an attribute, entities included
 * @param isPicture true where nothing but a picture is shown: an SVG runs no scripts there
 */
export const isActiveAddress = (address: string, isPicture = false): boolean => {
  if (beginsHarmless(address, 0)) return false;
  const plain = (address.includes('&') ? decodeHTMLAttribute(address) : address).replace(IGNORED, '').toLowerCase();
  return RUNS.test(plain) || (DOCUMENT.test(plain) && !(isPicture && PICTURE.test(plain)));
};

const ACTIVE_CSS = /expression\(|javascript:|vbscript:|-moz-binding|@import|(?:^|[;{"'])behaviou?r:/i;

/** True for a style that runs scripts, in browsers of old, or fetches other styles, in all of them. */
export const isActiveCss = (css: string): boolean =>
  ACTIVE_CSS.test(
    decodeHTMLAttribute(css)
      .replace(/\/\*[^]*?(?:\*\/|$)/g, '')
      .replace(/\\([0-9a-f]{1,6})\s?/gi, (_, code: string) => String.fromCodePoint(Math.min(parseInt(code, 16), 0x10ffff)))
      .replace(IGNORED, '')
      .replace(/\\/g, ''),
  );

/** Hosts of videos, which stories show in a frame. */
export const FRAME_HOSTS: readonly string[] = ['youtube.com', 'youtube-nocookie.com', 'player.vimeo.com'];

/**
 * True for an address over https on one of the hosts, `www.` in front of it or not.
 *
 * @param address as it stands in an attribute, entities included
 */
export const isOnHost = (address: string, hosts: readonly string[]): boolean => {
  const plain = decodeHTMLAttribute(address).trim();
  if (!/^(?:https:)?\/\/[^/\\]/i.test(plain) || !URL.canParse(plain, 'https://page.invalid')) return false;
  const { protocol, host, username } = new URL(plain, 'https://page.invalid');
  return protocol === 'https:' && username === '' && hosts.some((known) => host === known || host === `www.${known}`);
};
