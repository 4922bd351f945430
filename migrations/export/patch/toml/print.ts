import { isObject, type JsonObject, type JsonValue, type Path } from '../../../source/json';

/** What TOML can say of a value: it has no word for none. */
export const sayable = (value: JsonValue): JsonValue => {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(sayable);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(entries.map(([key, each]) => [key, sayable(each)]));
};

export const printKey = (path: Path): string =>
  path.map((key) => (/^[A-Za-z0-9_-]+$/.test(String(key)) ? String(key) : printText(String(key)))).join('.');

/** A text in double quotes, on one line. */
export const printText = (text: string): string => JSON.stringify(text).replaceAll('\u007f', '\\u007f');

/** A value on one line. */
export const print = (value: JsonValue): string => {
  if (Array.isArray(value)) return `[${value.map(print).join(', ')}]`;
  if (isObject(value)) {
    const pairs = Object.entries(value).map(([key, each]) => `${printKey([key])} = ${print(each)}`);
    return pairs.length > 0 ? `{ ${pairs.join(', ')} }` : '{}';
  }
  return typeof value === 'string' ? printText(value) : String(value);
};

/** One of several tables of a name, with its keys. */
export const printTable = (path: Path, value: JsonObject, end: string): string =>
  [`[[${printKey(path)}]]`, ...Object.entries(value).map(([key, each]) => `${printKey([key])} = ${print(each)}`)].join(end) + end;
