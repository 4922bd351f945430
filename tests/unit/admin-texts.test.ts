import fs from 'node:fs';
import path from 'node:path';

import { registerTrads } from '../../admin/src/texts/registerTrads';
import { ROOT } from '../support/paths';

const FOLDER = path.join(ROOT, 'admin', 'src', 'translations');
const texts = (language: string) => JSON.parse(fs.readFileSync(path.join(FOLDER, `${language}.json`), 'utf8')) as Record<string, string>;
const english = texts('en');

/** The names that a text leaves open: `{count, plural, one {# story} other {# stories}}` leaves `count`. */
const holes = (text: string) => [...text.matchAll(/\{\s*(\w+)\s*[,}]/g)].map(([, name]) => name!).sort();
const distinct = (names: string[]) => [...new Set(names)];

/** What would mix the familiar form of address into texts that use the polite one, or call a story by a second name. */
const STRAY_WORDS = {
  de: 'du dich dir dein deine deinem deinen deiner deines euch euer eure artikel geschichte geschichten',
  es: 'tú tu tus te ti contigo inténtalo recarga elige prueba artículo artículos',
  fr: 'tu te toi ton ta tes réessaie recharge histoire histoires',
};

const sources = fs
  .readdirSync(path.join(ROOT, 'admin', 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => fs.readFileSync(path.join(ROOT, 'admin', 'src', name), 'utf8'))
  .join('\n');

describe.each(['de', 'es', 'fr'])('the texts in %s', (language) => {
  it('are those of English, each with the same holes', () => {
    const other = texts(language);
    expect(Object.keys(other)).toEqual(Object.keys(english));
    for (const [key, text] of Object.entries(other)) {
      expect(text.trim()).not.toBe('');
      expect([key, distinct(holes(text))]).toEqual([key, distinct(holes(english[key]!))]);
    }
  });
});

it.each(Object.entries(STRAY_WORDS))('address an editor in one way and have one name for a story, in %s', (language, stray) => {
  const words = (text: string) => text.toLowerCase().split(/[^\p{L}]+/u);
  const found = Object.values(texts(language)).filter((text) => words(text).some((word) => stray.split(' ').includes(word)));
  expect(found).toEqual([]);
});

it('are all said somewhere', () => {
  // A key may be put together of a fixed beginning and a value: `reason.${kind}`.
  const said = (key: string) => {
    const parts = key.split('.');
    return [...parts.keys()].some((at) => sources.includes(at === 0 ? `'${key}'` : `\`${parts.slice(0, at).join('.')}.\${`));
  };
  expect(Object.keys(english).filter((key) => !said(key))).toEqual([]);
});

it('reach Strapi under the plugin’s name, also for a country’s variant, and leave other languages to English', async () => {
  const found = await registerTrads({ locales: ['en', 'fr-CA', 'ja'] });
  expect(found.map(({ locale }) => locale)).toEqual(['en', 'fr-CA', 'ja']);
  const title = 'curation.relatedOfferings.title';
  expect(found.map(({ data }) => data[title])).toEqual([
    english['relatedOfferings.title'],
    texts('fr')['relatedOfferings.title'],
    undefined,
  ]);
});
