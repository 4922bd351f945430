import { decodeHTMLAttribute } from 'entities';

import { isActiveAddress, isActiveCss, isOnHost } from './active-values';
import { quote, type Finding } from './finding';
import { rangeAt, type Range } from './range';
import { readTag, type Attribute, type Tag } from './tag';

export interface TagOptions {
  /** Where Markdown shows text as it is: a tag that begins there is none. */
  code: readonly Range[];
  /** Hosts whose frames stay. */
  frames: readonly string[];
  /** Look into what is taken out as well. */
  isDeep?: boolean;
}

/** Of end tags, those that belong to what may have been taken out. */
const TAG = /<(?=[a-z]|\/(?:object|applet)[\s/>])/gi;

/** Elements that show another page or program, and the attribute with its address. */
const FRAMES: Record<string, string> = {
  applet: 'code',
  embed: 'src',
  fencedframe: 'src',
  frame: 'src',
  frameset: '',
  iframe: 'src',
  object: 'data',
  portal: 'src',
};

const PICTURE_ADDRESSES = ['src', 'poster', 'background', 'dynsrc', 'lowsrc'];
/** Attributes that hold an address, or, in an animation, may set one. */
const ADDRESSES = new Set([
  ...PICTURE_ADDRESSES,
  ...['action', 'archive', 'by', 'cite', 'classid', 'code', 'codebase', 'data', 'formaction', 'from', 'href', 'longdesc', 'manifest'],
  ...['profile', 'to', 'usemap', 'values'],
]);

/** Elements whose text the browser does not read as HTML: they end where their end tag stands, whatever is before it. */
const isRawText = (name: string): boolean => name === 'iframe' || name === 'style' || isScript(name);

const isScript = (name: string): boolean => name === 'script' || name.endsWith(':script');

const valueOf = ({ attributes }: Tag, name: string): string | undefined => attributes.find((attribute) => attribute.name === name)?.value;

const whyAttribute = ({ name, value }: Attribute, element: string): string | undefined => {
  if (value === undefined) return undefined;
  if (name.startsWith('on') && /^on[a-z]/.test(name)) return `"${name}" of <${element}> is taken out.`;
  if (name === 'srcdoc') return `"srcdoc" of <${element}> is taken out.`;
  const local = name.slice(name.lastIndexOf(':') + 1);
  if (ADDRESSES.has(local)) {
    const parts = local === 'values' ? decodeHTMLAttribute(value).split(';') : [value];
    const isActive = parts.some((part) => isActiveAddress(part, PICTURE_ADDRESSES.includes(name)));
    return isActive ? `The address ${quote(value)} of <${element}> is taken out.` : undefined;
  }
  if (name === 'style') return isActiveCss(value) ? `"style" of <${element}> is taken out.` : undefined;
  const animates = name === 'attributename' && /^(?:on|(?:.*:)?href$)/i.test(decodeHTMLAttribute(value).trim());
  return animates ? `"attributeName" of <${element}> is taken out.` : undefined;
};

const whyElement = (tag: Tag, content: () => string, frames: readonly string[]): string | undefined => {
  const { name } = tag;
  if (isScript(name)) return `<${name}> is taken out${content() === '' ? '' : ', with what is in it'}.`;
  if (Object.hasOwn(FRAMES, name)) {
    const address = valueOf(tag, FRAMES[name]!);
    if (address !== undefined && isOnHost(address, frames)) return undefined;
    return `<${name}> is taken out${address ? `: ${quote(address)} is none of the hosts whose frames stay` : ''}.`;
  }
  if (name === 'base') return '<base> is taken out.';
  if (name === 'meta') return valueOf(tag, 'http-equiv') === undefined ? undefined : '<meta http-equiv> is taken out.';
  if (name === 'link') {
    const kinds = decodeHTMLAttribute(valueOf(tag, 'rel') ?? '')
      .toLowerCase()
      .split(/\s+/);
    const kind = ['stylesheet', 'import', 'modulepreload'].find((each) => kinds.includes(each));
    return kind && `<link rel="${kind}"> is taken out.`;
  }
  return name === 'style' && isActiveCss(content()) ? '<style> is taken out: it fetches other styles or runs scripts.' : undefined;
};

