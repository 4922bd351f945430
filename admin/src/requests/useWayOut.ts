import { useAuth } from '@strapi/strapi/admin';
import { useCallback } from 'react';

import { useText } from '../texts/useText';

import { isSessionOver } from './refusals';

interface WayOut {
  message: string;
  /** Of the button. */
  label: string;
  onClick(): void;
}

interface Failure {
  message: string;
  retry(): void;
  /** Something stands in the form that is lost with the session. */
  isUnsaved: boolean;
}

/** What is said where something could not be loaded, and what an editor can do about it: ask again, or log in. */
export const useWayOut = (): ((error: unknown, failure: Failure) => WayOut) => {
  const text = useText();
  // Strapi's own way to the login: it asks before it leaves a form with changes.
  const logOut = useAuth('WayOut', ({ logout }) => logout);
  return useCallback(
    (error, { message, retry, isUnsaved }) =>
      isSessionOver(error)
        ? {
            message: text(isUnsaved ? 'session.endedUnsaved' : 'session.ended'),
            label: text('session.logIn'),
            onClick: () => void logOut(),
          }
        : { message, label: text('relatedOfferings.retry'), onClick: retry },
    [text, logOut],
  );
};
