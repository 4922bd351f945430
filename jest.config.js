'use strict';

/** What comes as ES modules alone. */
const ES_MODULES = 'fractional-indexing|toml-eslint-parser|eslint-visitor-keys';

/** Those whose files start the playground. */
const ON_PLAYGROUND = ['app', 'integration', 'faults', 'browser'];
const template = {
  globalSetup: '<rootDir>/tests/support/template/make.ts',
  globalTeardown: '<rootDir>/tests/support/template/drop.ts',
};

/** @param {string} name a folder of tests/ */
const project = (name) => ({
  displayName: name,
  rootDir: __dirname,
  testEnvironment: 'node',
  // Strapi puts itself on the global object, and reads it there after the last test.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  testMatch: [`<rootDir>/tests/${name}/**/*.test.ts`],
  setupFiles: ['<rootDir>/tests/support/seed.ts'],
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
  projects: ['unit', 'app', 'integration', 'faults', 'browser', 'smoke'].map(project),
};
