import fc from 'fast-check';

import { logInAsSuperAdmin } from '../support/administrators';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { deliveriesOf, NO_FAULTS } from '../support/deliveries';
import { carryOut, WRITES, type Write } from '../support/delivery-writes';
import { EDITOR_WRITES, editorWrites, type EditorWrite } from '../support/editor-writes';
import { fullAccessToken } from '../support/rest';
import { createSyncClient } from '../support/sync-client';

let app: ArchiveApp;
let table: ReturnType<typeof deliveriesOf>;
let editor: ReturnType<typeof editorWrites>;
let client: ReturnType<typeof createSyncClient>;

beforeAll(async () => {
  app = await startArchiveApp();
  table = deliveriesOf(app.strapi);
  editor = editorWrites(app, await logInAsSuperAdmin(app.strapi, app.url));
  client = createSyncClient(app.url, await fullAccessToken(app.strapi));
});

afterAll(() => app.stop());

const isEditors = (write: Write | EditorWrite): write is EditorWrite => (EDITOR_WRITES as readonly string[]).includes(write);

/** The table is what a rebuild would make, and who only syncs holds what a full read gives. */
const expectInStep = async (after: string) => {
  expect([after, await table.faults()]).toEqual([after, NO_FAULTS]);
  await client.catchUp();
  expect([after, client.held()]).toEqual([after, await client.everything()]);
};

describe('what editors and archives write', () => {
  it('is in the answers, whichever way it is written', async () => {
    for (const [at, write] of (['create', 'create', 'renameTopic', 'renameTopic', 'moveTopic', 'publish'] as const).entries())
      await carryOut(app.strapi, { write, at });
    for (const [at, write] of (['importArchive', 'bulkPublish', ...EDITOR_WRITES] as const).entries()) {
      expect([write, await editor.carryOut(write, at)]).toEqual([write, true]);
      await expectInStep(write);
    }
  });

  it('is there in whatever order, mixed with every other way', async () => {
    const write = fc.record({ write: fc.constantFrom<Write | EditorWrite>(...EDITOR_WRITES, ...WRITES), at: fc.nat(10_000) });
    await fc.assert(
      fc.asyncProperty(fc.array(write, { minLength: 3, maxLength: 10 }), async (writes) => {
        for (const { write, at } of writes) {
          if (isEditors(write)) await editor.carryOut(write, at).catch(() => undefined);
          else await carryOut(app.strapi, { write, at });
        }
        await expectInStep(writes.map((each) => each.write).join(', '));
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });
});
