import type { Lease as LeaseType } from '../../migrations/apply/lease';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';

const LEASE_MS = 2_000;

let app: ArchiveApp;
let Lease: typeof LeaseType;

beforeAll(async () => {
  process.env.CURATION_LEASE_MS = String(LEASE_MS);
  jest.resetModules();
  ({ Lease } = await import('../../migrations/apply/lease'));
  app = await startArchiveApp();
});
afterAll(async () => {
  delete process.env.CURATION_LEASE_MS;
  await app.stop();
});

it('a transaction that takes longer than a lease lasts does not end its run, and lets nobody else in', async () => {
  const lease = await Lease.acquire(app.host);
  let begin: () => void = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  // What is begun inside of a transaction would be a part of it.
  const other = begun.then(() => Lease.acquire(app.host)).catch((error: unknown) => error);
  await app.host.transaction(async (trx) => {
    await lease.assertHeld(trx);
    // SQLite has one connection here, and whoever waits for it would wait for ever.
    if (app.host.client !== 'sqlite') begin();
    for (const end = Date.now() + 1.5 * LEASE_MS; Date.now() < end;) await trx.raw('select 1');
    await lease.keep(trx);
  });
  await app.host.transaction((trx) => lease.assertHeld(trx));
  if (app.host.client !== 'sqlite') expect(await other).toMatchObject({ exitCode: 5 });
  await lease.release();
});
