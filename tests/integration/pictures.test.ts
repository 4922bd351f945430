import fs from 'node:fs/promises';
import path from 'node:path';

import { hugo } from '../../migrations/mappings/hugo';
import { reviewOf } from '../../migrations/plan/review';
import { undoArchive } from '../../migrations/undo-archive';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { readArchive, writeArchive } from '../support/archive';
import { deliveriesOf } from '../support/deliveries';
import { ROOT } from '../support/paths';
import { story } from '../support/story';

const STORY = 'plugin::curation.curated-content';
const FILE = 'plugin::upload.file';

let app: ArchiveApp;
let logos: string[];

beforeAll(async () => {
  app = await startArchiveApp();
  logos = await fs.readdir(path.join(ROOT, 'playground', 'assets', 'logos'));
});

afterAll(() => app.stop());

let made = 0;
/** A picture that no other test has. */
const picture = async () => {
  made += 1;
  return Buffer.concat([await fs.readFile(path.join(ROOT, 'playground', 'assets', 'logos', logos[0]!)), Buffer.from(`test ${made}`)]);
};

const shownBy = async (workPackageId: number) => {
  const found = await app.strapi
    .documents(STORY)
    .findFirst({ filters: { workPackageId }, status: 'published', populate: { featuredImage: true } });
  return (found as unknown as { featuredImage: { documentId: string; name: string; alternativeText: string | null } | null }).featuredImage;
};

const withPicture = (id: number, href: string, alt?: string, more = {}) =>
  story({ id, title: `Shows ${id}`, featuredImage: { href, ...(alt === undefined ? {} : { alt }) }, ...more });

const deleteFile = async (name: string) => {
  const file = await app.strapi.db.query(FILE).findOne({ where: { name } });
  await app.strapi.plugin('upload').service('upload').remove(file);
};

describe('a picture that somebody deleted in the media library', () => {
  it('stays away from the story that had it, and comes back with another one', async () => {
    const assets = await writeArchive({ 'lost.png': await picture() });
    const files = { '1.md': withPicture(1, 'lost.png') };
    await app.importFrom(await writeArchive(files), { assets });
    await deleteFile('lost.png');

    const more = { ...files, '2.md': withPicture(2, 'lost.png') };
    const folder = await writeArchive(more);
    expect((await app.importFrom(folder, { assets })).counts).toMatchObject({ created: 1, updated: 0, conflicts: 0 });
    expect(await shownBy(1)).toBeNull();
    expect(await shownBy(2)).toMatchObject({ name: 'lost.png' });
    expect((await app.importFrom(folder, { assets })).run).toBeNull();

    await fs.writeFile(path.join(folder, '1.md'), withPicture(1, 'lost.png', undefined, { via: 'Another' }));
    expect((await app.importFrom(folder, { assets })).counts).toMatchObject({ updated: 1, conflicts: 0 });
    expect(await shownBy(1)).toBeNull();
  });

  it('comes back with a story that is brought back', async () => {
    const assets = await writeArchive({ 'gone.png': await picture() });
    const folder = await writeArchive({ '3.md': withPicture(3, 'gone.png') });
    await app.importFrom(folder, { assets });
    await deleteFile('gone.png');
    const { documentId } = (await app.strapi.documents(STORY).findFirst({ filters: { workPackageId: 3 } }))!;
    await app.strapi.documents(STORY).delete({ documentId });

    await app.importFrom(folder, { assets, resurrect: true });
    expect(await shownBy(3)).toMatchObject({ name: 'gone.png' });
  });
});

