import fs from 'node:fs';
import path from 'node:path';

import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { IntlProvider } from 'react-intl';

import { useReason } from '../../admin/src/related-offerings/panel/useReason';
import { useProblem } from '../../admin/src/requests/useProblem';
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

/** What a part of the panel makes of its texts, in a language. */
const say = async (language: string, useWords: () => string): Promise<string> => {
  const [found] = await registerTrads({ locales: [language] });
  let said = '';
  const Part = () => {
    said = useWords();
    return null;
  };
  renderToString(createElement(IntlProvider, { locale: language, messages: found!.data, children: createElement(Part) }));
  return said;
};

describe('names in a text', () => {
  const changedSince = (names: string[]) => ({ response: { data: { error: { details: { reason: 'changedSince', names } } } } });

  it.each([
    ['en', ['A'], 'This can no longer be undone: A was changed since.'],
    ['en', ['A', 'B', 'C', 'D', 'E'], 'This can no longer be undone: A, B, C, and 2 others were changed since.'],
    ['de', ['A'], 'Das lässt sich nicht mehr rückgängig machen: A wurde seither geändert.'],
    ['de', ['A', 'B'], 'Das lässt sich nicht mehr rückgängig machen: A und B wurden seither geändert.'],
    ['fr', ['A', 'B'], 'Cela ne peut plus être annulé : A et B ont changé depuis.'],
    ['es', ['A', 'B', 'C', 'D'], 'Ya no se puede deshacer: A, B, C y 1 más cambiaron desde entonces.'],
  ])('are a list with the right verb, and those that are left out are counted: %s, %j', async (language, names, expected) =>
    expect(await say(language, () => useProblem()(changedSince(names)))).toBe(expected),
  );

  const picks = (stories: number, titles: string[]) => ({
    kind: 'picks' as const,
    stories,
    examples: titles.map((title) => ({ documentId: title, title })),
  });

  it.each([
    ['en', picks(1, ['A']), 'Picked for a similar story: “A”'],
    ['en', picks(2, ['A', 'B']), 'Picked for similar stories: “A” and “B”'],
    ['en', picks(5, ['A', 'B', 'C']), 'Picked for similar stories: “A”, “B”, and 3 others'],
    ['en', picks(2, ['', 'B']), 'Picked for similar stories: “B” and 1 other'],
    [
      'en',
      picks(1, ['Home dialysis gets a dashboard, and a nephrologist']),
      'Picked for a similar story: “Home dialysis gets a dashboard…”',
    ],
    // Whoever may not read stories is told of none.
    ['en', picks(3, []), 'Picked for 3 similar stories'],
    ['de', picks(4, ['A', 'B', 'C']), 'Ausgewählt für ähnliche Beiträge: „A“, „B“ und 2 weitere'],
    ['fr', picks(3, ['A', 'B', 'C']), 'Choisie pour des articles semblables : « A », « B » et 1 autre'],
    ['es', picks(3, ['A', 'B', 'C']), 'Elegida para historias similares: «A», «B» y 1 más'],
  ])('are two at most of the stories that an offering was picked for: %s, %j', async (language, reason, expected) =>
    expect(await say(language, () => useReason()(reason))).toBe(expected),
  );
});
