import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

import { writeArchive } from '../support/archive';
import { curation } from '../support/cli';
import { connect } from '../support/connect';
import type { TemporaryDatabase } from '../support/database';
import { PLAYGROUND, ROOT } from '../support/paths';
import { createPublicDir } from '../support/public-dir';
import { story } from '../support/story';
import { createReadyDatabase } from '../support/template/template';

const EXIT = { ok: 0, failed: 1, usage: 2, refused: 3, conflicts: 4, held: 5, stale: 6, guarded: 7 };

const count = z.number().int().nonnegative();
const outcome = { created: count, updated: count, unchanged: count, conflicts: count, refused: count, removed: count };
const problem = z.strictObject({
  file: z.string().min(1),
  line: count.positive(),
  column: count.positive(),
  severity: z.enum(['error', 'warning']),
  rule: z.string().regex(/^[a-z-]+\/[a-z-]+$/),
  message: z.string().min(1),
  remedy: z.string().min(1),
  source: z.string().optional(),
});
const runReport = z.strictObject({
  run: count.positive().nullable(),
  dryRun: z.boolean(),
  counts: z.strictObject({ files: count, ...outcome }),
  byType: z.strictObject({ topic: z.strictObject(outcome), offering: z.strictObject(outcome), 'curated-content': z.strictObject(outcome) }),
  problems: z.array(problem),
  seconds: z.number().nonnegative(),
});
const planReport = runReport.extend({ operations: z.array(z.looseObject({ action: z.string(), type: z.string(), label: z.string() })) });
const lintReport = z.strictObject({ counts: z.strictObject({ files: count, errors: count, warnings: count }), problems: z.array(problem) });
const exportReport = z.strictObject({
  counts: z.strictObject({ files: count, created: count, updated: count, unchanged: count, skipped: count, foreign: count }),
  problems: z.array(problem),
  seconds: z.number(),
});
const sarif = z.looseObject({
  version: z.literal('2.1.0'),
  runs: z.tuple([
    z.looseObject({
      tool: z.looseObject({ driver: z.looseObject({ name: z.literal('curation') }) }),
      results: z.array(
        z.looseObject({
          ruleId: z.string(),
          level: z.enum(['error', 'warning']),
          locations: z.tuple([
            z.looseObject({
              physicalLocation: z.strictObject({
                artifactLocation: z.strictObject({ uri: z.string() }),
                region: z.strictObject({ startLine: count.positive(), startColumn: count.positive() }),
              }),
            }),
          ]),
        }),
      ),
    }),
  ]),
});