describe('a picture beside its file', () => {
  const page = (title: string, cover = './c.png') => `---\ntitle: ${title}\ncover: ${cover}\n---\nText.\n`;
  const coverOf = async (title: string) => {
    const found = await app.strapi.documents(STORY).findFirst({ filters: { title }, populate: { featuredImage: true } });
    return (found as unknown as { featuredImage: { documentId: string; name: string } | null }).featuredImage;
  };

  it('is the one that the file means, before one of that name in the assets folder', async () => {
    const assets = await writeArchive({ 'c.png': await picture(), 'only.png': await picture() });
    const folder = await writeArchive({
      'trip/index.md': page('Trip'),
      'trip/c.png': await picture(),
      'walk/index.md': page('Walk', 'c.png'),
      'walk/c.png': await picture(),
      'home.md': page('Home', '/c.png'),
      'only.md': page('Only', 'only.png'),
      'none.md': page('None', 'none.png'),
    });
    const options = { mapping: hugo, assets };
    const { problems } = await app.importFrom(folder, options);
    expect(problems.map(({ file, rule }) => `${file} ${rule}`)).toEqual(['none.md image/missing']);
    const covers = [await coverOf('Trip'), await coverOf('Walk'), await coverOf('Home'), await coverOf('Only')];
    expect(new Set(covers.map((cover) => cover!.documentId)).size).toBe(4);
    expect(await app.importFrom(folder, options)).toMatchObject({ run: null });

    await fs.writeFile(path.join(folder, 'trip/c.png'), await picture());
    await fs.writeFile(path.join(folder, 'none.png'), await picture());
    expect(await app.importFrom(folder, options)).toMatchObject({ counts: { updated: 2 }, problems: [] });
    expect((await coverOf('Trip'))!.documentId).not.toBe(covers[0]!.documentId);
    expect(await coverOf('None')).toMatchObject({ name: 'none.png' });
    expect(await app.importFrom(folder, options)).toMatchObject({ run: null });

    const target = await writeArchive({});
    await app.exportTo(folder, { mapping: hugo, assets: target });
    expect(Object.keys(await readArchive(target))).toEqual(['c.png', 'only.png']);
  });

  it('may stand above its file, in a folder of pictures for all, and not outside of both folders', async () => {
    const site = await writeArchive({
      'src/content/blog/near.md': page('Near', '../pictures/near.png'),
      'src/content/blog/far.md': page('Far', '../../assets/far%20off.png'),
      'src/content/blog/out.md': page('Out', '../../../out.png'),
      'src/content/blog/gone.md': page('Gone', '../../assets/gone.png'),
      'src/content/blog/code.md': page('Code', '"%2e%2e/%2e%2e/%2e%2e/out.png"'),
      'src/content/pictures/near.png': await picture(),
      'src/assets/far off.png': await picture(),
      'out.png': await picture(),
    });
    const [folder, assets] = [path.join(site, 'src/content'), path.join(site, 'src/assets')];
    const { problems } = await app.importFrom(folder, { mapping: hugo, assets });
    expect(problems.map(({ file, rule }) => `${file} ${rule}`)).toEqual(
      ['code', 'gone', 'out'].map((name) => `blog/${name}.md image/outside-assets`),
    );
    expect([await coverOf('Near'), await coverOf('Far')]).toMatchObject([{ name: 'near.png' }, { name: 'far off.png' }]);
    expect(await app.importFrom(folder, { mapping: hugo, assets })).toMatchObject({ run: null });

    const copy = await writeArchive({});
    const [files, pictures] = [path.join(copy, 'src/content'), path.join(copy, 'src/assets')];
    await app.exportTo(files, { mapping: hugo, assets: pictures });
    expect(await fs.readdir(pictures, { recursive: true })).toEqual(
      expect.arrayContaining(['far off.png', path.join('pictures', 'near.png')]),
    );
    expect((await app.importFrom(files, { mapping: hugo, assets: pictures })).problems).toHaveLength(3);
    // Without what Strapi took out of their bytes the two are one.
    expect([await coverOf('Near'), await coverOf('Far')]).toEqual([expect.anything(), expect.anything()]);
  });

  it('is left out where a link leads elsewhere, or the path up and out', async () => {
    const secret = await writeArchive({ 'secret.png': await picture() });
    const folder = await writeArchive({
      'posts/a.md': page('A', 'link.png'),
      'posts/b.md': page('B', '../../up.png'),
    });
    await fs.symlink(path.join(secret, 'secret.png'), path.join(folder, 'posts/link.png'));
    const { problems } = await app.importFrom(folder, { mapping: hugo });
    expect(problems.map(({ file, rule }) => `${file} ${rule}`)).toEqual([
      'posts/a.md image/outside-assets',
      'posts/b.md image/outside-assets',
    ]);
  });
});

