import fc from 'fast-check';
import { stringify } from 'smol-toml';

import { sayable } from '../../migrations/export/patch/toml/print';
import type { JsonObject } from '../../migrations/source/json';
import { splitFrontMatter } from '../../migrations/source/front-matter';
import { LANGUAGES } from '../../migrations/source/languages';
import { offeringFile, story, topicFile } from './story';

/** A text, and all that authors put where a text is meant. */
const TEXTS = [
  'Plain words',
  '',
  ' ',
  '007628',
  '1e3',
  'on',
  'null',
  '2021-09-02',
  'Line one\nline two\n',
  'trailing blank ',
  'It\'s "quoted" \\ # : - {x} [y]',
  '夜間 مرحبا 👩🏽‍⚕️',
  'e\u0301 \u00e9 \u200b\u2028',
  '<p>&amp; &lt;b&gt;</p>',
  '<script>x</script>',
  '---',
] as const;

const text = fc.oneof({ weight: 3, arbitrary: fc.constantFrom<string>(...TEXTS) }, { weight: 1, arbitrary: fc.string({ maxLength: 20 }) });
const odd = fc.oneof(
  { weight: 4, arbitrary: text },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(null, 0, 1, -3, 2.5, true, false, [], {}, ['a', null, 1], { a: { b: [1, { c: '' }] }, '': 0 }),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);

const NAMES = ['Wards: Night', 'wards:  night', 'Wards: Day', 'Care: Home', 'Plain', 'Öffnung: 時間'] as const;
const name = fc.constantFrom(...NAMES);
const names = fc.array(name, { maxLength: 3 });
const OFFERINGS = [0, 1, 2, 3].map((number) => ({
  label: `Offering ${number}`,
  permalink: `/offering/o-${number}`,
  offeringId: 50 + number,
}));
const offerings = fc.subarray(OFFERINGS);

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const defined = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** What a story's front matter may say. */
export const storyValues = fc
  .record({
    title: fc.oneof({ weight: 6, arbitrary: fc.constantFrom('One', 'Two', 'Three', 'R&amp;D') }, { weight: 1, arbitrary: odd }),
    id: maybe(
      fc.oneof(
        { weight: 5, arbitrary: fc.integer({ min: 1, max: 6 }) },
        { weight: 1, arbitrary: fc.constantFrom<unknown>('007', 'x', null, 1.5) },
      ),
    ),
    slug: maybe(fc.constantFrom<unknown>('one', 'ONE', 'two', '物語', 2014, 'café', '', null)),
    date: maybe(fc.constantFrom<unknown>('2021-09-02', '2017-05-09 3:00:03 -0400', null, '', '2021-13-45')),
    lastMod: maybe(fc.constantFrom<unknown>('2024-11-12T18:02:04.180670Z', null)),
    description: maybe(odd),
    via: maybe(odd),
    sub: maybe(odd),
    status: maybe(fc.constantFrom('', ' ', 'draft')),
    aliases: maybe(
      fc.oneof(
        fc.constantFrom<unknown>('/old/1', [], null, '/', 'not a path', ['https://elsewhere.example/x', 7]),
        // Places of other stories are among them, in other spellings too.
        fc.subarray(['/old/1', '/old/2', '/OLD/1/', '/news/one', '/news/two/', '/one', 'old/3?x=1']),
      ),
    ),
    author: maybe(odd),
    categories: maybe(names),
    relatedOfferings: maybe(offerings),
    htmlMetaData: maybe(odd),
    link: maybe(
      fc.constantFrom<unknown>(
        { href: 'https://a.example/x', original: 'https://a.example/x?y', brand: 'a.example' },
        null,
        'https://b.example/',
      ),
    ),
    draft: maybe(fc.constantFrom<unknown>(true, false, 'yes')),
    unknownKey: maybe(odd),
  })
  .map(defined);

const topicValues = fc
  .record({ parent: maybe(fc.oneof(name, fc.constant(null))), description: maybe(odd), color: maybe(odd) })
  .map(defined);
const offeringValues = fc
  .record({
    type: maybe(fc.constantFrom<unknown>('product', 'service', null, 'other')),
    status: maybe(fc.constantFrom<unknown>('approved', null)),
    summary: maybe(odd),
    categories: maybe(names),
  })
  .map(defined);

