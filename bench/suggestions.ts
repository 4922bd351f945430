import fs from 'node:fs';
import { parseArgs } from 'node:util';

import { z } from 'zod';

import { EVERYTHING } from '../server/src/suggestions/access';
import { Engine } from '../server/src/suggestions/index/engine';
import type { List } from '../server/src/suggestions/index/fit';

const dataSchema = z.object({
  /** What can be picked. */
  candidates: z.array(z.object({ id: z.string(), title: z.string(), text: z.string(), topics: z.array(z.string()) })),
  /** What was written, and what its author picked. */
  items: z.array(
    z.object({ id: z.string(), text: z.string(), topics: z.array(z.string()), gold: z.array(z.string()).min(1), date: z.string() }),
  ),
});

type Data = z.infer<typeof dataSchema>;

const MOST = 10;

const BENCHES: [name: string, lists?: List[]][] = [
  ['suggestions'],
  ['suggestions-popularity', ['popular']],
  ['suggestions-topics', ['topics']],
  ['suggestions-bm25', ['text']],
];

const readArguments = () => {
  const { data, from } = parseArgs({ options: { data: { type: 'string' }, from: { type: 'string' } } }).values;
  if (!data) throw new Error('Name the data set: npm run bench -- suggestions --data FILE [--from DATE]');
  return { data: dataSchema.parse(JSON.parse(fs.readFileSync(data, 'utf8'))), from };
};

/** The candidates without stories: where every walk begins. */
const startOf = ({ candidates, items }: Data) => {
  const topicIds = new Map([...new Set([...candidates, ...items].flatMap(({ topics }) => topics))].map((name, index) => [name, index + 1]));
  const candidateIds = new Map(candidates.map(({ id }, index) => [id, index + 1]));
  const topicsOf = (topics: readonly string[]) => topics.map((name) => topicIds.get(name)!);
  const engine = new Engine();
  engine.apply({
    topics: [...topicIds].map(([name, id]) => ({ id, documentId: name, name: name.replaceAll('-', ' '), label: null })),
    offerings: candidates.map(({ id, title, text, topics }) => ({
      id: candidateIds.get(id)!,
      documentId: id,
      name: title,
      // The text of this data begins with the title.
      summary: text.startsWith(title) ? text.slice(title.length) : text,
      topics: topicsOf(topics),
      slug: null,
      permalink: null,
      offeringId: null,
      type: null,
      editorialStatus: null,
      website: null,
      logo: null,
      createdAt: 0,
    })),
  });
  const learn = (item: Data['items'][number], id: number) => {
    const offerings = item.gold.flatMap((gold) => candidateIds.get(gold) ?? []);
    const common = { documentId: item.id, title: null, description: null, body: item.text, date: Date.parse(item.date), offerings };
    engine.apply({ stories: [{ ...common, id, isPublished: false, topics: topicsOf(item.topics) }] });
  };
  return { engine, learn };
};

/** Goes through the items by time: what is suggested for each is learned from those with an earlier date alone. */
const walk = (data: Data, first: string | undefined, lists?: List[]) => {
  const items = [...data.items].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const half = Math.floor(items.length / 2);
  const { engine, learn } = startOf(data);
  const sums = { recallAt5: 0, recallAt10: 0, hitAt10: 0, mrr: 0 };
  let tested = 0;
  let learned = 0;
  for (const [index, item] of items.entries()) {
    if (first === undefined ? index < half : item.date < first) continue;
    for (; items[learned]!.date < item.date; learned += 1) learn(items[learned]!, learned + 1);
    const suggestions = engine.suggest({
      story: { body: item.text, topics: item.topics },
      limit: data.candidates.length,
      exclude: [],
      access: EVERYTHING,
      state: 'draft',
      lists,
    });
    const ranks = item.gold
      .map((gold) => suggestions.findIndex(({ offering }) => offering.documentId === gold))
      .filter((rank) => rank >= 0);
    const among = (count: number) => ranks.filter((rank) => rank < count).length / item.gold.length;
    sums.recallAt5 += among(5);
    sums.recallAt10 += among(MOST);
    sums.hitAt10 += ranks.some((rank) => rank < MOST) ? 1 : 0;
    sums.mrr += ranks.length > 0 ? 1 / (1 + Math.min(...ranks)) : 0;
    tested += 1;
  }
  if (tested === 0) throw new Error(`No item is of ${first} or later`);
  const means = Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, Number((sum / tested).toFixed(4))]));
  return { items: tested, ...means };
};

const { data, from } = readArguments();
for (const [bench, lists] of BENCHES) process.stdout.write(`${JSON.stringify({ bench, ...walk(data, from, lists) })}\n`);