it('that is known already has its name in the plan of a story that is new', async () => {
  const assets = await writeArchive({ 'known.png': await picture() });
  await app.importFrom(await writeArchive({ '41.md': withPicture(41, 'known.png') }), { assets });
  const plan = await app.planFrom(await writeArchive({ '42.md': withPicture(42, 'known.png') }), { assets });
  const [made] = [...reviewOf(plan)];
  plan.operations.close();
  expect(made).toMatchObject({ action: 'create', state: { media: { featuredImage: 'known.png' } } });
});

it('that two imports uploaded, because the first was undone, is there twice when that undo is undone', async () => {
  const assets = await writeArchive({ 'twice.png': await picture() });
  const folder = await writeArchive({ '4.md': withPicture(4, 'twice.png') });
  const first = await app.importFrom(folder, { assets });
  const undone = await undoArchive(app.host, first.run!);
  await app.importFrom(await writeArchive({ '5.md': withPicture(5, 'twice.png') }), { assets });

  const { problems } = await undoArchive(app.host, undone.run!);
  expect(problems).toEqual([]);
  expect([await shownBy(4), await shownBy(5)]).toEqual([
    expect.objectContaining({ name: 'twice.png' }),
    expect.objectContaining({ name: 'twice.png' }),
  ]);
});

it('that an editor chose, and an export wrote, is the same one when its file is imported', async () => {
  const assets = await writeArchive({ 'old.png': await picture() });
  const folder = await writeArchive({ '7060.md': withPicture(7060, 'old.png') });
  await app.importFrom(folder, { assets });
  // Strapi takes what is no picture out of the bytes: another one, then.
  const own = await writeArchive({ 'own.png': await fs.readFile(path.join(ROOT, 'playground', 'assets', 'logos', logos[5]!)) });
  const { size } = await fs.stat(path.join(own, 'own.png'));
  const { id } = await app.host.upload({
    path: path.join(own, 'own.png'),
    name: 'own.png',
    mime: 'image/png',
    size,

    alternativeText: 'Own',
    caption: 'Own',
  });
  const { documentId } = (await app.strapi.documents(STORY).findFirst({ filters: { workPackageId: 7060 } }))!;
  await app.strapi.documents(STORY).update({ documentId, data: { featuredImage: id } as never, status: 'published' });

  await app.exportTo(folder, { assets });
  const files = await app.strapi.db.query(FILE).count();
  expect(await app.importFrom(folder, { assets, only: '7060.md' })).toMatchObject({ counts: { conflicts: 0 }, problems: [] });
  expect(await shownBy(7060)).toMatchObject({ name: 'own.png' });
  expect(await app.strapi.db.query(FILE).count()).toBe(files);
  expect(await app.importFrom(folder, { assets, only: '7060.md' })).toMatchObject({ run: null });

  await fs.writeFile(path.join(folder, '7060.md'), withPicture(7060, 'old.png'));
  await app.importFrom(folder, { assets, only: '7060.md' });
  expect(await shownBy(7060)).toMatchObject({ name: 'old.png' });
});

