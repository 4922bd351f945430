/**
 * Finds what leads back to itself, in one pass however long the ways are.
 *
 * @param next what each leads to, if anything
 * @returns the members of each circle, in their order, from the one that is met first
 */
export const circlesOf = <Each>(next: ReadonlyMap<Each, Each>): Each[][] => {
  const circles: Each[][] = [];
  /** From where each was met first. */
  const metFrom = new Map<Each, Each>();
  for (const start of next.keys()) {
    let at: Each | undefined = start;
    for (; at !== undefined && !metFrom.has(at); at = next.get(at)) metFrom.set(at, start);
    if (at === undefined || metFrom.get(at) !== start) continue;
    const circle = [at];
    for (let each = next.get(at)!; each !== at; each = next.get(each)!) circle.push(each);
    circles.push(circle);
  }
  return circles;
};
