const JSON_NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/;

/**
 * True for a number that prints as the same text: `7628` is one, while `007628`, `1.10`, `11.`, `123e45`, `12:30:45`, `4b898aad0783a623` and
 * `12345678901234567890` stay the text they are. To read five of those seven as numbers would lose what was written.
 */
export const isNumber = (written: string): boolean => {
  const number = Number(written);
  return JSON_NUMBER.test(written) && String(number) === written && (!Number.isInteger(number) || Number.isSafeInteger(number));
};

export const numberOr = (written: string): number | string => (isNumber(written) ? Number(written) : written);
