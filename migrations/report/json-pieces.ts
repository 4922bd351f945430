/**
 * JSON as `JSON.stringify` writes it, piece by piece: one string cannot hold what is to be said of a hundred thousand records.
 *
 * @param head an object that is not empty
 * @param name the key behind those of the head, under which the items stand
 * @param space as of `JSON.stringify`
 */
export function* jsonPieces(head: object, name: string, items: Iterable<unknown>, space = 0): Generator<string> {
  const line = (level: number) => (space > 0 ? `\n${' '.repeat(space * level)}` : '');
  const start = JSON.stringify(head, null, space).slice(0, -1).trimEnd();
  yield `${start},${line(1)}${JSON.stringify(name)}:${space > 0 ? ' ' : ''}[`;
  let isFirst = true;
  for (const item of items) {
    const text = JSON.stringify(item, null, space);
    yield `${isFirst ? '' : ','}${line(2)}${space > 0 ? text.replace(/\n/g, line(2)) : text}`;
    isFirst = false;
  }
  yield `${isFirst ? '' : line(1)}]${line(0)}}`;
}
