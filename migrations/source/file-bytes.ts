import fs from 'node:fs';

/** So that a pipe does not keep whoever opens it waiting for who writes to it; Windows has neither, and takes it for nothing. */
const OPEN = fs.constants.O_RDONLY | fs.constants.O_NONBLOCK;

/** Reads files into one and the same memory, and asks the file system no more than it has to: of small files that is most of the time. */
export class FileBytes {
  private buffer = Buffer.allocUnsafe(1 << 16);

  /**
   * Asked one by one through the thread pool, small files take five times as long.
   *
   * @param limit the most bytes that are read
   * @returns what is in the file, until the next one is read, or why it is not read
   * @throws what the file system says of a file that it cannot open
   */
  read(path: string, limit: number): Buffer | { isFile: boolean; size: number } {
    const file = fs.openSync(path, OPEN);
    try {
      const stat = fs.fstatSync(file);
      const { size } = stat;
      const isFile = stat.isFile();
      if (!isFile || size > limit) return { isFile, size };
      if (size > this.buffer.byteLength) this.buffer = Buffer.allocUnsafe(size);
      let done = 0;
      for (let read = -1; read !== 0 && done < size; done += read) read = fs.readSync(file, this.buffer, done, size - done, null);
      return this.buffer.subarray(0, done);
    } finally {
      fs.closeSync(file);
    }
  }
}
