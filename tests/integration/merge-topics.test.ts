import { readMerges, readRuns } from '../../migrations/apply/runs';
import { mergeTopics, previewMerge } from '../../migrations/merge-topics';
import { undoArchive } from '../../migrations/undo-archive';
import { writeArchive } from '../support/archive';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { documents } from '../support/documents';
import { contentOf as contentOfApp } from '../support/content-of';
import { story, topicFile } from '../support/story';

let app: ArchiveApp;

beforeAll(async () => {
  app = await startArchiveApp();
});
afterAll(() => app.stop());

/** Everything that is stored. Where a page stands is noted with its first change, and follows from it: what counts is what else leads to it. */
const contentOf = async () => {
  const { curation_redirects: paths = [], ...tables } = await contentOfApp(app);
  return { ...tables, paths: paths.filter((row) => !row.includes('"kind":"live"')) };
};

/** What a reader who asks for an old address is led to. */
const ledTo = async (path: string): Promise<string[]> => {
  const rows = await app.host.knex('curation_redirects').where({ path }).select('kind', 'document_id');
  return (rows as { kind: string; document_id: string }[]).map(({ kind, document_id: documentId }) => `${kind} ${documentId}`);
};

const create = (type: 'curated-content' | 'topic' | 'offering', data: object) => documents(app.strapi, type).create({ data: { ...data } });
const publish = (documentId: string) => documents(app.strapi, 'curated-content').publish({ documentId });
const update = (documentId: string, data: object) => documents(app.strapi, 'curated-content').update({ documentId, data: { ...data } });
const topic = (name: string, data: object = {}) => create('topic', { name, ...data });
const merge = (source: { documentId: string }, target: { documentId: string }) =>
  mergeTopics(app.host, { source: source.documentId, target: target.documentId, user: 'ada@newsroom.example' });

/** The names of a story's topics, in order: as saved and as published. */
const topicsOf = async (documentId: string) => {
  const names = async (status: 'draft' | 'published') => {
    const found: unknown = await documents(app.strapi, 'curated-content').findOne({ documentId, status, populate: ['topics'] });
    return found === null ? null : (found as { topics: { name: string }[] }).topics.map(({ name }) => name);
  };
  return { draft: await names('draft'), published: await names('published') };
};

/** What the list of the Content Manager says of a story. */
const statusOf = async (documentId: string): Promise<string> => {
  const metadata: { getStatus(version: object, others: object[]): string } = app.strapi
    .plugin('content-manager')
    .service('document-metadata');
  const rows = await app.strapi.db.query('plugin::curation.curated-content').findMany({ where: { documentId } });
  const draft = rows.find(({ publishedAt }: { publishedAt: unknown }) => !publishedAt);
  return metadata.getStatus(
    draft,
    rows.filter((row: unknown) => row !== draft),
  );
};

const topicNamed = (name: string) => app.strapi.documents('plugin::curation.topic').findFirst({ filters: { name }, populate: ['parent'] });

