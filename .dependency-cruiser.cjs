'use strict';

/** Imports run one way: content-types <- migrations <- server; the panel takes types from the server's contracts and from content-types. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  // What is left of the project's own folders when the allowed ones are taken away.
  to: { path: '^(admin|bench|content-types|migrations|playground|scripts|server|tests)/', pathNot: allowed },
});

const PURE = '^migrations/(source|mappings|reading|plan|report)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    only('content-types-alone', '^content-types/', ['^content-types/'], 'What is stored knows nobody who stores it.'),
    only(
      'migrations-before-server',
      '^migrations/',
      ['^(content-types|migrations)/'],
      'The engine works without the Strapi half: `curation lint` does.',
    ),
    only('server-without-admin', '^server/', ['^(content-types|migrations|server)/'], 'Both halves of the plugin are built apart.'),
    only(
      'admin-by-contract',
      '^admin/',
      ['^admin/', '^content-types/', '^server/src/contracts/'],
      'What else the panel imports ends up in the browser.',
    ),
    {
      name: 'no-strapi-in-pure-stations',
      comment:
        'source, mappings, reading, plan and report run where no Strapi is installed. What the engine needs of one comes in through apply/host.',
      severity: 'error',
      from: { path: PURE },
      to: { path: '(^|/)@strapi/' },
    },
    {
      name: 'pure-stations-first',
      comment: 'Data flows one way: files, parsed files, wanted records, plan, rows.',
      severity: 'error',
      from: { path: PURE },
      to: { path: '^migrations/(apply|cli|export)/' },
    },
    {
      name: 'one-door-to-strapi',
      comment: 'The engine sees Strapi through the Host interface; the command line boots one.',
      severity: 'error',
      from: { path: '^(content-types|migrations)/', pathNot: '^migrations/cli/' },
      to: { path: '(^|/)@strapi/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared-dependencies',
      comment: 'What the package ships may import only what its package.json brings along.',
      severity: 'error',
      from: { path: '^(admin|content-types|migrations|server)/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm-peer', 'type-only'],
        // It comes as ES modules alone, which Node.js before 20.19 cannot require: it is built in.
        pathNot: '^node_modules/toml-eslint-parser/',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|playground/build)/' },
    // Type imports count too: a type of the server in a mapping is the wrong direction all the same.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
