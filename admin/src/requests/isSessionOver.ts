import { isFetchError } from '@strapi/strapi/admin';

const UNAUTHORIZED = 401;

/** The server does not know any more who asks, and Strapi could not renew the session: asking again is of no use. */
export const isSessionOver = (error: unknown): boolean => isFetchError(error) && error.status === UNAUTHORIZED;
