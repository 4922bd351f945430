import { lintArchive } from '../../migrations/lint-archive';
import { loadMapping } from '../../migrations/mappings';
import { compileMapping } from '../../migrations/mappings/file/compile';
import type { Mapping } from '../../migrations/mappings/mapping';
import { DEFAULT_LIMITS } from '../../migrations/source/limits';
import { writeArchive } from '../support/archive';

const told = async (mapping: Mapping, header: string) => {
  const folder = await writeArchive({ 'story.md': `---\n${header}\n---\n` });
  const { problems } = await lintArchive({ folder, mapping, limits: DEFAULT_LIMITS });
  return problems
    .filter(({ rule }) => rule === 'front-matter/unknown-key')
    .map(({ line, column, message }) => `${line}:${column} ${message}`);
};

describe('a key that nothing reads', () => {
  let hugo: Mapping;
  let medigy: Mapping;
  beforeAll(async () => {
    hugo = await loadMapping('hugo');
    medigy = await loadMapping('medigy');
  });

  it.each([
    ['a letter too few', 'descripton: x', '3:1 "descripton" is kept, and fills nothing. Did you mean "description"?'],
    ['two letters that changed places', 'layuot: x', '3:1 "layuot" is kept, and fills nothing. Did you mean "layout"?'],
    ['other letter case', 'Tags: [a]', '3:1 "Tags" is kept, and fills nothing. Did you mean "tags"?'],
  ])('is told with the key that was meant: %s', async (_, line, message) => {
    expect(await told(hugo, `title: Hello\n${line}`)).toEqual([message]);
  });

  it('is told with its place inside another', async () => {
    expect(await told(medigy, 'title: Hello\nlink:\n  orginal: https://a.example/b')).toEqual([
      '4:3 "link.orginal" is kept, and fills nothing. Did you mean "link.original"?',
    ]);
  });

  it.each([
    ['looks like none', 'weight: 3\nmenu: main'],
    ['is too short to be a slip', 'data: x\nlint: y'],
    ['stands beside the key that it looks like', 'layout: a\nlayuot: b'],
    ['is a slip of a short one', 'tagz: [a]'],
    ['is a list of what another holds one of', 'layouts: [b]'],
  ])('is left in peace where it %s', async (_, lines) => {
    expect(await told(hugo, `title: Hello\n${lines}`)).toEqual([]);
  });

  it('is left in peace where a mapping file names it', async () => {
    const mapping = compileMapping({
      name: 'own',
      collections: [{ type: 'curated-content', include: ['**/*.md'], fields: { title: ['title', 'Title'], description: 'descripton' } }],
    });
    expect(await told(mapping, 'Title: Hello\ndescripton: x')).toEqual([]);
  });
});
