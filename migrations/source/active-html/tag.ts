/** An attribute as it stands: nothing is decoded. */
export interface Attribute {
  /** In lower case. */
  name: string;
  /** Undefined where there is no '='. */
  value: string | undefined;
  /** Where the blanks in front of it begin. */
  start: number;
  end: number;
}

export interface Tag {
  /** In lower case. */
  name: string;
  isEnd: boolean;
  start: number;
  /** Behind its '>', or the end of the text: what follows the text in a page may hold one. */
  end: number;
  attributes: Attribute[];
}

const NAME = /<(\/?)([^\t\n\f\r />]+)/y;
const ATTRIBUTE =
  /[\t\n\f\r /]*([^\t\n\f\r />][^\t\n\f\r />=]*)(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:"([^"]*)(?:"|$)|'([^']*)(?:'|$)|([^\t\n\f\r >]*)))?/y;
const END = /[\t\n\f\r /]*>?/y;
const GREATER_THAN = '>'.charCodeAt(0);

/**
 * Reads a tag as every browser does (HTML Standard, 13.2.5.6 to 13.2.5.40): `<img/src=x/onerror=y` is one with two attributes. What it holds
 * depends on nothing that stands in front of it.
 *
 * @param start of a '<' with a letter, or with a '/' and a letter, behind it
 */
export const readTag = (text: string, start: number): Tag => {
  NAME.lastIndex = start;
  const [, slash, name] = NAME.exec(text)!;
  const tag: Tag = { name: name!.toLowerCase(), isEnd: slash === '/', start, end: NAME.lastIndex, attributes: [] };
  // Most tags end here, or after one attribute.
  while (text.charCodeAt(tag.end) !== GREATER_THAN) {
    ATTRIBUTE.lastIndex = tag.end;
    const match = ATTRIBUTE.exec(text);
    if (!match) {
      END.lastIndex = tag.end;
      END.exec(text);
      tag.end = END.lastIndex;
      return tag;
    }
    const value = match[2] ?? match[3] ?? match[4];
    tag.attributes.push({ name: match[1]!.toLowerCase(), value, start: tag.end, end: ATTRIBUTE.lastIndex });
    tag.end = ATTRIBUTE.lastIndex;
  }
  tag.end += 1;
  return tag;
};
