import { logInAsSuperAdmin, type Administrator } from '../support/administrators';
import { documents } from '../support/documents';
import { startStrapi, type RunningStrapi } from '../support/strapi';

let running: RunningStrapi;
let admin: Administrator;
const topics: Record<string, string> = {};
const offerings: Record<string, string> = {};
const stories: Record<string, string> = {};

const of = (type: 'curated-content' | 'topic' | 'offering') => documents(running.strapi, type);
const names = (list: { name: string }[]) => list.map(({ name }) => name);

const search = async (q: string | undefined, more: object = {}) => {
  const { status, body } = await admin.post('/curation/picker/search', { q, ...more });
  expect(status).toBe(200);
  return body as { data: any[]; meta: { total: number; facets: any } };
};
const namesOf = async (q: string | undefined, more: object = {}) => names((await search(q, more)).data);
const suggest = async (story: object, more: object = {}) => {
  const { status, body } = await admin.post('/curation/picker/suggestions', { story, picked: [], ...more });
  expect(status).toBe(200);
  return body.data as { offering: any; score: number; reasons: any[] }[];
};
const suggested = async (story: object, more: object = {}) => names((await suggest(story, more)).map(({ offering }) => offering));

const marked = (text: string, ranges: [number, number][]) => ranges.map(([start, end]) => text.slice(start, end));

beforeAll(async () => {
  running = await startStrapi();
  admin = await logInAsSuperAdmin(running.strapi, running.url);
  for (const label of ['Telehealth', 'Remote Monitoring', 'Interoperability', 'Pharmacy']) {
    topics[label] = (await of('topic').create({ data: { name: `Care Catalog: ${label}`, label, taxonomy: 'Care Catalog' } })).documentId;
  }
  const rows = [
    ['Brightwater Televisit', 'Video visits for clinics with patchy lines', 'product', 'approved', ['Telehealth']],
    ['Doorstep Vitals', 'Blood pressure and weight, sent from home', 'service', 'approved', ['Telehealth', 'Remote Monitoring']],
    ['Cinder Fax Bridge', 'Turns referrals by fax into messages', 'product', 'pending', ['Interoperability']],
    ['OpenTelemetry Ward', 'Signals of bedside devices in one place', 'solution', 'approved', ['Interoperability']],
    ['PillCadence', 'Reminders that nurses can tune for each Café patient', 'solution', 'archived', ['Pharmacy']],
    ['Flow - Patient Empowerment Solution', null, null, null, []],
  ] as const;
  for (const [index, [name, summary, type, editorialStatus, labels]] of rows.entries()) {
    const { documentId } = await of('offering').create({
      data: {
        name,
        summary,
        type,
        editorialStatus,
        permalink: `/offering/${name.toLowerCase().replace(/ /g, '-')}`,
        offeringId: 4700 + index,
        topics: labels.map((label) => topics[label]!),
      },
    });
    offerings[name] = documentId;
  }
  const told = [
    [
      'Nurses watch blood pressure from home',
      'Remote monitoring of blood pressure cut readmissions.',
      ['Remote Monitoring'],
      ['Doorstep Vitals'],
    ],
    ['Blood pressure cuffs by post', 'A clinic sends cuffs and reads blood pressure at night.', ['Remote Monitoring'], ['Doorstep Vitals']],
    ['Fax is not dead yet', 'Referrals still come by fax.', ['Interoperability'], ['Cinder Fax Bridge', 'OpenTelemetry Ward']],
  ] as const;
  for (const [title, body, labels, picks] of told) {
    const { documentId } = await of('curated-content').create({
      data: { title, body, topics: labels.map((label) => topics[label]!), relatedOfferings: picks.map((name) => offerings[name]!) },
    });
    stories[title] = documentId;
  }
});
afterAll(() => running.stop());

