const UNAUTHORIZED = 401;
const FORBIDDEN = 403;

/** As much as is looked at here of what Strapi's client throws. */
interface Refusal {
  status?: number;
  response?: { data?: { error?: { status?: number } } };
}

const statusOf = (error: unknown): number | undefined => {
  const { status, response } = (error ?? {}) as Refusal;
  return status ?? response?.data?.error?.status;
};

/** The server does not know any more who asks, and Strapi could not renew the session: asking again is of no use. */
export const isSessionOver = (error: unknown): boolean => statusOf(error) === UNAUTHORIZED;

/** The editor's role does not allow it: asking again is of no use either. */
export const isForbidden = (error: unknown): boolean => statusOf(error) === FORBIDDEN;
