import { startStrapi } from '../../tests/support/strapi';

/** Boots Strapi on the database of the environment and tells how long it took to its first answer. */
const boot = async () => {
  const [background] = process.argv.slice(2);
  const start = performance.now();
  const database = { client: 'sqlite' as const, env: {}, drop: () => Promise.resolve() };
  const app = await startStrapi({ database, listen: false });
  // Without what the plugin does when Strapi listens.
  if (background === 'off') app.strapi.server.httpServer.removeAllListeners('listening');
  await new Promise<void>((resolve) => void app.strapi.server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = app.strapi.server.httpServer.address() as { port: number };
  await fetch(`http://127.0.0.1:${port}/_health`);
  process.stdout.write(`${performance.now() - start}\n`);
  process.exit(0);
};

boot().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
