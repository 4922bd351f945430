import { undoArchive } from '../../migrations/undo-archive';
import { compileMapping } from '../../migrations/mappings/file/compile';
import { mappingFile } from '../../migrations/mappings/file/schema';
import { readArchive, writeArchive } from '../support/archive';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { contentOf as contentOfApp } from '../support/content-of';
import { documents } from '../support/documents';
import { story } from '../support/story';
import { emptyTables } from '../support/tables';

let app: ArchiveApp;

beforeAll(async () => {
  app = await startArchiveApp();
});
afterAll(() => app.stop());
beforeEach(() => emptyTables(app.strapi));

const contentOf = () => contentOfApp(app);
const undo = (run: number) => undoArchive(app.host, run);

/** Who stands at each slug, by title or name. */
const slugs = async (type: 'curated-content' | 'topic' = 'curated-content'): Promise<Record<string, string>> => {
  const rows = await app.strapi.db.query(`plugin::curation.${type}`).findMany({ where: { publishedAt: { $notNull: true } } });
  return Object.fromEntries(rows.map(({ slug, title, name }) => [slug as string, (title ?? name) as string]));
};

/** Imports what is to follow and looks at it from all sides: it writes all at once, nothing a second time, and an undo takes it back. */
const expectInOneRun = async (files: Record<string, string>, options: Parameters<ArchiveApp['importFrom']>[1] = {}) => {
  const folder = await writeArchive(files);
  const before = await contentOf();
  const { run, problems } = await app.importFrom(folder, options);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const after = await contentOf();
  expect((await app.importFrom(folder, options)).run).toBeNull();

  const undone = await undo(run!);
  expect(undone.problems).toEqual([]);
  expect(await contentOf()).toEqual(before);
  expect((await undo(undone.run!)).problems).toEqual([]);
  expect(await contentOf()).toEqual(after);
};

const file = (id: number, slug: string, title = `Story ${id}`) => ({ [`${id}.md`]: story({ id, title, slug }) });

describe('a slug goes from one story to another in one import', () => {
  it('that deletes the one', async () => {
    await app.importFrom(await writeArchive({ ...file(1, 'one'), ...file(2, 'two') }));
    await expectInOneRun({ ...file(2, 'two'), ...file(3, 'one') }, { missing: 'delete', maxMissing: { share: 1 } });
    expect(await slugs()).toEqual({ two: 'Story 2', one: 'Story 3' });
  });

  it('in which the one moves on and a new one comes', async () => {
    await app.importFrom(await writeArchive(file(5, 'here')));
    await expectInOneRun({ ...file(4, 'here'), ...file(5, 'there') });
    expect(await slugs()).toEqual({ here: 'Story 4', there: 'Story 5' });
  });

  it('in which two change places', async () => {
    await app.importFrom(await writeArchive({ ...file(1, 'one'), ...file(2, 'two') }));
    await expectInOneRun({ ...file(1, 'two'), ...file(2, 'one') });
    expect(await slugs()).toEqual({ one: 'Story 2', two: 'Story 1' });
  });

  it('in which hundreds move up by one, and the last one goes', async () => {
    const ids = Array.from({ length: 450 }, (_, index) => index + 1);
    const moved = (by: number) => Object.assign({}, ...ids.map((id) => file(id, `s-${id + by}`))) as Record<string, string>;
    await app.importFrom(await writeArchive({ ...moved(0), ...file(900, 's-451') }));
    await expectInOneRun({ ...moved(1), ...file(901, 's-1') }, { missing: 'delete' });
    expect(Object.keys(await slugs())).toHaveLength(451);
    expect(await slugs()).toMatchObject({ 's-1': 'Story 901', 's-2': 'Story 1', 's-451': 'Story 450' });
  });

  it('and not where the one that has it keeps it', async () => {
    await app.importFrom(await writeArchive({ ...file(1, 'one'), ...file(2, 'two'), ...file(3, 'three') }));
    await documents(app.strapi, 'curated-content').create({ data: { title: 'Mine', slug: 'mine' } });
    // 1 wants what an editor has, so that 2 does not get what 1 has, nor 3 what 2 has.
    const folder = await writeArchive({ ...file(1, 'mine'), ...file(2, 'one'), ...file(3, 'two') });
    const report = await app.importFrom(folder);
    expect(report.run).toBeNull();
    expect(report.counts).toMatchObject({ refused: 3, updated: 0 });
    expect(report.problems.map(({ file: name, rule }) => [name, rule])).toEqual([
      ['1.md', 'content/slug-duplicate'],
      ['2.md', 'content/slug-duplicate'],
      ['3.md', 'content/slug-duplicate'],
    ]);
    expect(await slugs()).toEqual({ one: 'Story 1', two: 'Story 2', three: 'Story 3' });
  });

  it('and not where an editor chose another slug for the one, and is not overruled', async () => {
    await app.importFrom(await writeArchive({ ...file(1, 'one'), ...file(2, 'two') }));
    const [{ documentId }] = await app.strapi.db.query('plugin::curation.curated-content').findMany({ where: { slug: 'one' } });
    await documents(app.strapi, 'curated-content').update({ documentId, data: { slug: 'chosen' } });
    await documents(app.strapi, 'curated-content').publish({ documentId });
    const folder = await writeArchive({ ...file(1, 'other'), ...file(2, 'chosen') });
    const report = await app.importFrom(folder);
    expect(report.counts).toMatchObject({ refused: 1, conflicts: 1 });
    expect(await slugs()).toEqual({ chosen: 'Story 1', two: 'Story 2' });
    await expectInOneRun({ ...file(1, 'other'), ...file(2, 'chosen') }, { onConflict: 'file' });
    expect(await slugs()).toEqual({ other: 'Story 1', chosen: 'Story 2' });
  });
});

