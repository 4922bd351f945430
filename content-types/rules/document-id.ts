import type { ContentType } from '../uids';
import { sha256 } from './sha256';

const LENGTH = 24;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/**
 * The documentId of a record that comes from files: 24 characters in the form of Strapi's own ids, made from what identifies the record, so
 * that one file gets one id on every environment.
 *
 * @param identity for example `workPackageId:7628`
 */
export const documentIdOf = (type: ContentType, identity: string): string => {
  const number = BigInt(`0x${sha256(`${type}\n${identity}`)}`);
  return (
    LETTERS.charAt(Number(number % 26n)) +
    (number / 26n)
      .toString(36)
      .padStart(LENGTH, '0')
      .slice(-(LENGTH - 1))
  );
};
