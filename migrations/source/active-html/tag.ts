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

/**
 * Reads a tag as every browser does (HTML Standard, 13.2.5.6 to 13.2.5.40): `<img/src=x/onerror=y` is one with two attributes. What it holds
 * depends on nothing that stands in front of it.
 *
 * @param start of a '<' with a letter, or with a '/' and a letter, behind it
 */
export const readTag = (text: string, start: number): Tag => {
  NAME.lastIndex = start;
  const [, slash, name] = NAME.exec(text)!;
  const attributes: Attribute[] = [];
  let end = NAME.lastIndex;
  for (;;) {
    ATTRIBUTE.lastIndex = end;
    const match = ATTRIBUTE.exec(text);
    if (!match) break;
    attributes.push({
      name: match[1]!.toLowerCase(),
      value: match[2] ?? match[3] ?? match[4],
      start: end,
      end: ATTRIBUTE.lastIndex,
    });
    end = ATTRIBUTE.lastIndex;
  }
  END.lastIndex = end;
  END.exec(text);
  return { name: name!.toLowerCase(), isEnd: slash === '/', start, end: END.lastIndex, attributes };
};