describe('a search', () => {
  test('finds words in any order and in any field, and says where they stand', async () => {
    const { data, meta } = await search('televisit brightwater');
    expect(names(data)).toEqual(['Brightwater Televisit']);
    expect(meta.total).toBe(1);
    expect(marked(data[0].name, data[0].marks.name)).toEqual(['Brightwater', 'Televisit']);

    const [byBoth] = (await search('clinics bright')).data;
    expect(marked(byBoth.summary, byBoth.marks.summary)).toEqual(['clinics']);
    expect(marked(byBoth.name, byBoth.marks.name)).toEqual(['Bright']);

    const byTopic = await search('interoper');
    expect(names(byTopic.data).sort()).toEqual(['Cinder Fax Bridge', 'OpenTelemetry Ward']);
    const [topic] = byTopic.data[0].topics;
    expect(marked(topic.name, byTopic.data[0].marks.topics[topic.documentId])).toEqual(['Interoper']);
  });

  test.each([
    ['a letter too many', 'brigthwater tellevisit', 'Brightwater Televisit'],
    ['a wrong letter in a name that is still being typed', 'brightwazer t', 'Brightwater Televisit'],
    ['a name with its words apart', 'pill cadence', 'PillCadence'],
    ['a part of a name that is written in one', 'telemetry', 'OpenTelemetry Ward'],
    ['the middle of a word', 'levis', 'Brightwater Televisit'],
    ['a word without its accent', 'cafe', 'PillCadence'],
    ['its number', '4702', 'Cinder Fax Bridge'],
    ['its permalink', '/offering/flow---patient-empowerment-solution', 'Flow - Patient Empowerment Solution'],
    ['its permalink on some host', 'https://www.medigy.example/offering/cinder-fax-bridge/?x=1', 'Cinder Fax Bridge'],
    ['words that say nothing', 'the bridge for fax', 'Cinder Fax Bridge'],
  ])('finds an offering by %s', async (_, q, name) => {
    expect(await namesOf(q)).toEqual([name]);
  });

  test('finds nothing where nothing is meant', async () => {
    expect(await search('zzzzzz')).toMatchObject({ data: [], meta: { total: 0 } });
    expect(await search('— …')).toMatchObject({ data: [], meta: { total: 0 } });
    expect((await search('')).meta.total).toBe(6);
  });

  test('does not take a word for a misspelt other one where it is right', async () => {
    const { documentId } = await of('offering').create({ data: { name: 'Cinders Coach' } });
    expect(await namesOf('cinder')).toEqual(['Cinder Fax Bridge', 'Cinders Coach']);
    expect(await namesOf('cinders')).toEqual(['Cinders Coach']);
    await running.strapi.documents('plugin::curation.offering').delete({ documentId });
    expect(await namesOf('cinders')).toEqual(['Cinder Fax Bridge']);
  });

  test('filters, and counts what each filter would leave', async () => {
    const story = { topics: [topics.Pharmacy!] };
    const all = await search(undefined, { story });
    expect(all.meta.facets.topics[0]).toMatchObject({ label: 'Pharmacy', shared: true, count: 1 });
    expect(Object.fromEntries(all.meta.facets.topics.map(({ label, count }: any) => [label, count]))).toEqual({
      Pharmacy: 1,
      Telehealth: 2,
      Interoperability: 2,
      'Remote Monitoring': 1,
    });
    expect(all.meta.facets.types).toEqual([
      { value: 'product', count: 2 },
      { value: 'solution', count: 2 },
      { value: 'service', count: 1 },
    ]);
    expect(all.meta.facets.notUsed).toBe(3);

    const products = await search(undefined, { filters: { types: ['product'] } });
    expect(names(products.data).sort()).toEqual(['Brightwater Televisit', 'Cinder Fax Bridge']);
    expect(products.meta.facets.types).toEqual(all.meta.facets.types);
    expect(products.meta.facets.statuses).toEqual([
      { value: 'approved', count: 1 },
      { value: 'pending', count: 1 },
    ]);
    expect(await namesOf(undefined, { filters: { topics: [topics.Telehealth, topics.Pharmacy], notUsed: true }, sort: 'name' })).toEqual([
      'Brightwater Televisit',
      'PillCadence',
    ]);
    expect(await namesOf('t', { filters: { statuses: ['archived'] } })).toEqual(['PillCadence']);
    expect(await namesOf(undefined, { filters: { topics: ['gone'] } })).toEqual([]);
  });

  test('sorts, and gives page after page', async () => {
    expect(await namesOf(undefined, { sort: 'name' })).toEqual([
      'Brightwater Televisit',
      'Cinder Fax Bridge',
      'Doorstep Vitals',
      'Flow - Patient Empowerment Solution',
      'OpenTelemetry Ward',
      'PillCadence',
    ]);
    expect(await namesOf(undefined, { sort: 'name', start: 4, limit: 2 })).toEqual(['OpenTelemetry Ward', 'PillCadence']);
    expect((await search(undefined, { sort: 'mostUsed' })).data[0]).toMatchObject({ name: 'Doorstep Vitals', usedBy: 2 });
    expect((await namesOf(undefined, { sort: 'newest' }))[0]).toBe('Flow - Patient Empowerment Solution');
    const story = { title: 'Blood pressure at home', topics: [topics['Remote Monitoring']!] };
    expect((await namesOf(undefined, { sort: 'fit', story }))[0]).toBe('Doorstep Vitals');
  });

  test('says what is wrong with a request, and where', async () => {
    const { status, body } = await admin.post('/curation/picker/search', { filters: { types: ['gadget'] }, limit: 1000 });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ name: 'ValidationError' });
    expect(body.error.details.errors.map(({ path }: any) => path.join('.'))).toEqual(['filters.types.0', 'limit']);
  });
});

