import { explainFile } from '../../migrations/explain-file';
import { lintArchive } from '../../migrations/lint-archive';
import { cleanText } from '../../migrations/mappings/clean-text';
import { compileMapping } from '../../migrations/mappings/file/compile';
import { hugo } from '../../migrations/mappings/hugo';
import type { Mapping } from '../../migrations/mappings/mapping';
import { medigy } from '../../migrations/mappings/medigy';
import { DEFAULT_LIMITS } from '../../migrations/source/limits';
import { writeArchive } from '../support/archive';
import { curation } from '../support/cli';
import { parsed, recordsOf } from '../support/mapping';
import { story, topicFile } from '../support/story';

const ACTIVE = '<p>A</p>\n<p onclick="f()">B</p>\n';
const CLEAN = '<p>A</p>\n<p>B</p>\n';

const only = (files: Record<string, string>, mapping: Mapping = medigy) => {
  const { records, problems } = recordsOf(files, mapping);
  expect(records).toHaveLength(1);
  return { values: records[0]!.values, problems };
};

it.each<[string, Mapping, string, string]>([
  ['of the seed', medigy, 'a.md', story({ id: 1, title: 'A' }, ACTIVE)],
  ['of Hugo', hugo, 'posts/a.md', `---\ntitle: A\n---\n${ACTIVE}`],
])('leaves active HTML out of a body: the mapping %s', (_, mapping, path, text) => {
  const { values, problems } = only({ [path]: text }, mapping);
  expect(values.body).toBe(CLEAN);
  const told = problems.filter(({ rule }) => rule === 'html/active');
  expect(told).toMatchObject([{ file: path, severity: 'warning', column: 4, source: '<p onclick="f()">B</p>' }]);
  expect(text.split('\n')[told[0]!.line - 1]).toBe('<p onclick="f()">B</p>');
});

it.each([
  ['a byte order mark', '\uFEFF---\ntitle: A\n---\n<p onclick=f()>', 4, 4],
  ['CRLF', '---\r\ntitle: A\r\n---\r\na\r\n<p onclick=f()>\r\n', 5, 4],
  ['no line end', '---\ntitle: A\n---\n[x](javascript:1)', 4, 5],
])('tells the place in a file with %s', (_, text, line, column) => {
  const { problems } = only({ 'a.md': text }, hugo);
  expect(problems).toMatchObject([{ rule: 'html/active', line, column, source: text.split(/\r?\n/)[line - 1] }]);
});

it('looks at whatever comes from the text below the front matter, and at a body that stands in the front matter', () => {
  const mapping = compileMapping({
    name: 'test',
    collections: [
      { type: 'topic', include: ['t/*.md'], fields: { name: 'title', slug: 'slug', description: ['deck', '$body'] } },
      { type: 'curated-content', include: ['*.md'], fields: { title: 'title', slug: 'slug', body: 'content' } },
    ],
  });
  expect(only({ 't/a.md': `---\ntitle: A\nslug: a\n---\n${ACTIVE}` }, mapping).values.description).toBe(CLEAN);
  const { values, problems } = only({ 'a.md': '---\ntitle: A\nslug: a\ncontent: <p onclick=f()>B</p>\n---\nText.\n' }, mapping);
  expect(values.body).toBe('<p>B</p>');
  expect(problems).toMatchObject([{ rule: 'html/active', line: 4, column: 1 }]);
  expect(only({ 'a.md': `${topicFile('AI').trimEnd()}\n${ACTIVE}` }).values.description).toBe(CLEAN);
});

it('leaves plain text as it is', () => {
  const { values, problems } = only({ 'a.md': story({ id: 1, title: 'The <script> tag', description: '<script>1</script>' }) });
  expect(values).toMatchObject({ title: 'The <script> tag', description: '<script>1</script>' });
  expect(problems.filter(({ rule }) => rule === 'html/active')).toEqual([]);
});

it('keeps it where that is asked for, and frames from hosts that are named', () => {
  const file = parsed('a.md', `---\ntitle: A\n---\n${ACTIVE}<iframe src="https://maps.example/"></iframe>\n`);
  expect(cleanText(file, file.body, [], { html: 'keep' })).toEqual({ text: file.body, problems: [] });
  const { text, problems } = cleanText(file, file.body, [], { frames: ['maps.example'] });
  expect(text).toBe(`${CLEAN}<iframe src="https://maps.example/"></iframe>\n`);
  expect(problems).toHaveLength(1);
});

it('tells no more than anybody reads', () => {
  const file = parsed('a.md', `---\ntitle: A\n---\n${'<p onclick=f()>'.repeat(2000)}`);
  const { text, problems } = cleanText(file, file.body, [], {});
  expect(text).toBe('<p>'.repeat(2000));
  expect(problems).toHaveLength(500);
  expect(problems.at(-1)).toMatchObject({ message: '1501 more of this kind from here on.', line: 4 });
  expect(problems.at(-1)).not.toHaveProperty('source');
});

describe('the command line', () => {
  const archive = () => writeArchive({ 'a.md': story({ id: 1, title: 'A' }, `${ACTIVE}<iframe src="https://maps.example/"></iframe>\n`) });

  it('reports it, or not', async () => {
    const folder = await archive();
    const rulesOf = async (...options: string[]) => {
      const { json } = await curation(['lint', folder, '--format', 'json', ...options]);
      return json().problems.map(({ rule, message }) => `${rule}: ${message}`);
    };
    expect(await rulesOf()).toHaveLength(2);
    expect(await rulesOf('--frames', 'maps.example')).toEqual(['html/active: "onclick" of <p> is taken out.']);
    expect(await rulesOf('--html', 'keep')).toEqual([]);
    expect((await curation(['lint', folder, '--frames', 'https://maps.example/'])).code).toBe(2);
  });

  it('explains the body as it will be stored', async () => {
    const folder = await archive();
    const bodyOf = async (html: 'strip' | 'keep') => {
      const { attributes } = await explainFile({ file: `${folder}/a.md`, mapping: medigy, html, limits: DEFAULT_LIMITS });
      return attributes.find(({ attribute }) => attribute === 'body')!.value;
    };
    expect(await bodyOf('strip')).toBe(CLEAN);
    expect(await bodyOf('keep')).toContain('onclick');
  });
});

it('reads a large body in a time that its length explains', async () => {
  const bodies = ['<p class="a">A <b>word</b></p>\n', '<a <b ', '<script>', '`<script>` ', '<a x="', '](', '> <p onclick=x>\n', '<'];
  bodies.push(']:javascript:', ']:<javascript:');
  const megabyte = (text: string) => `${text.repeat(2 ** 20 / text.length)} x`;
  const folder = await writeArchive(
    Object.fromEntries(bodies.map((text, id) => [`${id}.md`, story({ id, title: `T${id}`, description: 'x' }, megabyte(text))])),
  );
  const started = performance.now();
  const { counts } = await lintArchive({ folder, mapping: medigy, limits: DEFAULT_LIMITS });
  expect(counts).toMatchObject({ files: bodies.length, errors: 0 });
  // It takes a few seconds; the square of the length would take hours.
  expect(performance.now() - started).toBeLessThan(100_000);
});
