'use strict';

/** What comes as ES modules alone. */
const ES_MODULES = 'fractional-indexing|toml-eslint-parser|eslint-visitor-keys';

/** Those that run once on each database that TEST_CLIENT names: `sqlite,mysql` makes integration-sqlite, integration-mysql and so on. */
const ON_DATABASES = ['integration', 'faults'];
const CLIENTS = (process.env.TEST_CLIENT ?? 'sqlite').split(',');

/** Those whose files start the playground. */
const ON_PLAYGROUND = ['app', 'integration', 'faults', 'browser'];
const template = {
  globalSetup: '<rootDir>/tests/support/template/make.ts',
  globalTeardown: '<rootDir>/tests/support/template/drop.ts',
};

/**
 * @param {string} name a folder of tests/
 * @param {string} client the database that its tests run on
 */
const project = (name, client) => ({
  displayName: ON_DATABASES.includes(name) ? `${name}-${client}` : name,
  rootDir: __dirname,
  testEnvironment: 'node',
  // Strapi puts itself on the global object, and reads it there after the last test.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  testMatch: [`<rootDir>/tests/${name}/**/*.test.ts`],
  globals: { TEST_CLIENT: client },
  setupFiles: ['<rootDir>/tests/support/seed.ts', '<rootDir>/tests/support/client.ts'],
  ...(ON_PLAYGROUND.includes(name) && template),
  // What jest searches for tests and watches; without it the built panel and the sample app as well.
  roots: ['<rootDir>/tests'],
  transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES})/)`],
  transform: {
    [`\\.tsx?$|/(${ES_MODULES})/.*\\.m?js$`]: [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript', tsx: true }, transform: { react: { runtime: 'automatic' } } },
        module: { type: 'commonjs' },
      },
    ],
  },
});

module.exports = {
  // A file is done, its process goes: Strapi is a global, and one process can boot it only once without traces of the last one.
  workerIdleMemoryLimit: 0,
  // Booting Strapi takes 4 seconds, and much longer on a busy machine.
  testTimeout: 240_000,
  projects: ['unit', 'app', 'integration', 'faults', 'browser', 'smoke'].flatMap((name) =>
    (ON_DATABASES.includes(name) ? CLIENTS : ['sqlite']).map((client) => project(name, client)),
  ),
};