describe('an undo', () => {
  it('leaves a slug with the story that took it since', async () => {
    await app.importFrom(await writeArchive(file(1, 'first')));
    const { run } = await app.importFrom(await writeArchive(file(1, 'second', 'Renamed')));
    await documents(app.strapi, 'curated-content').create({ data: { title: 'Mine', slug: 'first' } });
    const undone = await undo(run!);
    expect(undone.problems.map(({ message }) => message)).toEqual([
      '"Renamed" does not get its "slug" back: another entry has it since; it is left as it is.',
    ]);
    expect(await slugs()).toEqual({ second: 'Story 1' });
  });

  it('leaves a story withdrawn whose slug another one took since', async () => {
    await app.importFrom(await writeArchive({ ...file(1, 'mine'), ...file(2, 'two') }));
    const { run } = await app.importFrom(await writeArchive(file(2, 'two')), { missing: 'unpublish', maxMissing: { share: 1 } });
    const [{ documentId }] = await app.strapi.db.query('plugin::curation.curated-content').findMany({ where: { slug: 'mine' } });
    await documents(app.strapi, 'curated-content').update({ documentId, data: { slug: 'elsewhere' } });
    const { documentId: other } = await documents(app.strapi, 'curated-content').create({ data: { title: 'Mine', slug: 'mine' } });
    await documents(app.strapi, 'curated-content').publish({ documentId: other });
    const undone = await undo(run!);
    expect(undone.problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('is not published again: another entry has its slug since'),
    ]);
    expect(await slugs()).toEqual({ mine: 'Mine', two: 'Story 2' });
  });
});

