/** What many measurements of one thing come to. */
export interface Timed {
  median: number;
  p95: number;
}

/** @param digits of numbers below ten */
export const rounded = (value: number, digits = 2): number => Number(value.toFixed(value < 10 ? digits : 1));

const quantile = (numbers: readonly number[], share: number): number =>
  [...numbers].sort((a, b) => a - b)[Math.min(Math.floor(numbers.length * share), numbers.length - 1)]!;

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

export const timed = (times: readonly number[]): Timed => ({ median: rounded(quantile(times, 0.5)), p95: rounded(quantile(times, 0.95)) });
