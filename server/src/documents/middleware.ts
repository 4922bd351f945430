import type { Core, Modules } from '@strapi/strapi';

import { contentTypeOf, UIDS, type ContentType } from '../../../content-types';
import { uniqueColumns } from '../../../content-types/rules/unique-keys';
import { refreshingOnce } from '../derived/collect-writes';
import { ownLocale } from '../services/locale';
import type { Values } from '../unique-keys/changed-keys';

import { againAfterDeadlock } from './after-deadlock';
import { prepare, readStored, type Prepared, type Write } from './prepare';
import { refuseCircle } from './refuse-circle';
import { explain, refuseTaken } from './taken';
import { writeWithSlug } from './write-with-slug';

type Middleware = Modules.Documents.Middleware.Middleware;
type Context = Parameters<Middleware>[0];
type Next = Parameters<Middleware>[1];

interface Params {
  documentId?: string;
  data?: Values;
  locale?: unknown;
}

/** The locale that a call writes, as the Document Service understands it. */
const localeOf = (strapi: Core.Strapi, type: ContentType, asked: unknown): string | null => {
  const own = ownLocale(strapi, UIDS[type]);
  return own !== null && typeof asked === 'string' && asked !== '' && asked !== '*' ? asked : own;
};

/** One call of the Document Service that writes an entry of ours. */
interface Call {
  context: Context;
  /** Goes on with the call; works once. */
  next: Next;
  /** Makes the call again from its beginning: what other middlewares did on the way belongs to the attempt that failed. */
  again: (data?: Values) => ReturnType<Next>;
}

const setData = (context: Context, data: Values) => {
  context.params = { ...context.params, data };
};

/** Goes on with a write, and says it in an editor's words when another entry has the slug, name or identity. */
const write = async (strapi: Core.Strapi, { type, action, documentId }: Write, { values, columns }: Prepared, next: Next) => {
  const attempt = { type, values, columns, documentId: action === 'update' ? documentId : undefined };
  await refuseTaken(strapi, attempt);
  try {
    return await next();
  } catch (error) {
    throw await explain(strapi, error, attempt);
  }
};

/** A write that is given data: checks it, completes it and finds a slug where there is none. */
const given = async (strapi: Core.Strapi, asked: Write, { context, next, again }: Call) => {
  await refuseCircle(strapi, asked);
  const prepared = await prepare(strapi, asked);
  if (!prepared) return next();
  const { data, values, baseSlug } = prepared;
  if (!baseSlug) {
    setData(context, data);
    return write(strapi, asked, prepared, next);
  }
  return writeWithSlug(strapi, asked, baseSlug, {
    first: (slug) => {
      setData(context, { ...data, slug });
      return write(strapi, asked, { ...prepared, values: { ...values, slug } }, next);
    },
    again: (slug) => again({ ...data, slug }),
  });
};

/** A publication or a discarded draft, which copies a row: what it was about is looked up when the database refuses it. */
const copied = async (strapi: Core.Strapi, { type, documentId }: Pick<Write, 'type' | 'documentId'>, { next }: Call) => {
  try {
    return await next();
  } catch (error) {
    const values = (await readStored(strapi, type, documentId).catch(() => undefined)) ?? {};
    throw await explain(strapi, error, { type, values, columns: uniqueColumns(type).map(({ column }) => column), documentId });
  }
};

/** Everything that the plugin adds to a write through the Document Service, and so through REST and the admin panel. */
export const documentsMiddleware =
  (strapi: Core.Strapi): Middleware =>
  async (context, next) => {
    const { uid, action, params } = context;
    const type = contentTypeOf(uid);
    if (!type) return next();

    const { documentId, data = {}, locale } = params as Params;
    const documents = strapi.documents(UIDS[type]) as unknown as Record<string, (params: object) => ReturnType<Next>>;
    // The innermost step alone: what is tried again, such as the next free slug, is tried in a transaction of its own.
    const refreshing = () => refreshingOnce(strapi, next as () => Promise<unknown>);
    const call: Call = {
      context,
      next: refreshing as Next,
      again: (other) => documents[action]!(other ? { ...params, data: other } : params),
    };
    switch (action) {
      case 'create':
      case 'update':
      case 'clone':
        return againAfterDeadlock(
          strapi,
          () => given(strapi, { type, action, documentId, data, locale: localeOf(strapi, type, locale) }, call),
          call.again,
        );
      case 'publish':
      case 'discardDraft':
        return againAfterDeadlock(strapi, () => copied(strapi, { type, documentId }, call), call.again);
      case 'unpublish':
      case 'delete':
        return againAfterDeadlock(strapi, call.next as () => Promise<never>, call.again as () => Promise<never>);
      default:
        return next();
    }
  };
