/** An item in two parts: what JSON holds well, and one long text, which is neither escaped nor parsed. */
export interface Packed {
  plain: unknown;
  text: string;
}

/** What a few items need: most lists stay that small. */
const SMALLEST = 1 << 14;
/** In front of each item: the bytes of its plain part, the bytes of its text, and how both are encoded. */
const HEAD = 10;

/** Plain ASCII, as most files are, is read back several times as fast when it is known to be. */
const ENCODINGS = ['utf8', 'latin1'] as const;
const encodingOf = (text: string, bytes: number): 0 | 1 => (text.length === bytes ? 1 : 0);

/** Items as bytes, one behind the other. One piece of memory for all: a new one for each would fill the memory faster than it is cleaned up. */
export class PackedItems {
  private buffer = Buffer.alloc(0);
  private used = 0;

  get size(): number {
    return this.used;
  }

  /** What is in it so far. Valid until something is added. */
  get bytes(): Buffer {
    return this.buffer.subarray(0, this.used);
  }

  /** @returns how many bytes the item takes */
  add({ plain, text }: Packed): number {
    const json = JSON.stringify(plain);
    const [jsonBytes, textBytes] = [Buffer.byteLength(json), Buffer.byteLength(text)];
    const [jsonEncoding, textEncoding] = [encodingOf(json, jsonBytes), encodingOf(text, textBytes)];
    const size = HEAD + jsonBytes + textBytes;
    const at = this.reserve(size);
    const { buffer } = this;
    buffer.writeUInt32LE(jsonBytes, at);
    buffer.writeUInt32LE(textBytes, at + 4);
    buffer.writeUInt8(jsonEncoding, at + 8);
    buffer.writeUInt8(textEncoding, at + 9);
    buffer.write(json, at + HEAD, ENCODINGS[jsonEncoding]);
    buffer.write(text, at + HEAD + jsonBytes, ENCODINGS[textEncoding]);
    return size;
  }

  /** Adds an item that was packed elsewhere. */
  addBytes(bytes: Uint8Array): void {
    const at = this.reserve(bytes.byteLength);
    this.buffer.set(bytes, at);
  }

  clear(): void {
    this.used = 0;
  }

  /** Makes room behind what there is. @returns where the room begins */
  private reserve(size: number): number {
    const at = this.used;
    this.used += size;
    if (this.used > this.buffer.byteLength) {
      const larger = Buffer.allocUnsafe(Math.max(SMALLEST, this.used, this.buffer.byteLength * 2));
      this.buffer.copy(larger, 0, 0, at);
      this.buffer = larger;
    }
    return at;
  }
}

/** An item from the bytes in which it begins at `at`. */
export const unpackItem = (bytes: Buffer, at = 0): Packed => {
  const textStart = at + HEAD + bytes.readUInt32LE(at);
  const json = bytes.toString(ENCODINGS[bytes.readUInt8(at + 8)], at + HEAD, textStart);
  const text = bytes.toString(ENCODINGS[bytes.readUInt8(at + 9)], textStart, textStart + bytes.readUInt32LE(at + 4));
  return { plain: JSON.parse(json) as unknown, text };
};
