import path from 'node:path';

import { explainFile } from '../../migrations/explain-file';
import { lintArchive } from '../../migrations/lint-archive';
import { astro } from '../../migrations/mappings/astro';
import { loadMapping } from '../../migrations/mappings';
import { medigy } from '../../migrations/mappings/medigy';
import { DEFAULT_LIMITS } from '../../migrations/source/limits';
import { writeArchive } from '../support/archive';
import { edit, recordsOf } from '../support/mapping';

const limits = DEFAULT_LIMITS;
const page = (front: string, body = 'Text.\n') => `---\n${front}---\n${body}`;

describe('a post of Astro', () => {
  const body = "import Chart from './Chart.astro';\n\n<Chart rows={[1, 2]} />\n";
  const { records, problems } = recordsOf(
    {
      'blog/first-post.mdx': page(
        "title: 'First post'\ndescription: 'Lorem'\npubDate: 'Jul 08 2022'\nupdatedDate: 2022-08-01\nheroImage: '../../assets/a.jpg'\ntags: [news]\ndraft: true\n",
        body,
      ),
      'blog/second/index.md': page(
        'title: Second\npubDatetime: 2023-01-02T03:04:05Z\nimage: {src: ./b.jpg, alt: A bridge}\nauthor: Ann\npostSlug: number-two\n',
      ),
    },
    astro,
  );

  it('has its dates, picture and tags from what the template calls them', () => {
    expect(problems).toEqual([]);
    expect(records[0]).toMatchObject({
      isDraft: true,
      values: { title: 'First post', slug: 'first-post', description: 'Lorem', date: '2022-07-08', body },
      media: { featuredImage: { href: '../../assets/a.jpg' } },
      links: { topics: [{ values: { name: 'news' } }] },
    });
    expect(records[1]).toMatchObject({
      values: { title: 'Second', slug: 'number-two', date: '2023-01-02', authors: ['Ann'] },
      media: { featuredImage: { href: './b.jpg', alternativeText: 'A bridge' } },
    });
  });

  it('takes edits where the file has its values', () => {
    expect(edit(records[0]!, astro, { date: '2024-01-31' })).toContain("pubDate: '2024-01-31'\n");
  });
});

describe('an MDX file', () => {
  const files = { 'a.mdx': page('title: A\n'), 'b.md': page('title: B\n'), '_c.mdx': page('title: C\n') };
  const lint = async (only: Record<string, string>, mapping = astro) => lintArchive({ folder: await writeArchive(only), mapping, limits });

  it('is read where the mapping includes it', async () => {
    expect((await lint(files)).counts).toMatchObject({ files: 2, errors: 0, warnings: 0 });
    const folder = await writeArchive({
      'm.json': JSON.stringify({
        name: 'docs',
        collections: [{ type: 'curated-content', include: ['**/*.md', 'a.mdx'], fields: { title: 'title', body: '$body' } }],
      }),
    });
    const own = await loadMapping('./m.json', folder);
    expect((await lint({ ...files, 'other.mdx': 'No front matter' }, own)).counts).toMatchObject({ files: 2, errors: 0, warnings: 0 });
  });

  it('is passed over by all others, and told of where there is nothing else', async () => {
    expect((await lint(files, medigy)).counts).toMatchObject({ files: 1 });
    await expect(lint({ 'a.mdx': files['a.mdx'] }, medigy)).rejects.toThrow(
      'The mapping "medigy" includes none of its .mdx files. Nothing was done.',
    );
  });

  it('is explained as it is imported', async () => {
    const folder = await writeArchive(files);
    const verdictOf = async (mapping: typeof astro) =>
      (await explainFile({ file: path.join(folder, 'a.mdx'), folder, mapping, limits })).verdict;
    expect([await verdictOf(astro), await verdictOf(medigy)]).toEqual(['taken', 'left-out']);
  });
});
