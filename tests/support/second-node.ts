import { carryOut, WRITES } from './delivery-writes';
import { randomFrom } from './random';
import { startStrapi } from './strapi';

/** A second Strapi on a database, in a process of its own, which writes for a while and says when it is done. */
const main = async () => {
  const [seed, count] = process.argv.slice(2).map(Number) as [number, number];
  const database = { client: 'postgres' as const, env: {}, drop: () => Promise.resolve() };
  const app = await startStrapi({ database });
  process.send!({ url: app.url });
  await new Promise((resolve) => process.once('message', resolve));
  const random = randomFrom(seed);
  const writer = async () => {
    for (let done = 0; done < count; done += 1) await carryOut(app.strapi, { write: random.pick(WRITES), at: random.below(100_000) });
  };
  await Promise.all([writer(), writer(), writer()]);
  process.send!({ done: true });
  await new Promise((resolve) => process.once('message', resolve));
  await app.stop();
  process.exit(0);
};

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