describe('a suggestion', () => {
  test('comes with its reasons: similar stories, topics, the words of the story', async () => {
    const [first] = await suggest({
      title: 'Clinics take BLOOD pressure at home',
      body: '<p>Remote monitoring for the weight of patients.</p>',
      topics: [topics['Remote Monitoring']!],
    });
    expect(first!.offering).toMatchObject({ name: 'Doorstep Vitals', usedBy: 2 });
    expect(first!.offering.topics.map(({ label, shared }: any) => [label, shared])).toEqual([
      ['Telehealth', false],
      ['Remote Monitoring', true],
    ]);
    expect(first!.score).toBeGreaterThan(0.5);
    const [picks, topic, text] = first!.reasons;
    expect(picks).toMatchObject({ kind: 'picks', stories: 2 });
    expect(picks.examples.map(({ title }: any) => title).sort()).toEqual([
      'Blood pressure cuffs by post',
      'Nurses watch blood pressure from home',
    ]);
    expect(topic).toEqual({ kind: 'topics', topics: [{ documentId: topics['Remote Monitoring'], label: 'Remote Monitoring' }] });
    expect(text.kind).toBe('text');
    expect(text.terms).toContain('BLOOD pressure');
  });

  test('puts an offering that the story names first', async () => {
    const [first] = await suggest({ title: 'Why we left the Cinder Fax Bridge behind', topics: [topics.Telehealth!] });
    expect(first!.offering.name).toBe('Cinder Fax Bridge');
    expect(first!.reasons).toContainEqual({ kind: 'text', terms: ['Cinder Fax Bridge'] });
  });

  test('looks no further into a long body than into that of a stored story', async () => {
    const body = `<p>Referrals by fax.</p>${'<p>and so on</p>'.repeat(1_000)}<p>Signals of bedside devices</p>`;
    const reasons = JSON.stringify((await suggest({ body })).map((suggestion) => suggestion.reasons));
    expect(reasons).toContain('Referrals');
    expect(reasons).not.toContain('bedside');
  });

  test('is neither picked already, nor archived, nor dismissed', async () => {
    const story = { title: 'PillCadence and Doorstep Vitals and the Cinder Fax Bridge' };
    expect(await suggested(story)).not.toContain('PillCadence');
    expect(await suggested(story, { picked: [offerings['Doorstep Vitals']] })).not.toContain('Doorstep Vitals');

    const documentId = stories['Fax is not dead yet']!;
    const dismissal = { story: documentId, offering: offerings['Cinder Fax Bridge'] };
    expect(await suggested({ documentId })).toContain('Cinder Fax Bridge');
    for (let time = 0; time < 2; time += 1) {
      expect(await admin.put('/curation/picker/dismissals', { ...dismissal, dismissed: true })).toMatchObject({
        status: 200,
        body: { data: { ...dismissal, dismissed: true } },
      });
    }
    expect(await suggested({ documentId })).not.toContain('Cinder Fax Bridge');
    expect(await suggested({ title: 'Fax' })).toContain('Cinder Fax Bridge');
    await admin.put('/curation/picker/dismissals', { ...dismissal, dismissed: false });
    expect(await suggested({ documentId })).toContain('Cinder Fax Bridge');
  });

  test('reads of a stored story what the form does not say, and never learns from the story itself', async () => {
    const documentId = stories['Fax is not dead yet']!;
    const reasons = (await suggest({ documentId })).flatMap(({ reasons }) => reasons);
    expect(reasons).toContainEqual({ kind: 'text', terms: ['Fax', 'Referrals'] });
    expect(reasons.filter(({ kind }) => kind === 'picks')).toEqual([]);
    expect(await suggested({ documentId, title: 'Televisit', body: '', topics: [] })).toContain('Brightwater Televisit');
  });

  test('does without anything to go by: what is popular', async () => {
    const [first] = await suggest({});
    expect(first).toMatchObject({ offering: { name: 'Doorstep Vitals' }, reasons: [{ kind: 'popular', stories: 2 }] });
  });
});

test('offerings come in the order asked, without unknown ones', async () => {
  const documentIds = [offerings.PillCadence, 'unknown', offerings['Brightwater Televisit']];
  const { body } = await admin.post('/curation/picker/offerings', { documentIds, story: { topics: [topics.Telehealth] } });
  expect(body.data).toMatchObject([
    { name: 'PillCadence', editorialStatus: 'archived', offeringId: 4704, topics: [{ shared: false }] },
    { name: 'Brightwater Televisit', topics: [{ label: 'Telehealth', shared: true }] },
  ]);
});
