/** A number only if it prints as the same text: `1.10` and `12345678901234567890` would lose what was written. */
export const numberOr = (written: string): number | string => (String(Number(written)) === written ? Number(written) : written);