describe('an alternative text', () => {
  const importWith = async (folder: string, assets: string, alt: string | undefined, options = {}) => {
    await fs.writeFile(path.join(folder, '10.md'), withPicture(10, 'spoken.png', alt));
    return app.importFrom(folder, { assets, ...options });
  };
  const sitesSee = async (id: number) => {
    const { documentId } = (await app.strapi.documents(STORY).findFirst({ filters: { workPackageId: id } }))!;
    const { settled, one } = deliveriesOf(app.strapi);
    await settled();
    return (await one(documentId))!.json!.featuredImage.alternativeText as string | null;
  };
  let folder: string;
  let assets: string;

  beforeAll(async () => {
    assets = await writeArchive({ 'spoken.png': await picture() });
    folder = await writeArchive({ '11.md': withPicture(11, 'spoken.png') });
    await importWith(folder, assets, 'A bridge');
  });

  it('that changes in the file changes in the media library, and wherever the picture is shown; an undo takes it back', async () => {
    const report = await importWith(folder, assets, 'A bridge at night');
    expect(report.counts).toMatchObject({ updated: 1, unchanged: 1, conflicts: 0 });
    expect((await shownBy(10))!.alternativeText).toBe('A bridge at night');
    expect([await sitesSee(10), await sitesSee(11)]).toEqual(['A bridge at night', 'A bridge at night']);
    expect((await app.importFrom(folder, { assets })).run).toBeNull();

    const undone = await undoArchive(app.host, report.run!);
    expect(undone.problems).toEqual([]);
    expect([await sitesSee(10), await sitesSee(11)]).toEqual(['A bridge', 'A bridge']);
    await undoArchive(app.host, undone.run!);
    expect(await sitesSee(11)).toBe('A bridge at night');
  });

  it('is the one of the file that names the picture first: what another file says of it is no conflict', async () => {
    await fs.writeFile(path.join(folder, '11.md'), withPicture(11, 'spoken.png', 'Another view'));
    await app.importFrom(folder, { assets });
    await fs.writeFile(path.join(folder, '11.md'), withPicture(11, 'spoken.png', 'Yet another view'));
    expect((await app.importFrom(folder, { assets })).counts).toMatchObject({ conflicts: 0 });
    expect((await shownBy(10))!.alternativeText).toBe('A bridge at night');
  });

  it('is the first that any file gives, where others give none', async () => {
    const assets = await writeArchive({ 'shared.png': await picture() });
    const files = { '40.md': withPicture(40, 'shared.png'), '41.md': withPicture(41, 'shared.png', 'A red square') };
    const folder = await writeArchive({ ...files, '42.md': withPicture(42, 'shared.png', 'Something else') });
    await app.importFrom(folder, { assets });
    expect(await shownBy(40)).toMatchObject({ alternativeText: 'A red square' });
    expect((await app.importFrom(folder, { assets })).run).toBeNull();
    await fs.writeFile(path.join(folder, '41.md'), withPicture(41, 'shared.png', 'A redder square'));
    await app.importFrom(folder, { assets });
    expect(await shownBy(42)).toMatchObject({ alternativeText: 'A redder square' });
  });

  it('that an editor gave in the media library stays, and the conflict is told until it is settled', async () => {
    const { documentId } = (await shownBy(10))!;
    const { id } = await app.strapi.db.query(FILE).findOne({ where: { documentId } });
    await app.strapi.plugin('upload').service('upload').updateFileInfo(id, { alternativeText: 'What an editor sees' });

    expect((await app.importFrom(folder, { assets })).run).toBeNull();
    for (let round = 0; round < 2; round += 1) {
      const report = await importWith(folder, assets, 'A bridge in the rain');
      expect(report.counts).toMatchObject({ conflicts: 1 });
      expect(report.problems).toEqual([expect.objectContaining({ rule: 'record/conflict', file: '10.md', line: 5 })]);
      expect(report.problems[0]!.message).toContain('"featuredImage.alt" was "A bridge at night"');
    }
    expect((await shownBy(10))!.alternativeText).toBe('What an editor sees');

    await importWith(folder, assets, 'A bridge in the rain', { onConflict: 'file' });
    expect((await shownBy(10))!.alternativeText).toBe('A bridge in the rain');
  });
});

describe('an entry that came from another environment, without the id map', () => {
  it('has the picture that its file names by the name', async () => {
    const assets = await writeArchive({ 'moved.png': await picture(), 'other.png': await picture() });
    const folder = await writeArchive({ '60.md': withPicture(60, 'moved.png'), '61.md': withPicture(61, 'other.png') });
    await app.importFrom(folder, { assets });
    const files = () => app.strapi.db.query(FILE).count();
    const [before, shown] = [await files(), await shownBy(60)];
    const { documentId } = (await app.strapi.documents(STORY).findFirst({ filters: { workPackageId: 61 } }))!;
    const lost = await app.strapi.db.query(FILE).findOne({ where: { name: 'moved.png' } });
    await app.strapi.documents(STORY).update({ documentId, data: { featuredImage: lost.id } as never, status: 'published' });
    for (const table of ['curation_records', 'curation_runs', 'curation_stamps']) await app.strapi.db.connection(table).delete();

    // The other one shows a picture of another name: an editor's choice, as far as can be told.
    const again = await app.importFrom(folder, { assets });
    expect(again.counts).toMatchObject({ created: 0, updated: 0, conflicts: 1 });
    expect(again.problems.map(({ rule, file }) => [rule, file])).toEqual([['record/conflict', '61.md']]);
    expect([await files(), await shownBy(60)]).toEqual([before, shown]);
    expect((await app.importFrom(folder, { assets })).run).toBeNull();
  });
});

