/** What colours a text, as picocolors writes it; every other control character, and what turns the direction of writing, comes out of a file or of its name. */
const CONTROLS = /(\u001b\[\d+m)|[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

const picture = (character: string): string => {
  const code = character.charCodeAt(0);
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '␡' : '�';
};

/** A word out of a file, or its name, before it is coloured: there is no colour in it. */
export const uncoloured = (text: string): string => text.replaceAll('\u001b', '␛');

/** A line of a report as it is safe to print: a name may hold a line break, or what clears a terminal. */
export const printable = (line: string): string =>
  line.replace(CONTROLS, (character, color: string | undefined) => color ?? picture(character));
