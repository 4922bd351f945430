import type { Core, UID } from '@strapi/strapi';

const known = new WeakMap<Core.Strapi, string | null>();

interface Locales {
  getDefaultLocale(): Promise<string | null>;
}

interface LocalizedTypes {
  isLocalizedContentType(model: unknown): boolean;
}

/** Reads the app's default locale, once: what is asked at each row must not ask the database. */
export const readDefaultLocale = async (strapi: Core.Strapi): Promise<void> => {
  const locales = strapi.plugin('i18n').service('locales') as unknown as Locales;
  known.set(strapi, await locales.getDefaultLocale());
};

/**
 * The locale in which the plugin reads and writes entries of a type: the one that the Document Service takes where nobody names one. Null
 * where an app has not localized the type.
 */
export const ownLocale = (strapi: Core.Strapi, uid: string): string | null => {
  const types = strapi.plugin('i18n').service('content-types') as unknown as LocalizedTypes;
  return types.isLocalizedContentType(strapi.contentType(uid as UID.ContentType)) ? (known.get(strapi) ?? null) : null;
};

/** The condition of a query for a type's entries, without the editors' translations of them. */
export const inOwnLocale = (strapi: Core.Strapi, uid: string): { locale?: string } => {
  const locale = ownLocale(strapi, uid);
  return locale === null ? {} : { locale };
};