/** The same front matter in another language; as it is where the other has no words for it. */
const inLanguage = (content: string, language: 'yaml' | 'toml' | 'json'): string => {
  const parts = splitFrontMatter(content, '');
  if (language === 'yaml' || 'rule' in parts) return content;
  const data = LANGUAGES.yaml.parse(parts.header) as JsonObject;
  const below = content.slice(parts.bodyStart);
  if (language === 'json') return `${JSON.stringify(data, null, 2)}\n${below}`;
  try {
    const header = stringify(sayable(data));
    LANGUAGES.toml.parse(header);
    return /^\+\+\+/m.test(header) ? content : `+++\n${header}+++\n${below}`;
  } catch {
    return content;
  }
};

/** How an editor or a tool saved it. */
interface Style {
  language: 'yaml' | 'toml' | 'json';
  crlf: boolean;
  bom: boolean;
  blank: boolean;
  /** What stands before the front matter. */
  lead: string;
}
const style: fc.Arbitrary<Style> = fc.record(
  {
    language: fc.constantFrom('yaml', 'toml', 'json'),
    crlf: fc.boolean(),
    bom: fc.boolean(),
    blank: fc.boolean(),
    lead: fc.constantFrom('', '\n', ' \n\n'),
  },
  { noNullPrototype: true },
);
const inStyle = (given: string, { language, crlf, bom, blank, lead }: Style): string => {
  const content = inLanguage(given, language);
  const spaced = lead + (blank ? content.replace('---\n', '---  \n') : content);
  return `${bom ? '\uFEFF' : ''}${crlf ? spaced.replace(/\r?\n/g, '\r\n') : spaced}`;
};

const rare = <T>(arbitrary: fc.Arbitrary<T>, otherwise: T, weight = 9) =>
  fc.oneof({ weight, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary });
const PLAIN: Style = { language: 'yaml', crlf: false, bom: false, blank: false, lead: '' };
const styled = (content: fc.Arbitrary<string>) => fc.tuple(content, rare(style, PLAIN, 4)).map(([each, how]) => inStyle(each, how));

const body = fc.oneof(fc.constantFrom<string>('<p>Body.</p>\n', '', 'One\n\n---\n\nTwo\n', '<script>x</script>\n\nText\n'), text);
const storyText = styled(fc.tuple(storyValues, body).map(([values, below]) => story(values, below)));
const topicText = styled(fc.tuple(name, topicValues).map(([each, values]) => topicFile(each, values)));
const offeringText = styled(
  fc
    .tuple(fc.constantFrom(...OFFERINGS), offeringValues)
    .map(([{ label, ...rest }, values]) => offeringFile(label, { ...rest, ...values })),
);
const brokenText = fc.constantFrom('', '---\n', '---\ntitle: A\ntitle: B\n---\n', '---\ntitle: "A\\0B"\n---\n', 'No front matter\n');

const storyFile = fc.tuple(fc.constantFrom('a.md', 'b.md', 'c.md', 'deep/d.md', 'deep/er/é.md'), storyText);
const topicFiles = fc.tuple(fc.constantFrom('topics/1.md', 'topics/2.md', 'topics/3.md'), topicText);
const offeringFiles = fc.tuple(fc.constantFrom('offerings/1.md', 'offerings/2.md'), offeringText);
const brokenFile = fc.tuple(fc.constantFrom('a.md', 'broken.md'), brokenText);

/** A file of the seed's family, by its path. */
export const archiveFile: fc.Arbitrary<[string, string]> = fc.oneof(
  { weight: 6, arbitrary: storyFile },
  { weight: 2, arbitrary: topicFiles },
  { weight: 2, arbitrary: offeringFiles },
  { weight: 1, arbitrary: brokenFile },
);

/** A small archive in which files meet each other: in slugs, numbers, names and references. */
export const archive: fc.Arbitrary<Record<string, string>> = fc
  .array(archiveFile, { minLength: 1, maxLength: 8 })
  .map((files) => Object.fromEntries(files) as Record<string, string>);
