interface Checked {
  /** How many letters the term differs by; undefined where it is more than was asked for. */
  distance: number | undefined;
  /** The same of the term's nearest beginning: 'televi' is one letter from a beginning of 'televisit' where somebody typed 'tlevi'. */
  beginning: number | undefined;
  /** How many letters of the term lead nowhere: no term that begins with them is near enough. 0 where that cannot be said. */
  deadPrefix: number;
}

/**
 * Compares one word with many terms in alphabetical order. Rows of the table that belong to the letters that a term shares with the one
 * before it are not computed again.
 *
 * @returns optimal string alignment: a missing, an added or a wrong letter is one difference, and so are two that are exchanged
 */
export const withinDistance = (word: string, most: number): ((term: string) => Checked) => {
  const width = word.length + 1;
  const rows: Uint8Array[] = [Uint8Array.from({ length: width }, (_, index) => index)];
  /** The least distance of the word from a beginning of the term, up to each row. */
  const beginnings: number[] = [width - 1];
  let before = '';

  return (term) => {
    let shared = 0;
    while (shared < before.length && shared < term.length && before.charCodeAt(shared) === term.charCodeAt(shared)) shared += 1;
    before = term;
    for (let at = shared + 1; at <= term.length; at += 1) {
      const above = rows[at - 1]!;
      const row = (rows[at] ??= new Uint8Array(width));
      const letter = term.charCodeAt(at - 1);
      let least = (row[0] = at);
      for (let column = 1; column < width; column += 1) {
        const own = word.charCodeAt(column - 1);
        let cost = Math.min(above[column]! + 1, row[column - 1]! + 1, above[column - 1]! + (letter === own ? 0 : 1));
        if (at > 1 && column > 1 && letter === word.charCodeAt(column - 2) && term.charCodeAt(at - 2) === own) {
          cost = Math.min(cost, rows[at - 2]![column - 2]! + 1);
        }
        row[column] = cost;
        if (cost < least) least = cost;
      }
      beginnings[at] = Math.min(beginnings[at - 1]!, row[width - 1]!);
      if (least > most && beginnings[at]! > most) {
        before = term.slice(0, at);
        return { distance: undefined, beginning: undefined, deadPrefix: at };
      }
    }
    const [distance, beginning] = [rows[term.length]![width - 1]!, beginnings[term.length]!];
    return { distance: distance <= most ? distance : undefined, beginning: beginning <= most ? beginning : undefined, deadPrefix: 0 };
  };
};
