export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

/** Where a value stands in front matter: the keys and list positions that lead to it. */
export type Path = readonly (string | number)[];

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path; undefined where the path ends early. Reads own properties only. */
export const getAt = (value: JsonValue | undefined, path: Path): JsonValue | undefined => {
  let at: JsonValue | undefined = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string | number, JsonValue>)[key];
  }
  return at;
};

/** Sets the value at a path in place, making the objects that are missing on the way. */
export const setAt = (target: JsonObject, path: Path, value: JsonValue): void => {
  let at = target as Record<string | number, JsonValue>;
  path.forEach((key, index) => {
    if (index === path.length - 1) {
      at[key] = value;
      return;
    }
    const isList = Array.isArray(at[key]) && typeof path[index + 1] === 'string';
    if (typeof at[key] !== 'object' || at[key] === null || isList) at[key] = {};
    at = at[key] as Record<string | number, JsonValue>;
  });
};

/** A copy that can be changed at these paths in place; what lies on none of them is shared. */
export const copyAlong = (value: JsonObject, paths: readonly Path[]): JsonObject => {
  const copy = { ...value };
  for (const path of paths) {
    let at: Record<string | number, JsonValue> = copy;
    for (const key of path.slice(0, -1)) {
      const child = Object.hasOwn(at, key) ? at[key] : undefined;
      if (!isObject(child)) break;
      at = at[key] = { ...child };
    }
  }
  return copy;
};

/** Takes the value at a path out, in place, and with it the objects that this leaves empty. */
export const deleteAt = (target: JsonObject, path: Path): void => {
  const [key, ...rest] = path;
  if (key === undefined || !Object.hasOwn(target, key)) return;
  const child = target[key];
  if (rest.length > 0 && isObject(child)) {
    deleteAt(child, rest);
    if (Object.keys(child).length > 0) return;
  }
  if (rest.length === 0 || isObject(child)) delete target[key];
};

/** Equal as JSON: the order of keys means nothing, as in PostgreSQL's jsonb, which does not keep it. */
export const sameJson = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson((a as JsonObject)[key], (b as JsonObject)[key]))
  );
};

/** The same value with its keys in the order in which `model` has them, new keys last. */
export const orderLike = (model: JsonValue | undefined, value: JsonValue): JsonValue => {
  if (Array.isArray(value)) return value.map((item, index) => orderLike(getAt(model, [index]), item));
  if (!isObject(value)) return value;
  const known = isObject(model) ? Object.keys(model).filter((key) => Object.hasOwn(value, key)) : [];
  const keys = [...known, ...Object.keys(value).filter((key) => !known.includes(key))];
  return Object.fromEntries(keys.map((key) => [key, orderLike(getAt(model, [key]), value[key]!)]));
};
