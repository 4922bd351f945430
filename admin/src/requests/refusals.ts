import { isFetchError } from '@strapi/strapi/admin';

const UNAUTHORIZED = 401;
const FORBIDDEN = 403;

/** The server does not know any more who asks, and Strapi could not renew the session: asking again is of no use. */
export const isSessionOver = (error: unknown): boolean => isFetchError(error) && error.status === UNAUTHORIZED;

/** The editor's role does not allow it: asking again is of no use either. */
export const isForbidden = (error: unknown): boolean => isFetchError(error) && error.status === FORBIDDEN;
