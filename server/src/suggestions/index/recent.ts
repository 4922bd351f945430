/** A few values that were asked for last, so that they need not be made again. */
export class Recent<Value> {
  private readonly values = new Map<string, Value>();

  constructor(private readonly most: number) {}

  /** @param make makes the value where it is not known */
  get(key: string, make: () => Value): Value {
    const value = this.values.get(key) ?? make();
    // A map keeps the order in which its keys came.
    this.values.delete(key);
    this.values.set(key, value);
    if (this.values.size > this.most) this.values.delete(this.values.keys().next().value!);
    return value;
  }

  clear(): void {
    this.values.clear();
  }
}
