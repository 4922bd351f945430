/** What many measurements of one thing come to. */
export interface Timed {
  median: number;
  p95: number;
}

export const rounded = (value: number): number => Number(value.toFixed(value < 10 ? 2 : 1));

const quantile = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(Math.floor(times.length * share), times.length - 1)]!;

export const timed = (times: readonly number[]): Timed => ({ median: rounded(quantile(times, 0.5)), p95: rounded(quantile(times, 0.95)) });
