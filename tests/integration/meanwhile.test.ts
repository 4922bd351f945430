import { setTimeout as wait } from 'node:timers/promises';

import { readRun } from '../../migrations/apply/runs';
import { exitCodeOf } from '../../migrations/cli/exit-code';
import { EXIT } from '../../migrations/errors';
import type { ImportOptions } from '../../migrations/import-archive';
import { undoArchive } from '../../migrations/undo-archive';
import { writeArchive } from '../support/archive';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { story } from '../support/story';
import { emptyTables } from '../support/tables';

const STORY = 'plugin::curation.curated-content';

let app: ArchiveApp;

beforeAll(async () => {
  app = await startArchiveApp();
});
afterAll(() => app.stop());
beforeEach(() => emptyTables(app.strapi));

const storyOf = (workPackageId: number, status: 'draft' | 'published' = 'published') =>
  app.strapi.documents(STORY).findFirst({ filters: { workPackageId }, status }) as unknown as Promise<Record<string, any>>;

it('the time that somebody takes to answer is not what an import took', async () => {
  const begun = performance.now();
  const { run, seconds } = await app.importFrom(await writeArchive({ 'a.md': story({ id: 300 }) }), {
    confirm: async () => {
      await wait(2_000);
      return true;
    },
  });
  expect(run).not.toBeNull();
  expect(seconds).toBeGreaterThan(0);
  // A timer may end a little early.
  expect(seconds).toBeLessThan((performance.now() - begun) / 1000 - 1.9);
});