describe('what an editor did with a picture', () => {
  const upload = async (name: string) => {
    const folder = await writeArchive({ [name]: await picture() });
    const file = path.join(folder, name);
    return app.host.upload({ path: file, name, mime: 'image/png', size: (await fs.stat(file)).size, alternativeText: null });
  };
  const choose = async (workPackageId: number, id: number) => {
    const { documentId } = (await app.strapi.documents(STORY).findFirst({ filters: { workPackageId } }))!;
    await app.strapi.documents(STORY).update({ documentId, data: { featuredImage: id } as never });
    await app.strapi.documents(STORY).publish({ documentId });
  };

  it('is a conflict for as long as the file says something else, and the file’s can be taken', async () => {
    const assets = await writeArchive({ 'theirs.png': await picture(), 'newer.png': await picture() });
    await app.importFrom(await writeArchive({ '70.md': withPicture(70, 'theirs.png') }), { assets });
    await choose(70, (await upload('mine.png')).id);
    const changed = await writeArchive({ '70.md': withPicture(70, 'newer.png') });
    for (let time = 0; time < 3; time += 1) {
      expect((await app.importFrom(changed, { assets })).counts).toMatchObject({ conflicts: 1 });
    }
    await app.importFrom(changed, { assets, onConflict: 'file' });
    expect(await shownBy(70)).toMatchObject({ name: 'newer.png' });
  });

  it('is one too where it was done while the import asked', async () => {
    const assets = await writeArchive({ 'theirs2.png': await picture(), 'newer2.png': await picture() });
    await app.importFrom(await writeArchive({ '71.md': withPicture(71, 'theirs2.png') }), { assets });
    const { id } = await upload('mine2.png');
    const confirm = async () => {
      await choose(71, id);
      return true;
    };
    const changed = await writeArchive({ '71.md': withPicture(71, 'newer2.png') });
    expect((await app.importFrom(changed, { assets, confirm })).counts).toMatchObject({ conflicts: 1 });
    expect((await app.importFrom(changed, { assets })).counts).toMatchObject({ conflicts: 1 });
  });

  const describePicture = async (workPackageId: number, alternativeText: string) => {
    const { documentId } = (await shownBy(workPackageId))!;
    const { id } = await app.strapi.db.query(FILE).findOne({ where: { documentId } });
    await app.strapi.plugin('upload').service('upload').updateFileInfo(id, { alternativeText });
  };

  it('goes into its file with an export, and what the file says after that is heard', async () => {
    const assets = await writeArchive({ 'described.png': await picture() });
    const folder = await writeArchive({ '72.md': withPicture(72, 'described.png', 'First') });
    await app.importFrom(folder, { assets });
    await describePicture(72, 'Editor');
    await app.exportTo(folder, { assets });
    await app.importFrom(folder, { assets });
    const { '72.md': text } = await readArchive(folder);
    await fs.writeFile(path.join(folder, '72.md'), text!.replace('alt: Editor', 'alt: Later'));
    await app.importFrom(folder, { assets });
    expect(await shownBy(72)).toMatchObject({ alternativeText: 'Later' });
  });

  it('is told where a picture was described while the import asked', async () => {
    const assets = await writeArchive({ 'told.png': await picture() });
    const file = (alt: string) => writeArchive({ '73.md': withPicture(73, 'told.png', alt) });
    await app.importFrom(await file('First'), { assets });
    const confirm = async () => {
      await describePicture(73, 'Editor');
      return true;
    };
    const report = await app.importFrom(await file('Second'), { assets, confirm });
    expect(report).toMatchObject({ counts: { conflicts: 1 }, problems: [{ rule: 'record/conflict' }] });
    expect((await app.importFrom(await file('Second'), { assets })).counts).toMatchObject({ conflicts: 1 });
    expect(await shownBy(73)).toMatchObject({ alternativeText: 'Editor' });
  });
});