describe('topics', () => {
  const mapping = compileMapping(
    mappingFile.parse({
      name: 'places',
      collections: [{ type: 'topic', include: ['**/*.md'], fields: { name: 'name', slug: 'slug' } }],
    }),
  );
  const topic = (path: string, name: string, slug?: string) => ({
    [`${path}.md`]: `---\nname: ${name}\n${slug ? `slug: ${slug}\n` : ''}---\n`,
  });

  it('change names and slugs with each other', async () => {
    await app.importFrom(await writeArchive({ ...topic('a', 'Ann', 'x'), ...topic('b', 'Bob', 'y') }), { mapping });
    await expectInOneRun({ ...topic('a', 'Bob', 'y'), ...topic('b', 'Ann', 'x') }, { mapping });
    expect(await slugs('topic')).toEqual({ x: 'Ann', y: 'Bob' });
  });

  it('that are new get what another one had at the next import, and are told so', async () => {
    await app.importFrom(await writeArchive(topic('b', 'Bob', 'y')), { mapping });
    const folder = await writeArchive({ ...topic('b', 'Bob', 'z'), ...topic('c', 'Cat', 'y') });
    const report = await app.importFrom(folder, { mapping });
    expect(report.problems).toMatchObject([
      {
        file: 'c.md',
        rule: 'content/slug-duplicate',
        message: expect.stringContaining('until this import is done; the next one finds it free'),
      },
    ]);
    expect((await app.importFrom(folder, { mapping })).counts).toMatchObject({ created: 1, refused: 0 });
    expect(await slugs('topic')).toEqual({ z: 'Bob', y: 'Cat' });
  });

  it('do not take a name that another one has and keeps', async () => {
    await app.importFrom(await writeArchive({ ...topic('a', 'Ann'), ...topic('b', 'Bob') }), { mapping });
    const report = await app.importFrom(await writeArchive({ ...topic('a', 'Bob'), ...topic('b', 'Bob') }), { mapping });
    expect(report.problems.map(({ file: name, rule }) => [name, rule])).toEqual([
      ['a.md', 'content/slug-duplicate'],
      ['b.md', 'content/identity-duplicate'],
    ]);
    expect(await slugs('topic')).toEqual({ ann: 'Ann', bob: 'Bob' });
  });
});

describe('a story that comes back', () => {
  it('gets another slug where it has been taken meanwhile and no file gives it', async () => {
    const folder = await writeArchive({ 'a.md': story({ id: 1, title: 'Back' }) });
    await app.importFrom(folder);
    const [{ documentId }] = await app.strapi.db.query('plugin::curation.curated-content').findMany({ where: { slug: 'back' } });
    await documents(app.strapi, 'curated-content').delete({ documentId });
    const { documentId: other } = await documents(app.strapi, 'curated-content').create({ data: { title: 'Mine', slug: 'back' } });
    await documents(app.strapi, 'curated-content').publish({ documentId: other });
    expect((await app.importFrom(folder, { resurrect: true })).counts).toMatchObject({ created: 1 });
    expect(await slugs()).toEqual({ back: 'Mine', 'back-2': 'Back' });
  });
});

describe('a file that describes another story than before', () => {
  const named = (title: string, id?: number) => ({ 'a.md': story({ title, ...(id ? { id } : {}) }) });

  it('by an id that it did not have is the story that it was', async () => {
    await app.importFrom(await writeArchive(named('First')));
    await expectInOneRun(named('Second', 7));
    expect(await slugs()).toEqual({ first: 'Second' });
  });

  it('leaves the one before without a file', async () => {
    await app.importFrom(await writeArchive({ ...named('First', 1), ...file(9, 'nine') }));
    await expectInOneRun({ ...named('Second', 2), ...file(9, 'nine') }, { missing: 'delete', maxMissing: { share: 1 } });
    expect(await slugs()).toEqual({ second: 'Second', nine: 'Story 9' });
  });

  it('does not lose its words to the one before in an export', async () => {
    await app.importFrom(await writeArchive(named('First', 1)));
    const folder = await writeArchive(named('Second', 2));
    await app.importFrom(folder);
    await app.exportTo(folder);
    const exported = await readArchive(folder);
    expect(exported['a.md']).toBe(named('Second', 2)['a.md']);
    expect(exported['a-2.md']).toBe(named('First', 1)['a.md']);
    expect((await app.planFrom(folder)).counts).toMatchObject({ created: 0, updated: 0, conflicts: 0, refused: 0 });
  });
});