describe('what an editor does between the plan and its writing', () => {
  const file = (id: number, via: string, more = {}) => ({ [`${id}.md`]: story({ id, title: `Story ${id}`, via, ...more }) });
  const documentOf = async (id: number) => (await storyOf(id, 'draft')).documentId as string;
  const save = (documentId: string, data: Record<string, unknown>, status: 'draft' | 'published' = 'published') =>
    app.strapi.documents(STORY).update({ documentId, data: data as never, status });
  /** Imports changed files; while the command asks whether to write, an editor is at work. */
  const importWhile = async (files: Record<string, string>, edit: () => Promise<unknown>, options: Partial<ImportOptions> = {}) => {
    const confirm = async () => {
      await edit();
      return true;
    };
    return app.importFrom(await writeArchive(files), { ...options, confirm });
  };

  it('stays, and the conflict is told by this import and the next', async () => {
    await app.importFrom(await writeArchive({ ...file(310, 'Old', { sub: 'Old' }), ...file(311, 'Old') }));
    const documentId = await documentOf(310);
    const changed = { ...file(310, 'File', { sub: 'File' }), ...file(311, 'File') };
    const report = await importWhile(changed, () => save(documentId, { via: 'Editor' }));
    expect(report.counts).toMatchObject({ updated: 2, conflicts: 1, unchanged: 0 });
    expect(report.problems).toMatchObject([{ file: '310.md', rule: 'record/conflict' }]);
    expect(report.problems[0]!.message).toBe('"via" was "Old"; the file says "File", Strapi says "Editor". The editor\'s value stays.');
    expect(exitCodeOf(report)).toBe(EXIT.conflicts);
    expect(await storyOf(310)).toMatchObject({ via: 'Editor', sub: 'File' });
    expect(await storyOf(311)).toMatchObject({ via: 'File' });
    expect((await readRun(app.host, report.run!))!.counts).toEqual(report.counts);

    const next = await app.importFrom(await writeArchive(changed));
    expect(next.counts).toMatchObject({ updated: 0, conflicts: 1 });
    await undoArchive(app.host, report.run!);
    expect(await storyOf(310)).toMatchObject({ via: 'Editor', sub: 'Old' });
  });

  it('stays where nobody has published it, and the file is not published around it', async () => {
    await app.importFrom(await writeArchive(file(312, 'Old')));
    const documentId = await documentOf(312);
    const report = await importWhile(file(312, 'File'), () => save(documentId, { via: 'Editor' }, 'draft'));
    expect(report.counts).toMatchObject({ updated: 0, conflicts: 1 });
    expect(await storyOf(312)).toMatchObject({ via: 'Old' });
    expect(await storyOf(312, 'draft')).toMatchObject({ via: 'Editor' });
  });

  it('is overruled where the file is to win', async () => {
    await app.importFrom(await writeArchive(file(313, 'Old')));
    const documentId = await documentOf(313);
    const options = { onConflict: 'file' } as const;
    const report = await importWhile(file(313, 'File'), () => save(documentId, { via: 'Editor' }), options);
    expect(report.counts).toMatchObject({ updated: 1, conflicts: 0 });
    expect(report.problems).toMatchObject([{ rule: 'record/conflict', message: expect.stringContaining("The file's value is taken.") }]);
    expect(await storyOf(313)).toMatchObject({ via: 'File' });
  });

  it('is not what somebody agreed to overwrite who saw another value', async () => {
    await app.importFrom(await writeArchive({ ...file(314, 'Old'), ...file(315, 'Old') }));
    const [seen, saved] = [await documentOf(314), await documentOf(315)];
    for (const documentId of [seen, saved]) await save(documentId, { via: 'Editor' });
    const report = await importWhile({ ...file(314, 'File'), ...file(315, 'File') }, () => save(saved, { via: 'Editor again' }), {
      onConflict: () => 'file',
    });
    expect(report.counts).toMatchObject({ updated: 1, conflicts: 1 });
    expect([(await storyOf(314)).via, (await storyOf(315)).via]).toEqual(['File', 'Editor again']);
  });

  it('is no conflict where both say the same, and what is published meanwhile gets what the file says', async () => {
    await app.importFrom(await writeArchive({ ...file(316, 'Old'), ...file(317, 'Old') }), { publish: 'none' });
    const [same, published] = [await documentOf(316), await documentOf(317)];
    const edit = async () => {
      await save(same, { via: 'File' }, 'draft');
      await app.strapi.documents(STORY).publish({ documentId: published });
    };
    const report = await importWhile({ ...file(316, 'File'), ...file(317, 'File') }, edit, { publish: 'none' });
    expect(report).toMatchObject({ counts: { updated: 1, unchanged: 1, conflicts: 0 }, problems: [] });
    expect(await storyOf(317)).toMatchObject({ via: 'File' });
  });

  it('may be a deletion: the others are written, and it is told', async () => {
    const bodies = (via: string) => ({ ...file(318, via), ...file(319, via) });
    await app.importFrom(await writeArchive({ ...bodies('Old'), ...file(320, 'Old') }));
    const [deleted, missing] = [await documentOf(318), await documentOf(320)];
    const edit = async () => {
      for (const documentId of [deleted, missing]) await app.strapi.documents(STORY).delete({ documentId });
    };
    const options = { missing: 'delete', maxMissing: { share: 1 } } as const;
    const report = await importWhile(bodies('File'), edit, options);
    expect(report.counts).toMatchObject({ updated: 1, unchanged: 1, conflicts: 0 });
    expect(report.problems.filter(({ file: path }) => path === '318.md')).toMatchObject([{ rule: 'record/deleted' }]);
    expect(await storyOf(319)).toMatchObject({ via: 'File' });
    expect(await storyOf(318)).toBeNull();
    expect((await app.importFrom(await writeArchive(bodies('File')))).problems).toMatchObject([{ file: '318.md', rule: 'record/deleted' }]);
  });

  it('keeps the slug that it chose, whoever else takes the old one', async () => {
    const named = (id: number, slug: string) => ({ [`${id}.md`]: story({ id, title: `Story ${id}`, slug }) });
    await app.importFrom(await writeArchive({ ...named(321, 'one'), ...named(322, 'two') }));
    const documentId = await documentOf(321);
    const report = await importWhile({ ...named(321, 'three'), ...named(322, 'one') }, () => save(documentId, { slug: 'mine' }));
    expect(report.counts).toMatchObject({ updated: 1, conflicts: 1 });
    expect([(await storyOf(321)).slug, (await storyOf(322)).slug]).toEqual(['mine', 'one']);
    // It is still the only one that may have it.
    await expect(
      app.strapi.documents(STORY).create({ data: { title: 'Late', slug: 'mine' } as never, status: 'published' }),
    ).rejects.toThrow();
  });

  /** What is done the first time that an import asks: it may ask again. */
  const once = (edit: () => Promise<unknown>) => {
    let isDone = false;
    return async () => {
      if (!isDone) await edit();
      isDone = true;
    };
  };

  it('may take the slug of a file: that one is refused, and the others come', async () => {
    const files = { '323.md': story({ id: 323, title: 'Story 323', slug: 'wanted' }), ...file(324, 'File') };
    const edit = once(() => app.strapi.documents(STORY).create({ data: { title: 'Mine', slug: 'wanted' } as never }));
    const report = await importWhile(files, edit);
    expect(report).toMatchObject({ counts: { created: 1, refused: 1 }, problems: [{ file: '323.md', rule: 'content/slug-duplicate' }] });
    expect(await storyOf(324)).toMatchObject({ via: 'File' });
  });

  it('may make the topic that a file names: it is the one that is meant', async () => {
    const edit = once(() => app.strapi.documents('plugin::curation.topic').create({ data: { name: 'W: Meanwhile' } as never }));
    const report = await importWhile(file(325, 'File', { categories: ['W: Meanwhile'] }), edit);
    expect(report).toMatchObject({ counts: { created: 1, refused: 0 }, problems: [] });
  });

  it('may keep a slug published that a file was to take over', async () => {
    const named = (id: number, slug: string) => ({ [`${id}.md`]: story({ id, title: `Story ${id}`, slug }) });
    await app.importFrom(await writeArchive({ ...named(326, 'first'), ...named(327, 'second') }));
    const documentId = await documentOf(326);
    const edit = once(() => save(documentId, { slug: 'own' }, 'draft'));
    const report = await importWhile({ ...named(326, 'third'), ...named(327, 'first') }, edit);
    expect(report.counts).toMatchObject({ conflicts: 1, refused: 1 });
    expect([(await storyOf(326)).slug, (await storyOf(327)).slug]).toEqual(['first', 'second']);
  });
});
