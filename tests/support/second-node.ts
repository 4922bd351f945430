import { writeAtOnce } from './delivery-writes';
import { startStrapi } from './strapi';

/** A second Strapi on a database, in a process of its own, which writes for a while and says when it is done. */
const main = async () => {
  const seed = Number(process.argv[2]);
  const database = { client: 'postgres' as const, env: {}, drop: () => Promise.resolve() };
  const app = await startStrapi({ database });
  process.send!({ url: app.url });
  await new Promise((resolve) => process.once('message', resolve));
  await writeAtOnce(app.strapi, seed, { writers: 3, each: 10, node: 1, nodes: 2 });
  process.send!({ done: true });
  await new Promise((resolve) => process.once('message', resolve));
  await app.stop();
  process.exit(0);
};

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
