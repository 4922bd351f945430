import type { DatabaseClient } from './database';
import { documents } from './documents';
import { startStrapi } from './strapi';

/** A Strapi in a process of its own on the database of the environment, which renames a topic and goes on until it is killed. */
const main = async () => {
  const [documentId, label] = process.argv.slice(2) as [string, string];
  const database = { client: process.env.DATABASE_CLIENT as DatabaseClient, env: {}, drop: () => Promise.resolve() };
  const { strapi } = await startStrapi({ database });
  await documents(strapi, 'topic').update({ documentId, data: { label } });
};

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
