import { CONTENT_TYPES, SCHEMAS, UIDS, type ContentType } from '../../content-types';
import { VIEWS } from '../../server/src/views/configure-views';
import { createDatabase, type TemporaryDatabase } from '../support/database';
import { startStrapi, type RunningStrapi } from '../support/strapi';

interface Configuration {
  settings: Record<string, unknown>;
  metadatas: Record<string, { edit: Record<string, unknown>; list: Record<string, unknown> }>;
  layouts: { list: string[]; edit: { name: string; size: number }[][] };
}

interface ContentTypes {
  syncConfigurations(): Promise<void>;
  findConfiguration(type: { uid: string }): Promise<Configuration>;
  updateConfiguration(type: { uid: string }, configuration: Configuration): Promise<Configuration>;
}

let database: TemporaryDatabase;
let running: RunningStrapi;

beforeAll(async () => {
  database = await createDatabase();
  running = await startStrapi({ database, listen: false });
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});

const service = (): ContentTypes => running.strapi.plugin('content-manager').service('content-types');
const configuration = (type: ContentType) => service().findConfiguration({ uid: UIDS[type] });
const visible = (type: ContentType) =>
  Object.entries(SCHEMAS[type].attributes).flatMap(([name, attribute]) => (attribute.private ? [] : [name]));

describe.each(CONTENT_TYPES)('the view of %s', (type) => {
  test('tells an editor in words what each attribute is', async () => {
    const { metadatas } = await configuration(type);
    for (const name of visible(type)) {
      const { edit, list } = metadatas[name]!;
      const { hint, ...field } = VIEWS[type].fields[name]!;
      expect(edit).toMatchObject({ ...field, description: hint, visible: true });
      expect(list.label).toBe(edit.label);
      expect(edit.label).not.toBe(name);
      expect(edit.description).toMatch(/^.{12,110}$/);
    }
  });

  test('has each attribute once, in rows that fit, and none that is private', async () => {
    const { metadatas, layouts } = await configuration(type);
    expect(layouts.edit.flatMap((row) => row.map(({ name }) => name)).sort()).toEqual(visible(type).sort());
    for (const row of layouts.edit) expect(row.reduce((sum, { size }) => sum + size, 0)).toBe(12);
    for (const name of ['extra', 'slugKey', 'nameKey', 'identityKey']) expect(metadatas).not.toHaveProperty(name);
  });

  test('is one that Strapi keeps when it looks through it at the next start', async () => {
    const before = await configuration(type);
    await service().syncConfigurations();
    expect(await configuration(type)).toEqual(before);
    const { settings, list } = VIEWS[type];
    expect(before).toMatchObject({ settings, layouts: { list } });
  });
});

test('an editor’s changes stay, even one back to Strapi’s own default', async () => {
  const topic = await configuration('topic');
  topic.metadatas.name!.edit = { ...topic.metadatas.name!.edit, label: 'name', description: '' };
  topic.settings = { ...topic.settings, pageSize: 10 };
  topic.layouts.list = ['name', 'slug'];
  await service().updateConfiguration({ uid: UIDS.topic }, topic);
  await running.stop();

  running = await startStrapi({ database, listen: false });
  expect(await configuration('topic')).toEqual(topic);
  expect((await configuration('curated-content')).metadatas.title!.edit.label).toBe('Title');
});

test('a view that was dropped while the plugin was uninstalled is set again, and from then on is the editors’ own', async () => {
  const wanted = await configuration('offering');
  // What the Content Manager does at a start without the plugin.
  await running.strapi.db.query('strapi::core-store').delete({
    where: { key: `plugin_content_manager_configuration_content_types::${UIDS.offering}` },
  });
  await running.stop();
  running = await startStrapi({ database, listen: false });
  expect(await configuration('offering')).toEqual(wanted);

  const changed = { ...wanted, layouts: { ...wanted.layouts, list: ['name'] } };
  await service().updateConfiguration({ uid: UIDS.offering }, changed);
  await running.stop();
  running = await startStrapi({ database, listen: false });
  expect(await configuration('offering')).toEqual(changed);
});
