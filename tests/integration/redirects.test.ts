import pc from 'picocolors';

import { addRedirects, moveRedirects, refreshRedirects } from '../../migrations/apply/redirects';
import type { ArchiveOptions } from '../../migrations/import-archive';
import { reviewOf } from '../../migrations/plan/review';
import { operationText } from '../../migrations/report/plan-text';
import { undoArchive } from '../../migrations/undo-archive';
import { writeArchive } from '../support/archive';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { documents } from '../support/documents';
import { offeringFile, story, topicFile } from '../support/story';

const STORY = 'plugin::curation.curated-content';

let app: ArchiveApp;

beforeAll(async () => {
  app = await startArchiveApp();
  app.strapi.config.set('plugin::curation.site.url', 'https://www.site.example');
});

afterAll(() => app.stop());

const importFiles = async (files: Record<string, string>, options = {}) => app.importFrom(await writeArchive(files), options);

/** What a plan says of redirects. */
const plannedLines = async (files: Record<string, string>, options: Partial<ArchiveOptions> = {}): Promise<string[]> => {
  const plan = await app.planFrom(await writeArchive(files), { maxMissing: { share: 1 }, ...options });
  const lines = [...reviewOf(plan)].flatMap((operation) => operationText(operation, pc.createColors(false)));
  plan.operations.close();
  return lines.filter((line) => line.includes('redirect')).map((line) => line.trim());
};

/** `kind path`, in the order in which they came. */
const pathsOf = async (title: string): Promise<string[]> => {
  const rows = await app.strapi.db.query(STORY).findMany({ where: { title } });
  const found = await app.strapi.db
    .query('plugin::curation.redirect')
    .findMany({ where: { documentId: rows[0]?.documentId ?? '' }, orderBy: { id: 'asc' } });
  return found.map(({ kind, path }: { kind: string; path: string }) => `${kind} ${path}`);
};
const everything = () => app.strapi.db.query('plugin::curation.redirect').findMany({ orderBy: { id: 'asc' } });

describe('a plan', () => {
  const page = { id: 90, title: 'Planned', basePath: '/news/', slug: 'planned' };
  const from = (...paths: string[]) => paths.map((path) => `+ redirect ${path}`);

  it('tells the redirects that the import will add', async () => {
    const files = { 'p.md': story({ ...page, aliases: ['/older/', '/news/planned', '/'] }) };
    expect(await plannedLines(files)).toEqual(from('/older → /news/planned'));
    expect(await plannedLines(files, { publish: 'none' })).toEqual([]);

    await importFiles(files);
    expect(await plannedLines(files)).toEqual([]);
    const moved = { 'p.md': story({ ...page, slug: 'moved', aliases: ['/older', '/oldest'] }) };
    expect(await plannedLines(moved)).toEqual(from('/oldest → /news/moved', '/news/planned → /news/moved'));
    await importFiles(moved);
    expect(await pathsOf('Planned')).toEqual(['alias /older', 'slug /news/planned', 'live /news/moved', 'alias /oldest']);

    const withdrawn = { 'p.md': story({ ...page, slug: 'moved', aliases: ['/older', '/oldest'], draft: true }) };
    expect(await plannedLines(withdrawn, { publish: 'as-source' })).toEqual([]);
    await importFiles(withdrawn, { publish: 'as-source' });
    expect(await plannedLines(moved)).toEqual(from('/older → /news/moved', '/oldest → /news/moved'));
    const [entry] = await app.strapi.db.query(STORY).findMany({ where: { title: 'Planned' } });
    await documents(app.strapi, 'curated-content').delete({ documentId: String(entry.documentId) });
  });
});

