import { InvalidArgumentError } from 'commander';

import { didYouMean } from '../mappings/closest';
import { DEFAULT_LIMITS, MAX_DEPTH, type Limits } from '../source/limits';

const UNITS: Record<string, number> = { '': 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

/**
 * Reads what `--limits` was given: `fileBytes=10MB,depth=64`.
 *
 * @throws InvalidArgumentError that names the part which is wrong
 */
export const parseLimits = (text: string): Partial<Limits> => {
  const names = Object.keys(DEFAULT_LIMITS);
  const entries = text.split(',').map((each) => {
    const [, name, number, unit = ''] = /^\s*(\w+)\s*=\s*([1-9]\d*)\s*([KMG]B)?\s*$/i.exec(each) ?? [];
    if (name === undefined) throw new InvalidArgumentError(`"${each.trim()}" is no limit such as fileBytes=10MB or depth=64.`);
    if (!names.includes(name)) {
      throw new InvalidArgumentError(`There is no limit "${name}".${didYouMean(name, names)} There are: ${names.join(', ')}.`);
    }
    const value = Number(number) * UNITS[unit.toUpperCase()]!;
    if (name === 'depth' && value > MAX_DEPTH) throw new InvalidArgumentError(`depth is ${MAX_DEPTH} at most.`);
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
};
