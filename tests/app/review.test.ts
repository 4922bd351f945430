import pc from 'picocolors';

import { reviewOf } from '../../migrations/plan/review';
import { operationText } from '../../migrations/report/plan-text';
import { writeArchive } from '../support/archive';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { documents } from '../support/documents';
import { offeringFile, story } from '../support/story';

let app: ArchiveApp;

beforeAll(async () => {
  app = await startArchiveApp();
});
afterAll(() => app.stop());

const offering = (id: number) => ({ label: `Offering ${id}`, permalink: `/offering/o-${id}`, offeringId: id });

const reviewed = async (files: Record<string, string>) => {
  const plan = await app.planFrom(await writeArchive(files));
  const lines = [...reviewOf(plan)].flatMap((operation) => operationText(operation, pc.createColors(false)));
  plan.operations.close();
  return { lines: lines.map((line) => line.trim()), problems: plan.problems };
};

it('calls what a record was linked to by its name, also where no file names it any more', async () => {
  await app.importFrom(await writeArchive({ 'a.md': story({ id: 1, categories: ['W: A'], relatedOfferings: [offering(1)] }) }));
  const { lines } = await reviewed({ 'a.md': story({ id: 1, aliases: ['/old'], categories: ['W: A'] }) });
  expect(lines).toContain('~ relatedOfferings "Offering 1" → none');
  // What changes in both versions alike is told once.
  expect(lines.filter((line) => line.startsWith('~ aliases'))).toEqual(['~ aliases none → "/old"']);
  expect(lines).not.toContain('in the published version:');
});

it('tells of a conflict by names', async () => {
  const offerings = { 'o2.md': offeringFile('Offering 2', offering(2)), 'o3.md': offeringFile('Offering 3', offering(3)) };
  await app.importFrom(await writeArchive({ ...offerings, 'b.md': story({ id: 2, relatedOfferings: [offering(2)] }) }));
  const { documentId: own } = await documents(app.strapi, 'offering').create({ data: { name: "The editor's" } });
  const [{ documentId }] = await app.strapi.db.query('plugin::curation.curated-content').findMany({ where: { workPackageId: 2 } });
  await documents(app.strapi, 'curated-content').update({ documentId, data: { relatedOfferings: [own] } });
  const { problems } = await reviewed({ ...offerings, 'b.md': story({ id: 2, relatedOfferings: [offering(3)] }) });
  expect(problems.map(({ message }) => message)).toContain(
    `"relatedOfferings" was ["Offering 2"]; the file says ["Offering 3"], Strapi says ["The editor's"]. The editor's value stays.`,
  );
});
