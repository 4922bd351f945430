import { runMigrations } from '../../server/src/migrations/run-migrations';
import { writeArchive } from '../support/archive';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { story } from '../support/story';
import { listenToRuns } from '../support/webhook';

const STORY = 'plugin::curation.curated-content';

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
    await expect(runMigrations(app.strapi)).rejects.toThrow('/nowhere could not be imported: There is no folder /nowhere.');
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