describe('an import', () => {
  const first = { id: 1, title: 'First', basePath: '/news/', slug: 'first' };

  it('leads aliases to their story, and takes back what it did', async () => {
    const run = await importFiles({ 'a.md': story({ ...first, aliases: ['/old/First/', 'news/caf%C3%A9', '/', '/x?y=1'] }) });
    expect(await pathsOf('First')).toEqual(['live /news/first', 'alias /old/First', 'alias /news/café']);
    const full = await everything();

    const undone = await undoArchive(app.host, run.run!);
    expect(await everything()).toEqual([]);
    await undoArchive(app.host, undone.run!);
    expect(await everything()).toEqual(full);
  });

  it('that changes a slug leaves the old place behind; an undo takes it back', async () => {
    await importFiles({ 'a.md': story(first) });
    const before = await everything();
    const run = await importFiles({ 'a.md': story({ ...first, slug: 'primus', basePath: '/stories/' }) });
    expect(await pathsOf('First')).toEqual(['slug /news/first', 'live /stories/primus']);
    const after = await everything();

    const undone = await undoArchive(app.host, run.run!);
    expect(await everything()).toEqual(before);
    const redone = await undoArchive(app.host, undone.run!);
    expect(await everything()).toEqual(after);
    await undoArchive(app.host, redone.run!);
  });

  it('that moves a page back to where it stood makes it a page again', async () => {
    await importFiles({ 'a.md': story({ ...first, slug: 'primus' }) });
    await importFiles({ 'a.md': story(first) });
    expect(await pathsOf('First')).toEqual(['slug /news/primus', 'live /news/first']);
  });

  it('keeps the place of a page that is withdrawn, and forgets one that is deleted', async () => {
    const files = { 'w.md': story({ id: 2, title: 'Second', slug: 'second', basePath: '/news/', aliases: '/2' }) };
    await importFiles(files);
    await importFiles(
      { 'w.md': story({ id: 2, title: 'Second', slug: 'second', basePath: '/news/', aliases: '/2', draft: true }) },
      { publish: 'as-source' },
    );
    expect(await pathsOf('Second')).toEqual(['slug /news/second']);
    await importFiles(files);
    expect((await pathsOf('Second')).sort()).toEqual(['alias /2', 'live /news/second']);

    const before = await everything();
    const gone = await app.importFrom(await writeArchive({ 'a.md': story(first) }), {
      missing: 'delete',
      maxMissing: { count: 1 },
      only: '{a,w}.md',
    });
    expect((await everything()).map(({ path }) => path)).not.toContain('/2');
    await undoArchive(app.host, gone.run!);
    expect(await everything()).toEqual(before);
  });

  it('knows where topics and offerings stand', async () => {
    await importFiles({
      't.md': topicFile('W: Old', { slug: 'w-old' }),
      'o.md': offeringFile('O', { offeringId: 7, permalink: '/offering/o' }),
    });
    await importFiles({
      't.md': topicFile('W: Old', { slug: 'w-new' }),
      'o.md': offeringFile('O', { offeringId: 7, permalink: '/offering/o-2' }),
    });
    const paths = (await everything()).filter(({ type }) => type !== 'curated-content').map(({ kind, path }) => `${kind} ${path}`);
    expect(paths.sort()).toEqual(['live /offering/o-2', 'live /topic/w-new', 'slug /offering/o', 'slug /topic/w-old']);
  });
});

describe('a plan', () => {
  const made = async (data: Record<string, unknown>) => {
    const { documentId } = await documents(app.strapi, 'curated-content').create({ data, status: 'published' });
    return documentId;
  };

  it("leaves an editor's own pages and redirects alone, and says so", async () => {
    const page = await made({ title: 'Own', slug: 'own', basePath: '/news/', aliases: ['/own-old'] });
    await app.host.transaction((trx) => refreshRedirects(app.host, trx, 'curated-content', [page]));
    const report = await importFiles({
      'claims.md': story({
        id: 20,
        title: 'Claims',
        slug: 'claims',
        aliases: ['/news/own', '/own-old', 'https://site.example/mine', 'https://other.example/x'],
      }),
    });
    expect(report.problems.map(({ line, rule, message }) => `${line} ${rule} ${message}`)).toEqual([
      `7 redirect/collision "/news/own" is where an entry in Strapi stands (${page}); a page is never hidden by a redirect.`,
      `8 redirect/duplicate "/own-old" leads to an entry in Strapi already (${page}), and goes on leading there.`,
      '10 redirect/invalid The alias "https://other.example/x" is an address of another site, other.example.',
    ]);
    expect(await pathsOf('Claims')).toEqual(['live /claims', 'alias /news/own', 'alias /own-old', 'alias /mine']);
  });
});

describe('a merge', () => {
  it('lets all that led to the one lead to the other, once', async () => {
    await importFiles({ 'from.md': topicFile('W: From', { slug: 'w-from' }), 'to.md': topicFile('W: To', { slug: 'w-to' }) });
    const documentIdOf = async (slug: string) =>
      (await app.strapi.db.query('plugin::curation.topic').findOne({ where: { slug } }))!.documentId as string;
    const [from, to] = [await documentIdOf('w-from'), await documentIdOf('w-to')];
    await app.host.transaction(async (trx) => {
      await addRedirects(app.host, trx, [{ path: '/t/from', kind: 'slug', type: 'topic', documentId: from }]);
      await moveRedirects(app.host, trx, 'topic', from, to);
      await addRedirects(app.host, trx, [{ path: '/t/from', kind: 'merge', type: 'topic', documentId: to }]);
    });
    const paths = (await everything()).filter(({ documentId }) => [from, to].includes(documentId));
    expect(paths.map(({ kind, path, documentId }) => [documentId, `${kind} ${path}`])).toEqual([
      [to, 'live /topic/w-to'],
      [to, 'merge /topic/w-from'],
      [to, 'merge /t/from'],
    ]);
  });
});