describe('a merge', () => {
  it('puts the target at the place of the source, once, in drafts and in what is published, and takes the source away', async () => {
    const [a, b, c, d] = [await topic('M: a'), await topic('M: b'), await topic('M: c'), await topic('M: d')];
    const ids = (...topics: { documentId: string }[]) => topics.map(({ documentId }) => documentId);
    const alone = await create('curated-content', { title: 'alone', topics: ids(c, a, d) });
    const sourceFirst = await create('curated-content', { title: 'source first', topics: ids(a, c, b) });
    const targetFirst = await create('curated-content', { title: 'target first', topics: ids(c, b, a) });
    const modified = await create('curated-content', { title: 'modified', topics: ids(a, c) });
    const draftAlone = await create('curated-content', { title: 'draft alone', topics: ids(c) });
    const publicAlone = await create('curated-content', { title: 'public alone', topics: ids(d, a) });
    for (const { documentId } of [alone, sourceFirst, modified, draftAlone, publicAlone]) await publish(documentId);
    await update(modified.documentId, { topics: ids(d, a), title: 'modified since' });
    await update(draftAlone.documentId, { topics: ids(c, a) });
    await update(publicAlone.documentId, { topics: ids(d) });
    const offering = await create('offering', { name: 'Flow', permalink: '/offering/flow', topics: ids(d, a, b) });
    const child = await topic('M: child', { parent: a.documentId });

    const preview = await previewMerge(app.host, { source: a.documentId, target: b.documentId });
    expect(preview).toMatchObject({
      counts: { 'curated-content': 4, offering: 0, topic: 1 },
      both: { 'curated-content': 2, offering: 1 },
      source: { name: 'M: a' },
    });
    const { counts } = await merge(a, b);
    expect(counts).toMatchObject({ updated: 8, removed: 1 });

    expect(await topicsOf(alone.documentId)).toEqual({ draft: ['M: c', 'M: b', 'M: d'], published: ['M: c', 'M: b', 'M: d'] });
    expect(await topicsOf(sourceFirst.documentId)).toEqual({ draft: ['M: b', 'M: c'], published: ['M: b', 'M: c'] });
    expect(await topicsOf(targetFirst.documentId)).toEqual({ draft: ['M: c', 'M: b'], published: null });
    expect(await topicsOf(modified.documentId)).toEqual({ draft: ['M: d', 'M: b'], published: ['M: b', 'M: c'] });
    expect(await topicsOf(draftAlone.documentId)).toEqual({ draft: ['M: c', 'M: b'], published: ['M: c'] });
    expect(await topicsOf(publicAlone.documentId)).toEqual({ draft: ['M: d'], published: ['M: d', 'M: b'] });
    const statuses = [];
    for (const { documentId } of [alone, targetFirst, modified, draftAlone, publicAlone]) statuses.push(await statusOf(documentId));
    expect(statuses).toEqual(['published', 'draft', 'modified', 'modified', 'modified']);

    const flow = await documents(app.strapi, 'offering').findOne({ documentId: offering.documentId, populate: ['topics'] });
    expect((flow.topics as { name: string }[]).map(({ name }) => name)).toEqual(['M: d', 'M: b']);
    expect(await topicNamed('M: child')).toMatchObject({ documentId: child.documentId, parent: { name: 'M: b' } });
    expect(await topicNamed('M: a')).toBeNull();
  });

  it('of a topic into one below it closes no circle', async () => {
    const top = await topic('T: top');
    const a = await topic('T: a', { parent: top.documentId });
    const middle = await topic('T: middle', { parent: a.documentId });
    const b = await topic('T: b', { parent: middle.documentId });
    const before = await contentOf();
    const { counts } = await previewMerge(app.host, { source: middle.documentId, target: b.documentId });
    // It takes the other's place, and is no narrower topic of itself.
    expect(counts.topic).toBe(0);
    const { run } = await merge(a, b);
    expect(await topicNamed('T: b')).toMatchObject({ parent: { name: 'T: top' } });
    expect(await topicNamed('T: middle')).toMatchObject({ parent: { name: 'T: b' } });
    await undoArchive(app.host, run);
    expect(await contentOf()).toEqual(before);
  });

  it('is refused with itself, and with a topic that is gone; nothing is written', async () => {
    const a = await topic('R: a');
    const before = await contentOf();
    await expect(merge(a, a)).rejects.toMatchObject({ exitCode: 2 });
    await expect(merge(a, { documentId: 'nowhere' })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('nowhere') });
    expect(await contentOf()).toEqual(before);
  });

  it('is a run with the editor’s name, which an undo takes back to the last date, and an undo of that does again', async () => {
    const [a, b] = [await topic('U: a', { description: 'Old' }), await topic('U: b')];
    const one = await create('curated-content', { title: 'u one', topics: [a.documentId, b.documentId] });
    await publish(one.documentId);
    await create('offering', { name: 'U', permalink: '/offering/u', topics: [a.documentId] });
    const before = await contentOf();
    const { run } = await merge(a, b);
    const merged = await contentOf();
    expect(merged).not.toEqual(before);
    expect(await ledTo('/topic/u-a')).toEqual([`merge ${b.documentId}`]);
    expect((await readRuns(app.host, 1))[0]).toMatchObject({
      run,
      kind: 'merge',
      status: 'done',
      user: 'ada@newsroom.example',
      subject: { source: { name: 'U: a' }, target: { name: 'U: b' } },
    });

    const undone = await undoArchive(app.host, run);
    expect(undone.problems).toEqual([]);
    expect(await contentOf()).toEqual(before);
    expect(await ledTo('/topic/u-a')).toEqual([`live ${a.documentId}`]);
    expect(await readMerges(app.host, b.documentId)).toEqual([]);
    const again = await undoArchive(app.host, undone.run!);
    expect(await contentOf()).toEqual(merged);
    expect(await readMerges(app.host, b.documentId)).toMatchObject([{ run }]);

    // Taken back once more, it is no merge that could be taken back.
    await undoArchive(app.host, again.run!);
    expect(await contentOf()).toEqual(before);
    expect(await readMerges(app.host, b.documentId)).toEqual([]);
  });

  describe('is not undone, not in part either,', () => {
    const prepare = async (name: string) => {
      const [a, b] = [await topic(`${name}: a`), await topic(`${name}: b`)];
      const [one, two] = [
        await create('curated-content', { title: `${name} one`, topics: [a.documentId] }),
        await create('curated-content', { title: `${name} two`, topics: [a.documentId] }),
      ];
      return { a, b, one, two, ...(await merge(a, b)) };
    };
    const expectRefused = async (run: number, why: string) => {
      const before = await contentOf();
      await expect(undoArchive(app.host, run)).rejects.toMatchObject({ exitCode: 7, message: expect.stringContaining(why) });
      expect(await contentOf()).toEqual(before);
    };

    it('when somebody changed the topics of a story since', async () => {
      const { run, one, b } = await prepare('N1');
      const other = await topic('N1: c');
      await update(one.documentId, { topics: [b.documentId, other.documentId] });
      await expectRefused(run, '"N1 one" has another "topics" since');
    });

    it('when the old name is taken again', async () => {
      const { run } = await prepare('N2');
      await topic('n2:  A');
      await expectRefused(run, '"N2: a" is gone, and another entry has its name');
    });

    it('when the other topic was merged again', async () => {
      const [a, b, c] = [await topic('N3: a'), await topic('N3: b'), await topic('N3: c')];
      const first = await merge(a, b);
      const second = await merge(b, c);
      await expectRefused(first.run, '"N3: a" means another topic since');
      await undoArchive(app.host, second.run);
      await undoArchive(app.host, first.run);
      expect(await topicNamed('N3: a')).toMatchObject({ documentId: a.documentId });
    });

    it('but is when a story was changed in something else', async () => {
      const { run, one } = await prepare('N4');
      await update(one.documentId, { via: 'Ada' });
      await undoArchive(app.host, run);
      expect((await topicsOf(one.documentId)).draft).toEqual(['N4: a']);
      expect(await documents(app.strapi, 'curated-content').findOne({ documentId: one.documentId })).toMatchObject({ via: 'Ada' });
    });
  });
});

