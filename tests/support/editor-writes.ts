import path from 'node:path';

import type { Administrator } from './administrators';
import { writeArchive } from './archive';
import type { ArchiveApp } from './archive-app';
import { documents } from './documents';
import { undoArchive } from '../../migrations/undo-archive';
import { story, topicFile } from './story';

/** Ways in which editors and archives write, besides those of `delivery-writes`: through the panel's own routes, the plugin's, and runs. */
export const EDITOR_WRITES = [
  'panelCreate',
  'panelEdit',
  'panelPublish',
  'panelDiscard',
  'bulkPublish',
  'bulkUnpublish',
  'bulkDelete',
  'changeLinks',
  'mergeTopics',
  'importArchive',
  'undoRun',
  'setImage',
  'renameImage',
  'replaceImage',
  'removeImage',
] as const;

export type EditorWrite = (typeof EDITOR_WRITES)[number];

const STORY = 'plugin::curation.curated-content';
const FILE = 'plugin::upload.file';
const STORIES = `/content-manager/collection-types/${STORY}`;
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

type Upload = Record<'upload' | 'replace' | 'updateFileInfo' | 'remove', (...args: unknown[]) => Promise<any>>;

/** Carries out the writes of one editor. Each answers false where there was nothing to write, and throws where it was refused. */
export const editorWrites = (app: ArchiveApp, admin: Administrator) => {
  const { strapi } = app;
  const upload = strapi.plugin('upload').service('upload') as unknown as Upload;
  const runs: number[] = [];

  const all = async (uid: string): Promise<string[]> => {
    const rows = (await strapi.db.query(uid).findMany({ select: ['documentId'], orderBy: { id: 'asc' } })) as { documentId: string }[];
    return [...new Set(rows.map(({ documentId }) => documentId))];
  };
  const some = async (uid: string, at: number, count: number) => {
    const ids = await all(uid);
    return [...new Set(Array.from({ length: Math.min(count, ids.length) }, (_, index) => ids[(at + index) % ids.length]!))];
  };
  const accepted = ({ status, body }: Awaited<ReturnType<Administrator['post']>>): true => {
    if (status >= 300) throw new Error(JSON.stringify(body));
    return true;
  };
  const post = async (address: string, body: object) => accepted(await admin.post(address, body));

  const withStory = async (at: number, work: (documentId: string) => Promise<boolean>) => {
    const [documentId] = await some(STORY, at, 1);
    return documentId !== undefined && work(documentId);
  };
  const bulk = (action: string) => async (at: number) => {
    const documentIds = await some(STORY, at, 3);
    return documentIds.length > 0 && post(`${STORIES}/actions/${action}`, { documentIds });
  };
  const pixel = async (name: string) => {
    const originalFilename = `${name}.png`;
    const filepath = path.join(await writeArchive({ [originalFilename]: PIXEL }), originalFilename);
    return { filepath, originalFilename, mimetype: 'image/png', size: PIXEL.length };
  };
  const withImage = async (at: number, work: (file: { id: number }) => Promise<unknown>) => {
    const files = (await strapi.db.query(FILE).findMany({ orderBy: { id: 'asc' } })) as { id: number }[];
    if (files.length === 0) return false;
    await work(files[at % files.length]!);
    return true;
  };

  const carry: Record<EditorWrite, (at: number) => Promise<boolean>> = {
    panelCreate: async (at) => {
      const topics = { connect: (await some('plugin::curation.topic', at, 2)).map((documentId) => ({ documentId })), disconnect: [] };
      return post(STORIES, { title: `Panel ${at}`, date: '2024-02-01', topics });
    },
    panelEdit: (at) =>
      withStory(at, async (documentId) => accepted(await admin.put(`${STORIES}/${documentId}`, { title: `Edited in the panel ${at}` }))),
    panelPublish: (at) => withStory(at, (documentId) => post(`${STORIES}/${documentId}/actions/publish`, {})),
    panelDiscard: (at) => withStory(at, (documentId) => post(`${STORIES}/${documentId}/actions/discard`, {})),
    bulkPublish: bulk('bulkPublish'),
    bulkUnpublish: bulk('bulkUnpublish'),
    bulkDelete: bulk('bulkDelete'),
    async changeLinks(at) {
      const documentIds = await some(STORY, at, 5);
      const [add] = await some('plugin::curation.topic', at, 1);
      return (
        documentIds.length > 0 && add !== undefined && post('/curation/stories/links', { documentIds, attribute: 'topics', add: [add] })
      );
    },
    async mergeTopics(at) {
      const [source, target] = await some('plugin::curation.topic', at, 2);
      return source !== undefined && target !== undefined && post('/curation/topics/merge', { source, target });
    },
    async importArchive(at) {
      const file = (id: number) =>
        story({
          id,
          title: `Imported ${at % 5}`,
          slug: `imported-${id}`,
          basePath: '/news/',
          categories: [`Wards: ${at % 3}`],
          aliases: `/a/${at % 9}`,
        });
      const folder = await writeArchive({
        [`${at % 2}.md`]: file((at % 2) + 1),
        [`${at % 7}.md`]: file((at % 7) + 1),
        'topic.md': topicFile(`Wards: ${at % 3}`, { label: `Label ${at % 4}` }),
      });
      const { run } = await app.importFrom(folder, { missing: at % 4 === 0 ? 'unpublish' : 'keep', maxMissing: { share: 1 } });
      if (run !== null) runs.push(run);
      return run !== null;
    },
    async undoRun() {
      const run = runs.pop();
      if (run === undefined) return false;
      await undoArchive(app.host, run);
      return true;
    },
    setImage: (at) =>
      withStory(at, async (documentId) => {
        const [file] = await upload.upload({ data: { fileInfo: { name: `image ${at}` } }, files: await pixel(`image-${at}`) });
        await documents(strapi, 'curated-content').update({ documentId, data: { featuredImage: file.id } });
        await documents(strapi, 'curated-content').publish({ documentId });
        return true;
      }),
    renameImage: (at) => withImage(at, ({ id }) => upload.updateFileInfo(id, { alternativeText: `Seen ${at}` })),
    replaceImage: (at) =>
      withImage(at, async ({ id }) => upload.replace(id, { data: { fileInfo: { caption: `New ${at}` } }, file: await pixel(`new-${at}`) })),
    removeImage: (at) => withImage(at, (file) => upload.remove(file)),
  };

  return {
    carryOut: (write: EditorWrite, at: number): Promise<boolean> => carry[write](at),
  };
};
