import { getTranslation, type TextKey } from './getTranslation';

type Texts = Record<TextKey, string>;

/** Written out, so that the bundler makes one chunk of each and an editor's browser loads those of the app's languages alone. */
const LOADERS: Record<string, () => Promise<{ default: Texts }>> = {
  de: () => import('../translations/de.json'),
  en: () => import('../translations/en.json'),
  es: () => import('../translations/es.json'),
  fr: () => import('../translations/fr.json'),
};

const load = async (locale: string): Promise<Record<string, string>> => {
  // "fr-CA" reads French; a language without texts reads English, which Strapi puts below every other.
  const loader = LOADERS[locale] ?? LOADERS[locale.split('-')[0]!];
  if (!loader) return {};
  const { default: texts } = await loader();
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [getTranslation(key as TextKey), text]));
};

/** Brings the plugin's texts in the languages that the app's panel offers. */
export const registerTrads = ({ locales }: { locales: string[] }) =>
  Promise.all(locales.map(async (locale) => ({ locale, data: await load(locale) })));