describe('an import after a merge', () => {
  const files = {
    'a.md': topicFile('I: AI', { slug: 'ai' }),
    'b.md': topicFile('I: Artificial intelligence', { slug: 'artificial-intelligence' }),
    'child.md': topicFile('I: Chatbots', { parent: 'I: AI' }),
    'one.md': story({ id: 901, title: 'One', categories: ['I: AI', 'I: Other'] }),
    'two.md': story({ id: 902, title: 'Two', categories: ['I: Artificial intelligence', 'I: AI'] }),
  };
  const idOf = async (workPackageId: number) =>
    (await app.strapi.documents('plugin::curation.curated-content').findFirst({ filters: { workPackageId } }))!.documentId;

  it('finds the new topic by the old name, does not make the old one again and says so at its file', async () => {
    await app.importFrom(await writeArchive(files));
    const [a, b] = [(await topicNamed('I: AI'))!, (await topicNamed('I: Artificial intelligence'))!];
    const { run } = await merge(a, b);
    const merged = await contentOf();

    const again = await app.importFrom(await writeArchive(files));
    expect(again.problems).toMatchObject([{ rule: 'topic/merged', file: 'a.md', severity: 'warning' }]);
    expect(again.counts).toMatchObject({ created: 0, updated: 0, refused: 0, conflicts: 0, unchanged: 6 });
    expect(await contentOf()).toEqual(merged);

    // An editor's own changes since are theirs, and what files newly name is found under either name.
    await update(await idOf(901), { topics: [] });
    await publish(await idOf(901));
    const more = { ...files, 'three.md': story({ id: 903, title: 'Three', categories: ['i:  ai'] }) };
    const third = await app.importFrom(await writeArchive(more));
    expect(third.counts).toMatchObject({ created: 1, updated: 0, conflicts: 0 });
    expect(await topicsOf(await idOf(903))).toEqual({ draft: ['I: Artificial intelligence'], published: ['I: Artificial intelligence'] });
    expect(await topicsOf(await idOf(901))).toEqual({ draft: [], published: [] });
    expect(await topicNamed('I: AI')).toBeNull();

    // Without the story that an editor emptied the merge can still be seen through.
    await expect(undoArchive(app.host, run)).rejects.toMatchObject({ exitCode: 7 });
  });

  it('finds it by the old slug and by the old id too, through merges of merges', async () => {
    const mapping = {
      name: 'keys',
      collections: [
        { type: 'topic', include: ['topics/**/*.md'], key: 'code', fields: { slug: ['slug', '$basename'], name: 'title' } },
        {
          type: 'curated-content',
          include: ['news/**/*.md'],
          fields: { title: 'title', slug: '$basename', topics: { from: 'topics', match: 'slug' } },
        },
        {
          type: 'curated-content',
          include: ['coded/**/*.md'],
          fields: { title: 'title', slug: '$basename', topics: { from: 'topics', match: 'id' } },
        },
      ],
    };
    const { loadMapping } = await import('../../migrations/mappings');
    const folder = await writeArchive({ 'mapping.json': JSON.stringify(mapping) });
    const loaded = await loadMapping(`${folder}/mapping.json`);
    const page = (title: string, rest = '') => `---\ntitle: ${title}\n${rest}---\n`;
    const archive = {
      'topics/k-old.md': page('K old', 'code: K1\n'),
      'topics/k-new.md': page('K new', 'code: K2\n'),
      'topics/k-last.md': page('K last', 'code: K3\n'),
    };
    await app.importFrom(await writeArchive(archive), { mapping: loaded });
    const topics = [(await topicNamed('K old'))!, (await topicNamed('K new'))!, (await topicNamed('K last'))!] as const;
    await merge(topics[0], topics[1]);
    await merge(topics[1], topics[2]);

    const more = { ...archive, 'news/n.md': page('N', 'topics: [k-old]\n'), 'coded/c.md': page('C', 'topics: [K1, K2]\n') };
    const report = await app.importFrom(await writeArchive(more), { mapping: loaded });
    expect(report.problems.map(({ rule, file }) => [rule, file])).toEqual([
      ['topic/merged', 'topics/k-new.md'],
      ['topic/merged', 'topics/k-old.md'],
    ]);
    const stories = await app.strapi
      .documents('plugin::curation.curated-content')
      .findMany({ filters: { title: { $in: ['N', 'C'] } }, populate: ['topics'], sort: 'title' });
    expect(stories.map(({ title, topics: of }) => [title, (of as { name: string }[]).map(({ name }) => name)])).toEqual([
      ['C', ['K last']],
      ['N', ['K last']],
    ]);
  });

  it('makes the topic anew where the one that stood for it was deleted', async () => {
    const [a, b] = [await topic('Z: a'), await topic('Z: b')];
    await merge(a, b);
    await app.strapi.documents('plugin::curation.topic').delete({ documentId: b.documentId });
    const report = await app.importFrom(await writeArchive({ 'z.md': topicFile('Z: a') }));
    expect(report).toMatchObject({ counts: { created: 1 }, problems: [] });
    expect(await topicNamed('Z: a')).not.toBeNull();
  });
});
