import { recordPaths } from '../../migrations/mappings/aliases';
import { medigy } from '../../migrations/mappings/medigy';
import { RedirectCheck } from '../../migrations/plan/redirect-check';
import { readArchive } from '../../migrations/read-archive';
import { DEFAULT_LIMITS } from '../../migrations/source/limits';
import { writeArchive } from '../support/archive';
import { recordsOf } from '../support/mapping';
import { offeringFile, story, topicFile } from '../support/story';

const problemsOf = async (files: Record<string, string>) => {
  const { problems } = await readArchive(await writeArchive(files), medigy, { limits: DEFAULT_LIMITS });
  return problems.map(({ file, line, column, rule, message }) => `${file}:${line}:${column} ${rule} ${message}`).sort();
};
const at = (id: number, slug: string, aliases?: unknown) =>
  story({ id, title: `Story ${slug}`, slug, ...(aliases === undefined ? {} : { aliases }) });

describe('the aliases of an archive', () => {
  it('are no problem where each leads to one story', async () => {
    expect(
      await problemsOf({
        'a.md': at(1, 'a', ['/x', 'y/', '']),
        'b.md': at(2, 'b', '/z'),
        'c.md': at(3, 'c', ''),
        'd.md': at(4, 'd', null),
      }),
    ).toEqual([expect.stringContaining('a.md:9:5 redirect/invalid The alias "" is blank.')]);
  });

  it('are told with both places where two stories have one', async () => {
    const files = { 'a.md': at(1, 'a', ['/w', '/x']), 'b.md': at(2, 'b', '/X/'), 'c.md': at(3, 'c', ['/q', '/x', '/q']) };
    expect(await problemsOf(files)).toEqual([
      'b.md:6:1 redirect/duplicate "/X" is an alias of "Story a" too (a.md:8), and leads there.',
      'c.md:8:5 redirect/duplicate "/x" is an alias of "Story a" too (a.md:8), and leads there.',
      'c.md:9:5 redirect/duplicate "/q" stands here a second time.',
    ]);
  });

  it('never hide a story, a topic or an offering', async () => {
    const problems = await problemsOf({
      'a.md': at(1, 'a', ['/topic/w-t', '/offering/o', '/b']),
      'b.md': at(2, 'b'),
      'o.md': offeringFile('O', { offeringId: 1, permalink: '/offering/o' }),
      't.md': topicFile('W: T', { slug: 'w-t' }),
    });
    expect(problems).toEqual([
      expect.stringContaining('redirect/collision "/topic/w-t" is where "W: T" stands (t.md)'),
      expect.stringContaining('redirect/collision "/offering/o" is where "O" stands (o.md)'),
      expect.stringContaining('redirect/collision "/b" is where "Story b" stands (b.md)'),
    ]);
  });

  it('lead neither in a circle nor from one to the next', async () => {
    expect(await problemsOf({ 'a.md': at(1, 'a', '/a/') })).toEqual([
      expect.stringContaining('redirect/loop "/a" is where the story itself stands.'),
    ]);
    const circle = await problemsOf({ 'a.md': at(1, 'a', '/b'), 'b.md': at(2, 'b', '/c'), 'c.md': at(3, 'c', '/a') });
    expect(circle.map((line) => line.split(' ')[1])).toEqual(['redirect/loop', 'redirect/loop', 'redirect/loop']);
    const chain = await problemsOf({ 'a.md': at(1, 'a', '/old'), 'b.md': at(2, 'b', '/a') });
    expect(chain).toEqual([expect.stringContaining('b.md:')]);
    expect(chain[0]).toContain('redirect/chain "/a" is where "Story a" stands (a.md), with aliases of its own');
  });

  it.each([
    ['a chain', '/end', 'redirect/chain'],
    ['a circle', '/s0', 'redirect/loop'],
  ])('may be %s through the whole archive', (_, last, rule) => {
    const many = 10_000;
    const aliasOf = (index: number) => (index === many - 1 ? last : `/s${index + 1}`);
    const { records } = recordsOf(
      Object.fromEntries(Array.from({ length: many }, (__, index) => [`${index}.md`, at(index, `s${index}`, aliasOf(index))])),
      medigy,
    );
    const check = new RedirectCheck();
    for (const record of records) check.add(recordPaths(record));
    const problems = check.problems((number) => records[number]!);
    expect(problems).toHaveLength(last === '/end' ? many - 1 : many);
    expect(new Set(problems.map((each) => each.rule))).toEqual(new Set([rule]));
  });

  it('are told in each place where two files are full of the same', async () => {
    const many = Array.from({ length: 4_000 }, (_, index) => `/x${index}`);
    const problems = await problemsOf({ 'a.md': at(1, 'a', many), 'b.md': at(2, 'b', many) });
    expect(problems).toHaveLength(many.length);
    expect(problems).toContain('b.md:4006:5 redirect/duplicate "/x3999" is an alias of "Story a" too (a.md:4006), and leads there.');
  });
});
