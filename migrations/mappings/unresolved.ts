import type { ContentType } from '../../content-types/uids';
import { didYouMean } from './closest';
import { splitIdentity } from './identity';
import type { Reference } from './mapping';

/**
 * Tells of references that lead nowhere. Each is searched for once: a missing topic may be named by thousands of files.
 *
 * @param knownOf what the records of a type are found by
 */
export const tellUnresolved = (knownOf: (type: ContentType) => Iterable<string>): ((reference: Reference) => string) => {
  const told = new Map<string, string>();
  return ({ type, identities }) => {
    const key = `${type} ${identities[0]}`;
    const { by, value } = splitIdentity(identities[0]!);
    const called = identities.some((identity) => splitIdentity(identity).by === 'key') ? `${by} or key` : by;
    const guess = () =>
      didYouMean(
        value,
        [...knownOf(type)].map(splitIdentity).flatMap((each) => (each.by === by ? [each.value] : [])),
      );
    const message = told.get(key) ?? `There is no ${type} with the ${called} "${value}", and nothing to make it from.${guess()}`;
    told.set(key, message);
    return message;
  };
};
