import fs from 'node:fs/promises';
import path from 'node:path';

import { runMigrations } from '../../server/src/migrations/run-migrations';
import { writeArchive } from '../support/archive';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { story } from '../support/story';
import { listenToRuns } from '../support/webhook';

const STORY = 'plugin::curation.curated-content';

/** An archive of its own: what other tests imported is not gone from it. */
const OWN = {
  name: 'on-start',
  collections: [{ type: 'curated-content', include: ['**/*.md'], fields: { title: 'title', workPackageId: 'id' } }],
};

let app: ArchiveApp;

beforeAll(async () => {
  app = await startArchiveApp();
});

afterAll(() => app.stop());

const configure = (config: Record<string, unknown>) => {
  for (const [key, value] of Object.entries(config)) app.strapi.config.set(`plugin::curation.${key}`, value);
};

const titles = async () => (await app.strapi.documents(STORY).findMany({ sort: 'title' })).map(({ title }) => title);

describe('archives of the configuration', () => {
  it('are left alone, looked at or imported when Strapi starts, as told', async () => {
    const from = await writeArchive({ 'a.md': story({ id: 1, title: 'On start' }) });
    configure({ migrations: [{ from }], onBootstrap: 'off' });
    await runMigrations(app.strapi);
    configure({ onBootstrap: 'check' });
    await runMigrations(app.strapi);
    expect(await titles()).toEqual([]);
    configure({ onBootstrap: 'import' });
    await runMigrations(app.strapi);
    expect(await titles()).toEqual(['On start']);
  });

  it('are imported once by nodes that start together', async () => {
    const from = await writeArchive({ 'a.md': story({ id: 2, title: 'Once' }) });
    configure({ migrations: [{ from }], onBootstrap: 'import' });
    const before = await app.strapi.db.connection('curation_runs').count({ count: '*' });
    await Promise.all([runMigrations(app.strapi), runMigrations(app.strapi), runMigrations(app.strapi)]);
    const after = await app.strapi.db.connection('curation_runs').count({ count: '*' });
    expect(Number(after[0]!.count) - Number(before[0]!.count)).toBe(1);
    expect(await titles()).toEqual(['On start', 'Once']);
  });

  it('that cannot be imported stop Strapi only where they are required', async () => {
    configure({ migrations: [{ from: '/nowhere' }], onBootstrap: 'import' });
    await expect(runMigrations(app.strapi)).resolves.toBeUndefined();
    configure({ migrations: [{ from: '/nowhere', required: true }] });
    await expect(runMigrations(app.strapi)).rejects.toThrow('Strapi does not start without /nowhere: There is no folder /nowhere.');
  });

  it('with a file that is refused stop Strapi where they are required, and say how many', async () => {
    const from = await writeArchive({ 'a.md': story({ id: 3, title: 'Right' }), 'b.md': '---\ntitle: [\n---\n' });
    configure({ migrations: [{ from, required: true }], onBootstrap: 'import' });
    await expect(runMigrations(app.strapi)).rejects.toThrow(`Strapi does not start without ${from}: 1 file was refused.`);
  });

  it('tell their warnings when they change something, and errors each time', async () => {
    const from = await writeArchive({
      'a.md': story({ id: 4, title: 'Warned', relatedOfferings: 7 }),
      'b.md': '---\ntitle: [\n---\n',
    });
    configure({ migrations: [{ from }], onBootstrap: 'import' });
    const logged = async () => {
      const lines: string[] = [];
      const spies = (['info', 'warn', 'error'] as const).map((level) =>
        jest.spyOn(app.strapi.log, level).mockImplementation(((line: string) => lines.push(`${level} ${line}`)) as never),
      );
      await runMigrations(app.strapi);
      spies.forEach((spy) => spy.mockRestore());
      return lines;
    };
    const [first, second] = [await logged(), await logged()];
    expect(first).toEqual([
      expect.stringContaining('1 created'),
      expect.stringMatching(/^warn .*a\.md:/),
      expect.stringMatching(/^error .*b\.md:/),
    ]);
    expect(second).toEqual([
      expect.stringContaining('0 created'),
      expect.stringMatching(/^error .*b\.md:/),
      expect.stringMatching(/1 warning as before/),
    ]);
  });

  it('are left alone where more files are gone than the configuration allows', async () => {
    const file = (id: number) => story({ id, title: `Kept ${id}` });
    const from = await writeArchive({ 'a.md': file(21), 'b.md': file(22), 'c.md': file(23) });
    const mapping = path.join(await writeArchive({ 'own.json': JSON.stringify(OWN) }), 'own.json');
    const migration = { from, mapping, missing: 'unpublish' };
    configure({ migrations: [migration], onBootstrap: 'import' });
    await runMigrations(app.strapi);
    const isPublic = (title: string) => app.strapi.documents(STORY).findFirst({ status: 'published', filters: { title } });
    await fs.rm(path.join(from, 'a.md'));
    await runMigrations(app.strapi);
    expect(await isPublic('Kept 21')).not.toBeNull();
    configure({ migrations: [{ ...migration, maxMissing: '50%' }] });
    await runMigrations(app.strapi);
    expect(await isPublic('Kept 21')).toBeNull();
    expect(await isPublic('Kept 22')).not.toBeNull();
  });
});

describe('what a run tells the rest of Strapi', () => {
  const heard = async (events: 'none' | 'summary' | 'each', id: number) => {
    configure({ events });
    const names: string[] = [];
    const listen = (name: string) => Promise.resolve(void names.push(name));
    const stop = ['curation.run', 'entry.create', 'entry.publish', 'entry.delete'].map((name) =>
      app.strapi.eventHub.on(name, () => listen(name)),
    );
    await app.importFrom(await writeArchive({ 'a.md': story({ id, title: `Heard ${id}`, categories: [`Heard: ${id}`] }) }));
    stop.forEach((each) => each());
    return names.sort();
  };

  it('is nothing, one event for the run, or one for each entry as well', async () => {
    expect(await heard('none', 10)).toEqual([]);
    expect(await heard('summary', 11)).toEqual(['curation.run']);
    expect(await heard('each', 12)).toEqual(['curation.run', 'entry.create', 'entry.create', 'entry.publish']);
  });

  it('reaches a webhook before the command ends', async () => {
    const bodies: Record<string, unknown>[] = [];
    const stop = await listenToRuns(app.strapi, (request, response) => {
      let text = '';
      request.on('data', (part: Buffer) => (text += part.toString()));
      request.on('end', () => {
        bodies.push(JSON.parse(text) as Record<string, unknown>);
        setTimeout(() => response.end(), 200);
      });
    });
    configure({ events: 'summary' });
    app.strapi.config.set('curation.commandLine', true);
    await app.importFrom(await writeArchive({ 'a.md': story({ id: 20, title: 'Webhook' }) }));
    app.strapi.config.set('curation.commandLine', false);
    expect(bodies).toMatchObject([{ event: 'curation.run', kind: 'import', counts: { created: 1 } }]);
    stop();
  });
});