/** Finds the end tags of elements whose content is raw text, each of them once. */
const createCloser = (text: string) => {
  const known = new Map<string, { pattern: RegExp; from: number; found: Range | undefined }>();
  return (name: string, from: number): Range | undefined => {
    const last = known.get(name);
    if (last && last.from <= from && (!last.found || from <= last.found.start)) return last.found;
    const pattern = last?.pattern ?? new RegExp(`</${name.replace(/\W/g, '\\$&')}(?![^\\t\\n\\f\\r />])[^>]*>?`, 'gi');
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    const found = match ? { start: match.index, end: pattern.lastIndex } : undefined;
    known.set(name, { pattern, from, found });
    return found;
  };
};

const ROOM = 64 * 1024;

/**
 * Finds active HTML. Every '<' with a letter behind it is looked at as if a tag began there, in a comment, an attribute or a `<textarea>` as
 * well: where a browser begins to read tags can then not be got wrong, whatever stands in front.
 */
export const findTags = (text: string, { code, frames, isDeep = false }: TagOptions): Finding[] => {
  const findings: Finding[] = [];
  const closerOf = createCloser(text);
  /** For each `<object>` that is open, whether it stays. */
  const objects: boolean[] = [];
  // Tags inside of tags and styles are read again from each '<'; a text of nothing else would take the square of its length.
  let room = text.length + ROOM;
  let reach = 0;

  const take = (start: number, end: number, message?: string): void => {
    findings.push({ start, end, replacement: '', at: start, tag: start, message });
    if (!isDeep) TAG.lastIndex = end;
  };

  TAG.lastIndex = 0;
  for (let match = TAG.exec(text); match; match = TAG.exec(text)) {
    const start = match.index;
    const hidden = rangeAt(code, start);
    if (hidden) {
      TAG.lastIndex = hidden.end;
      continue;
    }
    if (room < 0 && start < reach) {
      const message =
        findings.at(-1)?.replacement === '&lt;' ? undefined : 'Tags inside of tags are too many to look at; they become text.';
      findings.push({ start, end: start + 1, replacement: '&lt;', at: start, tag: start, message });
      continue;
    }
    const tag = readTag(text, start);
    if (start < reach) room -= tag.end - start;
    reach = Math.max(reach, tag.end);
    const { name } = tag;

    if (tag.isEnd) {
      if (objects.pop() === false) take(start, tag.end);
      continue;
    }
    if (name.includes(':')) {
      const address = /^<([^\s<>]*)>/.exec(text.slice(start, tag.end))?.[1];
      if (address && isActiveAddress(address)) {
        take(start, tag.end, `The address ${quote(address)} is taken out.`);
        continue;
      }
    }
    if (name === 'param' && objects.at(-1) === false) {
      take(start, tag.end);
      continue;
    }

    const isClosed = text.charAt(tag.end - 2) === '/';
    const closer = isRawText(name) && !isClosed ? closerOf(name, tag.end) : undefined;
    // An end tag in code is none: Markdown shows it as text.
    const end = closer && !rangeAt(code, closer.start) ? closer : undefined;
    if (name === 'style' && end) {
      if (start < reach) room -= end.start - tag.end;
      reach = Math.max(reach, end.start);
    }
    const why = whyElement(tag, () => text.slice(tag.end, end?.start ?? tag.end), frames);
    if (name === 'object' || name === 'applet') objects.push(!why);
    if (why) {
      take(start, end?.end ?? tag.end, why);
      continue;
    }

    for (const attribute of tag.attributes) {
      const message = whyAttribute(attribute, name);
      if (!message) continue;
      const { start: from, end: to } = attribute;
      const at = from + /^[\t\n\f\r /]*/.exec(text.slice(from, to))![0].length;
      // Without a blank the next attribute would become part of what is in front of this one.
      const replacement = to === text.length || /[\t\n\f\r />]/.test(text.charAt(to)) ? '' : ' ';
      findings.push({ start: from, end: to, replacement, at, tag: start, message });
    }
    const nested = text.indexOf('<', start + 1);
    TAG.lastIndex = nested >= 0 && nested < tag.end ? nested : tag.end;
  }
  return findings;
};
