import { decodeHTML } from 'entities';

import { beginsHarmless, isActiveAddress } from './active-values';
import { quote, type Finding } from './finding';
import { rangeAt, type Range } from './range';

const LINK = /\](?:\(|:)[\t\n\f\r ]*<?/g;

/** What a scheme, and all that hides one, can be made of. */
const START = /[^\]\r\n]{0,4096}/y;

/** An address as Markdown reads it: a backslash in front of a punctuation mark falls away, and entities are what they stand for. */
const decode = (address: string): string => decodeHTML(address.replace(/\\([!-/:-@[-`{-~])/g, '$1'));

const isInBrackets = (text: string, start: number): boolean => text.charAt(start - 1) === '<';

/** Where a link's address ends. */
const endOf = (text: string, start: number, inParentheses: boolean): number => {
  const inBrackets = isInBrackets(text, start);
  let open = 0;
  let at = start;
  for (; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\n' || character === '\r') break;
    if (character === '\\') at += 1;
    else if (inBrackets) {
      if (character === '>') break;
    } else if (/\s/.test(character)) break;
    else if (inParentheses && character === '(') open += 1;
    else if (inParentheses && character === ')' && --open < 0) break;
  }
  return Math.min(at, text.length);
};

/** `[1]: javascript: the good parts` defines nothing: behind an address stands a title, or the line ends. */
const isDefinition = (text: string, end: number): boolean => /^>?[\t ]*(?:$|[\r\n"'(])/.test(text.slice(end, end + 80));

/** True where the bracket that ends at a place began with a '!'. */
const isPicture = (text: string, bracket: number): boolean => /!\[[^[\]]*$/.test(text.slice(Math.max(0, bracket - 300), bracket));

/** Finds active addresses in the links, pictures and definitions of Markdown. */
export const findLinks = (text: string, code: readonly Range[]): Finding[] => {
  const findings: Finding[] = [];
  /** The end of the last address that defines nothing, in brackets and without: those that begin inside of it end there too. */
  const ends = new Map<boolean, number>();
  LINK.lastIndex = 0;
  for (let match = LINK.exec(text); match; match = LINK.exec(text)) {
    const { lastIndex: start } = LINK;
    if (beginsHarmless(text, start) || rangeAt(code, match.index)) continue;
    START.lastIndex = start;
    const address = decode(START.exec(text)![0]);
    if (!isActiveAddress(address) || (isPicture(text, match.index) && !isActiveAddress(address, true))) continue;
    const isInline = match[0].startsWith('](');
    if (!isInline && start <= (ends.get(isInBrackets(text, start)) ?? -1)) continue;
    const end = endOf(text, start, isInline);
    if (!isInline && !isDefinition(text, end)) {
      ends.set(isInBrackets(text, start), end);
      continue;
    }
    findings.push({
      start,
      end,
      replacement: '#',
      at: start,
      message: `The address ${quote(text.slice(start, end))} of a link is taken out.`,
    });
    LINK.lastIndex = end;
  }
  return findings;
};
