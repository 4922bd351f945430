import { parseTOML, type AST } from 'toml-eslint-parser';

import type { Path } from '../../../source/json';
import { stepsOf } from '../../../source/languages/toml';

export const startsWith = (path: Path, prefix: Path): boolean => prefix.every((step, index) => path[index] === step);
export const isSame = (path: Path, other: Path): boolean => path.length === other.length && startsWith(path, other);

/** A key with its value: in a table, at the top or in braces. */
interface Pair {
  path: Path;
  node: AST.TOMLKeyValue;
  /** The path of the table whose lines it stands among; undefined in braces. */
  table: Path | undefined;
}

interface Table {
  path: Path;
  node: AST.TOMLTable;
}

/** Where everything stands in a header. */
export class Places {
  readonly pairs: Pair[] = [];
  readonly tables: Table[] = [];
  readonly values: { path: Path; node: AST.TOMLContentNode }[] = [];

  constructor(readonly header: string) {
    for (const node of parseTOML(header).body[0].body) {
      if (node.type === 'TOMLKeyValue') this.addPair(node, [], []);
      else {
        this.tables.push({ path: node.resolvedKey, node });
        node.body.forEach((pair) => this.addPair(pair, node.resolvedKey, node.resolvedKey));
      }
    }
  }

  private addPair(node: AST.TOMLKeyValue, above: Path, table: Path | undefined): void {
    const path = [...above, ...stepsOf(node.key)];
    this.pairs.push({ path, node, table });
    this.addValue(node.value, path);
  }

  private addValue(node: AST.TOMLContentNode, path: Path): void {
    this.values.push({ path, node });
    if (node.type === 'TOMLArray') node.elements.forEach((each, index) => this.addValue(each, [...path, index]));
    if (node.type === 'TOMLInlineTable') node.body.forEach((pair) => this.addPair(pair, path, undefined));
  }

  valueAt(path: Path): AST.TOMLContentNode | undefined {
    return this.values.find((value) => isSame(value.path, path))?.node;
  }

  lineStart(offset: number): number {
    return this.header.lastIndexOf('\n', offset - 1) + 1;
  }

  lineEnd(offset: number): number {
    const end = this.header.indexOf('\n', offset);
    return end < 0 ? this.header.length : end + 1;
  }

  /** The lines of a table and of all that stands in it. */
  linesOf({ node }: Table): [from: number, to: number] {
    return [this.lineStart(node.range[0]), this.lineEnd(node.range[1] - 1)];
  }

  get end(): string {
    return this.header.includes('\r\n') ? '\r\n' : '\n';
  }

  replace(from: number, to: number, text: string): string {
    return this.header.slice(0, from) + text + this.header.slice(to);
  }
}

export const isDate = (node: AST.TOMLContentNode): boolean => node.type === 'TOMLValue' && /date|time/.test(node.kind);

/** True for a text that is a date of TOML. */
export const saysDate = (text: string): boolean => {
  try {
    const [pair] = parseTOML(`date = ${text}`).body[0].body;
    return pair?.type === 'TOMLKeyValue' && isDate(pair.value) && pair.range[1] === 'date = '.length + text.length;
  } catch {
    return false;
  }
};
