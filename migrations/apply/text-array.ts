/** OID of `text`, as in pg_type.dat. */
const TEXT = 25;
const INT32 = 4;
/** Dimensions, whether there are nulls, the type of the elements; then, of the one dimension, its length and its first index. */
const HEADER = 5 * INT32;
const NULL_LENGTH = -1;

/**
 * PostgreSQL's binary form of a `text[]` (array_send in its arrayfuncs.c). In the other form, which the driver writes, each quote and each
 * backslash of long texts in HTML or JSON is escaped, and taken out again by the server.
 */
export const textArray = (values: readonly (string | null)[]): Buffer => {
  const lengths = values.map((value) => (value === null ? NULL_LENGTH : Buffer.byteLength(value)));
  const size = lengths.reduce((sum, length) => sum + INT32 + Math.max(0, length), HEADER);
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  const addInt = (value: number) => (at = bytes.writeInt32BE(value, at));
  [1, Number(lengths.includes(NULL_LENGTH)), TEXT, values.length, 1].forEach(addInt);
  values.forEach((value, index) => {
    addInt(lengths[index]!);
    if (value !== null) at += bytes.write(value, at);
  });
  return bytes;
};