const json = <T>(text: string, shape: z.ZodType<T>): T => shape.parse(JSON.parse(text));
const ndjson = (text: string): unknown[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

/** Throws where the text is no well-formed XML. */
const assertXml = (text: string): void => {
  const open: string[] = [];
  for (const [, end, name, self] of text.replace(/^<\?xml .*\?>\n/, '').matchAll(/<(\/?)([\w-]+)(?:\s+[\w-]+="[^"<]*")*\s*(\/?)>|</g)) {
    if (name === undefined) throw new Error(`a "<" that opens nothing:\n${text}`);
    if (end && open.pop() !== name) throw new Error(`</${name}> closes nothing:\n${text}`);
    if (!end && !self) open.push(name);
  }
  if (open.length > 0 || /&(?!#?\w+;)/.test(text)) throw new Error(`no XML:\n${text}`);
};

const BROKEN = '---\ntitle: "A <b> & \'c\'"\ntitle: Two\n---\n';
const files = {
  'a.md': story({ id: 1, title: 'One', via: 'File', categories: ['Wards: Night'] }),
  'b.md': story({ id: 2, title: 'Two &amp; more', via: 'File', categories: ['wards: night'] }),
};

describe('lint', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await writeArchive({ ...files, 'broken, 100%.md': BROKEN });
    await fs.symlink('nowhere.md', path.join(folder, 'link.md'));
  });
  const lint = (...args: string[]) => curation(['lint', folder, ...args]);
  it('goes on in silence where nobody reads on', async () => {
    const many = await writeArchive(Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`${index}.md`, BROKEN])));
    const child = spawn(process.execPath, [path.join(ROOT, 'dist', 'cli', 'index.js'), 'lint', many]);
    child.stdout.once('data', () => child.stdout.destroy());
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect([code, stderr]).toEqual([EXIT.refused, '']);
  });

  const rules = ['content/html-entities', 'topic/spelling', 'front-matter/duplicate-key', 'file/unreadable'];

  it.each<[string, (stdout: string) => void]>([
    [
      'json',
      (stdout) => {
        const { counts, problems } = json(stdout, lintReport);
        expect(counts).toEqual({ files: 3, errors: 2, warnings: 2 });
        expect(problems.map(({ rule }) => rule)).toEqual(rules);
      },
    ],
    [
      'ndjson',
      (stdout) => {
        const lines = ndjson(stdout);
        expect(lines.slice(0, -1).map((line) => problem.parse(line).rule)).toEqual(rules);
        expect(lines.at(-1)).toEqual({ counts: { files: 3, errors: 2, warnings: 2 } });
      },
    ],
    [
      'sarif',
      (stdout) => {
        const { results } = json(stdout, sarif).runs[0];
        expect(results.map(({ ruleId, level }) => [ruleId, level])).toContainEqual(['front-matter/duplicate-key', 'error']);
        const [location] = results.find(({ ruleId }) => ruleId === 'front-matter/duplicate-key')!.locations;
        expect(location.physicalLocation).toEqual({
          artifactLocation: { uri: 'broken,%20100%25.md' },
          region: { startLine: 3, startColumn: 1 },
        });
      },
    ],
    [
      'junit',
      (stdout) => {
        assertXml(stdout);
        expect(stdout).toContain('<testsuites tests="3" failures="2">');
        expect(stdout.match(/<failure /g)).toHaveLength(2);
      },
    ],
    [
      'github',
      (stdout) => {
        const lines = stdout.trimEnd().split('\n');
        expect(lines).toHaveLength(rules.length);
        expect(lines[2]).toMatch(
          /^::error file=broken%2C 100%25\.md,line=3,col=1,title=front-matter\/duplicate-key::The key "title" stands here a second time\./,
        );
      },
    ],
    [
      'text',
      (stdout) => {
        for (const rule of rules) expect(stdout).toContain(rule);
        expect(stdout).toContain('✖ 3 files checked: 2 errors, 2 warnings\n');
      },
    ],
  ])('answers in %s, and says nothing else', async (format, check) => {
    const { code, stdout, stderr } = await lint('--format', format);
    expect([code, stderr]).toEqual([EXIT.refused, '']);
    expect(stdout).not.toContain('\u001b');
    check(stdout);
  });

  it('writes into a file with --out, and nothing to standard output', async () => {
    const out = path.join(folder, 'report.json');
    expect(await lint('--format', 'json', '--out', out)).toMatchObject({ code: EXIT.refused, stdout: '', stderr: '' });
    json(await fs.readFile(out, 'utf8'), lintReport);
  });

  it('is content with warnings, unless told not to be', async () => {
    expect((await lint('--only', '?.md', '--quiet')).code).toBe(EXIT.ok);
    expect(await lint('--only', '?.md', '--quiet', '--fail-on', 'warning')).toMatchObject({ code: EXIT.refused, stdout: '' });
  });

  it('takes limits', async () => {
    const { code, stdout } = await lint('--only', 'a.md', '--limits', 'fileBytes=20,depth=3', '--format', 'json');
    expect([code, json(stdout, lintReport).problems.map(({ rule }) => rule)]).toEqual([EXIT.refused, ['file/too-large']]);
    expect((await lint('--only', 'a.md', '--limits', 'fileBytes=1KB')).code).toBe(EXIT.ok);
  });

  it('shows the first few of many equal warnings, and all where they are asked for', async () => {
    const many = await writeArchive(
      Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${index}.md`, story({ id: index + 1, title: `${index} &amp; more` })])),
    );
    const short = await curation(['lint', many]);
    expect(short.stdout.match(/&amp; more/g)).toHaveLength(5);
    expect(short.stdout).toContain('\n… and 25 more content/html-entities warnings; --verbose shows all\n');
    expect(short.stdout).toContain('✔ 30 files checked: 0 errors, 30 warnings');
    expect((await curation(['lint', many, '--verbose'])).stdout.match(/&amp; more/g)).toHaveLength(30);
    expect(json((await curation(['lint', many, '--format', 'json'])).stdout, lintReport).problems).toHaveLength(30);
  });
});

describe('wrong usage', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await writeArchive({ ...files, 'empty/readme.txt': '', 'mapping.json': '{"name": "x", "colections": []}', 'no.json': '{' });
  });

  it.each<[string, string[], number, string | RegExp]>([
    ['a command that is none', ['lnt', '.'], EXIT.usage, 'Did you mean lint?'],
    ['no command', [], EXIT.usage, 'Usage: curation'],
    ['more folders than one', ['import', '.', 'empty'], EXIT.usage, 'too many arguments'],
    ['an option that is none', ['lint', '.', '--formt', 'json'], EXIT.usage, 'Did you mean --format?'],
    ['a format that is none', ['lint', '.', '--format', 'xml'], EXIT.usage, 'Allowed choices are text, json'],
    ['no folder', ['lint'], EXIT.usage, "missing required argument 'dir'"],
    ['a folder that is not there', ['lint', 'nowhere'], EXIT.usage, /There is no folder .*nowhere\./],
    ['a folder with an empty name', ['lint', ''], EXIT.usage, 'The name of the folder is empty.'],
    ['a file instead of a folder', ['lint', 'a.md'], EXIT.usage, /a\.md is a file; a folder is expected\./],
    ['a folder of pictures that is not there', ['lint', '.', '--assets', 'nowhere'], EXIT.usage, /There is no assets folder/],
    ['a picture instead of their folder', ['lint', '.', '--assets', 'a.md'], EXIT.usage, /a\.md is a file; a folder is expected\./],
    ['a folder without Markdown', ['lint', 'empty'], EXIT.guarded, 'There is no Markdown file in'],
    ['a pattern that matches nothing', ['lint', '.', '--only', 'x/**'], EXIT.guarded, 'There is no Markdown file that matches x/** in'],
    ['a mapping that is mistyped', ['lint', '.', '--mapping', 'hygo'], EXIT.usage, 'Did you mean "hugo"?'],
    ['a mapping file that is not there', ['lint', '.', '--mapping', './none.json'], EXIT.usage, 'none.json'],
    ['a mapping file with a mistyped key', ['lint', '.', '--mapping', './mapping.json'], EXIT.usage, 'Did you mean "collections"?'],
    ['a mapping file that is no JSON', ['lint', '.', '--mapping', './no.json'], EXIT.usage, 'no.json'],
    ['a limit that is none', ['lint', '.', '--limits', 'fileByte=3'], EXIT.usage, 'Did you mean "fileBytes"?'],
    ['a limit beyond what can be read', ['lint', '.', '--limits', 'depth=101'], EXIT.usage, 'depth is 100 at most'],
    ['a limit without a number', ['lint', '.', '--limits', 'depth=many'], EXIT.usage, '"depth=many" is no limit'],
    ['a share that is none', ['import', '.', '--max-missing', 'few'], EXIT.usage, 'It is a share such as 10%'],
    ['a host that is none', ['lint', '.', '--frames', 'http://x'], EXIT.usage, '"http://x" is no host'],
    ['a run that is no number', ['undo', 'x'], EXIT.usage, '`curation runs` lists them'],
    ['a plan that is not there', ['apply', 'nowhere.json'], EXIT.usage, /There is no file .*nowhere\.json/],
    ['a plan that is none', ['apply', 'mapping.json'], EXIT.usage, 'mapping.json is no plan'],
    ['a folder that is no app', ['runs', '--app', '.'], EXIT.usage, 'is no Strapi app'],
    ['a file that is not there', ['explain', 'nowhere.md'], EXIT.usage, /There is no file .*nowhere\.md/],
    ['a folder instead of a file', ['explain', 'empty'], EXIT.usage, /empty is a folder; a file is expected\./],
  ])('%s', async (_, args, expected, message) => {
    const { code, stdout, stderr } = await curation(args, { cwd: folder });
    expect([code, stdout]).toEqual([expected, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  it('help and version are no errors', async () => {
    for (const args of [['--help'], ['help', 'lint'], ['import', '--help'], ['--version']]) {
      const { code, stdout, stderr } = await curation(args);
      expect([code, stderr, stdout.length > 0]).toEqual([EXIT.ok, '', true]);
    }
  });
});

describe('explain', () => {
  it('answers as JSON and in words', async () => {
    const folder = await writeArchive({ ...files, 'broken.md': BROKEN });
    const explain = (...args: string[]) => curation(['explain', ...args], { cwd: folder });
    const { code, stdout, stderr } = await explain('a.md', '--format', 'json');
    expect([code, stderr]).toEqual([EXIT.ok, '']);
    expect(JSON.parse(stdout)).toMatchObject({ file: 'a.md', mapping: 'medigy', verdict: 'taken', problems: [] });
    expect(await explain('broken.md')).toMatchObject({ code: EXIT.refused, stdout: expect.stringContaining('The file is refused.') });
  });
});

describe('with an app', () => {
  let database: TemporaryDatabase;
  let publicDir: Awaited<ReturnType<typeof createPublicDir>>;
  let folder: string;
  let plan: string;

  beforeAll(async () => {
    database = await createReadyDatabase();
    publicDir = await createPublicDir();
    folder = await writeArchive({ ...files, 'broken.md': BROKEN });
    plan = path.join(await writeArchive({}), 'plan.json');
  });
  afterAll(async () => {
    await database.drop();
    await publicDir.remove();
  });

  const run = (args: string[], env: Record<string, string> = {}) =>
    curation([...args, '--app', PLAYGROUND], { env: { ...database.env, ...publicDir.env, ...env } });

  /** What an editor does; through Strapi it would be the same rows, and seconds more. */
  const inDatabase = async (work: (knex: ReturnType<typeof connect>) => Promise<unknown>) => {
    const knex = connect(database);
    try {
      await work(knex);
    } finally {
      await knex.destroy();
    }
  };

  /** What the whole database holds: what "nothing was written" means. */
  const everyRow = async () => {
    const rows: Record<string, unknown[]> = {};
    await inDatabase(async (knex) => {
      const tables = await knex<{ name: string }>('sqlite_master').where('type', 'table').pluck('name');
      // Strapi notes there, at each start, when it counts its files next.
      for (const table of tables.filter((name) => name !== 'strapi_core_store_settings')) rows[table] = await knex(table).orderBy('rowid');
    });
    return rows;
  };

  it('runs: none yet', async () => {
    expect(await run(['runs', '--format', 'json'])).toMatchObject({ code: EXIT.ok, stdout: '{\n  "runs": []\n}\n', stderr: '' });
  });

  it('plan: one document on standard output, and the plan in its file', async () => {
    const { code, stdout, stderr } = await run(['plan', folder, '--format', 'json', '--out', plan]);
    expect([code, stderr]).toEqual([EXIT.refused, `The plan is saved in ${plan}; \`curation apply ${plan}\` carries it out.\n`]);
    const { operations, ...report } = json(stdout, planReport);
    expect(report).toMatchObject({ run: null, dryRun: true, counts: { files: 3, created: 3, refused: 1 } });
    expect(operations.map(({ action, type }) => `${action} ${type}`)).toEqual([
      'create topic',
      'create curated-content',
      'create curated-content',
    ]);
  });

  it('apply: the plan, and then no more', async () => {
    const first = await run(['apply', plan, '--format', 'ndjson']);
    expect([first.code, first.stderr]).toEqual([EXIT.refused, '']);
    const lines = ndjson(first.stdout);
    expect(lines).toHaveLength(4);
    expect(runReport.omit({ problems: true }).parse(lines.at(-1))).toMatchObject({ run: 1, counts: { created: 3 } });

    const before = await everyRow();
    const { code, stdout, stderr } = await run(['apply', plan]);
    expect(await everyRow()).toEqual(before);
    expect([code, stdout]).toEqual([EXIT.stale, '']);
    expect(stderr).toMatch(
      /^curation: The plan is out of date: .*"One".* changed since it was made\. Nothing was written; make it again\.\n$/,
    );
  });

  it('writes nothing where there is nothing to do: not one row of the whole database', async () => {
    const before = await everyRow();
    expect(before.curation_deliveries).toHaveLength(3);
    for (const args of [['import', folder], ['plan', folder], ['status', folder], ['status'], ['runs']]) await run(args);
    expect(await everyRow()).toEqual(before);
  });

  it('import: in step', async () => {
    await fs.rm(path.join(folder, 'broken.md'));
    const { code, stdout, stderr } = await run(['import', folder, '--format', 'json']);
    expect([code, stderr]).toEqual([EXIT.ok, '']);
    expect(json(stdout, runReport)).toMatchObject({ run: null, dryRun: false, counts: { files: 2, unchanged: 3, refused: 0 } });
  });

  it('status and import: a conflict', async () => {
    await inDatabase((knex) => knex('curation_curated_contents').where('title', 'One').update({ via: 'Editor' }));
    await fs.writeFile(path.join(folder, 'a.md'), files['a.md'].replace('via: File', 'via: Changed'));
    const status = await run(['status', folder, '--format', 'json']);
    expect([status.code, status.stderr]).toEqual([EXIT.conflicts, '']);
    expect(JSON.parse(status.stdout)).toMatchObject({
      counts: { records: 3, edited: 1, conflicts: 1 },
      edited: [{ label: 'One', fields: ['via'] }],
      conflicts: [{ label: 'One' }],
      lease: null,
    });

    const { code, stdout, stderr } = await run(['import', folder, '--format', 'github']);
    expect([code, stderr]).toEqual([EXIT.conflicts, '']);
    expect(stdout).toMatch(
      /^::warning file=a\.md,line=\d+,col=1,title=record\/conflict::"via" was "File"; the file says "Changed", Strapi says "Editor"\./m,
    );

    const settled = await run(['import', folder, '--conflict', 'file', '--format', 'junit']);
    expect([settled.code, settled.stderr]).toEqual([EXIT.ok, '']);
    assertXml(settled.stdout);
  });

  it('import: too many files are gone', async () => {
    const away = path.join(await writeArchive({}), 'b.md');
    await fs.rename(path.join(folder, 'b.md'), away);
    const { code, stdout, stderr } = await run(['import', folder, '--missing', 'delete', '--format', 'json']);
    expect([code, stdout]).toEqual([EXIT.guarded, '']);
    expect(stderr).toMatch(/^curation: .*--max-missing.*\n$/);
    await fs.rename(away, path.join(folder, 'b.md'));
  });

  it('import, undo, unlock: another run holds the lease', async () => {
    const now = Date.now();
    const lease = { name: 'import', owner: 'x', user: 'ada', host: 'build-7', pid: 4711, started_at: now, expires_at: now + 600_000 };
    await inDatabase((knex) => knex('curation_leases').insert(lease));
    const told = `ada on build-7 (process 4711), since ${new Date(now).toISOString()}`;
    for (const args of [['import', folder], ['undo', '1'], ['unlock']]) {
      const { code, stdout, stderr } = await run(args);
      expect([code, stdout]).toEqual([EXIT.held, '']);
      expect(stderr).toContain(told);
    }
    expect(await run(['unlock', '--force'])).toMatchObject({ code: EXIT.ok, stdout: `Released the lease of ${told}.\n`, stderr: '' });
  });

  it('export: files back', async () => {
    const into = await writeArchive({});
    const { code, stdout, stderr } = await run(['export', into, '--format', 'json']);
    expect([code, stderr]).toEqual([EXIT.ok, '']);
    expect(json(stdout, exportReport).counts).toEqual({ files: 2, created: 2, updated: 0, unchanged: 0, skipped: 0, foreign: 0 });
    expect(execFileSync('diff', ['-r', folder, into], { encoding: 'utf8' })).toBe('');
  });

  it('undo: a run, and one that there never was', async () => {
    const missing = await run(['undo', '99', '--format', 'json']);
    expect([missing.code, missing.stdout]).toEqual([EXIT.usage, '']);
    expect(missing.stderr).toBe('curation: There is no run 99. `curation runs` lists them.\n');

    await inDatabase((knex) => knex('curation_curated_contents').where('title', 'One').update({ sub: 'Editor' }));
    const { code, stdout, stderr } = await run(['undo', '1', '--format', 'sarif']);
    expect([code, stderr]).toEqual([EXIT.conflicts, '']);
    expect(json(stdout, sarif).runs[0].results.map(({ ruleId }) => ruleId)).toContain('undo/changed-since');
  });

  it('runs: what was done, in words', async () => {
    const { stdout } = await run(['runs', '--limit', '2']);
    expect(stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^ +4 {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}done .* undo of 1, 1 removed, 2 conflicts$/),
      expect.stringMatching(/^ +3 {2}.* import of .*, 1 updated$/),
    ]);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    [
      'PostgreSQL',
      { DATABASE_CLIENT: 'postgres', DATABASE_HOST: '127.0.0.1', DATABASE_PORT: '1' },
      /The database of the app cannot be reached: .*ECONNREFUSED/,
    ],
    [
      'MariaDB',
      { DATABASE_CLIENT: 'mysql', DATABASE_HOST: '127.0.0.1', DATABASE_PORT: '1' },
      /The database of the app cannot be reached: .*ECONNREFUSED/,
    ],
    [
      'SQLite',
      { DATABASE_CLIENT: 'sqlite', DATABASE_FILENAME: ROOT },
      /The database of the app cannot be reached: unable to open database file/,
    ],
    [
      'a file that is none',
      { DATABASE_CLIENT: 'sqlite', DATABASE_FILENAME: path.join(ROOT, 'package.json') },
      /The database of the app cannot be reached: .*file is not a database/,
    ],
  ])('a database that does not answer: %s', async (_, env, message) => {
    const { code, stdout, stderr } = await run(['import', folder, '--format', 'json'], env);
    expect([code, stdout]).toEqual([EXIT.failed, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ +at /m);
  });
});
