import { errors } from '@strapi/utils';

import { ChangedSince, EXIT, StillNamed, UserError } from '../../../migrations/errors';
import { isDeadlock } from '../documents/after-deadlock';

/** Why a change was not made, for the panel to say in the editor's language. */
const reasonOf = (error: UserError): 'changedSince' | 'held' | 'translated' | 'gone' => {
  if (error instanceof ChangedSince) return 'changedSince';
  if (error instanceof StillNamed) return 'translated';
  return error.exitCode === EXIT.held ? 'held' : 'gone';
};

/** Does something with the engine; what an editor can mend is told in Strapi's own shape. */
export const asStrapiError = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    // It was tried again and again, and others were quicker each time.
    if (isDeadlock(error))
      throw new errors.ApplicationError('Others are changing the same entries. Try again.', { reason: 'held', names: [] });
    if (!(error instanceof UserError)) throw error;
    throw new errors.ApplicationError(error.message, {
      reason: reasonOf(error),
      names: error instanceof ChangedSince ? error.names : [],
    });
  }
};
