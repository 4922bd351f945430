import { SaxesParser } from 'saxes';

/**
 * Reads a text as XML 1.0 with namespaces, as strictly as the standard is: an address of a feed reader would not open what this refuses.
 *
 * @returns the names of its elements, each behind those that it stands in, with its text: `rss/channel/title`
 * @throws where the text is not well-formed, or holds a character that XML has not
 */
export const readXml = (xml: string): [name: string, text: string][] => {
  const parser = new SaxesParser({ xmlns: true });
  const open: { name: string; text: string }[] = [];
  const found: [string, string][] = [];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => open.push({ name, text: '' }));
  const add = (text: string) => {
    const last = open.at(-1);
    if (last) last.text += text;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => {
    found.push([open.map(({ name }) => name).join('/'), open.at(-1)!.text]);
    open.pop();
  });
  parser.write(xml).close();
  return found;
};
