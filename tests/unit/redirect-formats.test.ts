import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { compile, match } from 'path-to-regexp';

import { encodePath, sitePath } from '../../content-types/rules/site-path';
import { FORMATS } from '../../server/src/delivery/redirects/formats';

const run = promisify(execFile);

/** Debian keeps it where only the administrator's PATH leads; who has none skips its test. */
const NGINX = [
  process.env.NGINX_PATH,
  '/usr/sbin/nginx',
  ...(process.env.PATH ?? '').split(':').map((folder) => path.join(folder, 'nginx')),
].find((file) => file && existsSync(file));

/** Paths as editors and old sites have them. */
const ODD = [
  '/news/old',
  '/a b',
  '/"quoted"',
  "/it's",
  '/a&b;c{d}e',
  '/:id/*',
  '/(x)+?'.replace('?', '%3F'),
  '/$uri',
  '/back%5Cslash',
  '/100%25',
  '/🙂/café',
  '/a#b'.replace('#', '%23'),
  '/<script>',
  '/under%2Fneath',
];
const rules = ODD.map((given, index) => {
  const found = sitePath(given) as { path: string };
  return { from: encodePath(found.path), to: encodePath(`/new/${index}/🙂 $x "y" (a)+b*{c}`) };
});

describe('redirects as files', () => {
  it('are one line each for Netlify, with nothing in them that is a pattern there', () => {
    const lines = FORMATS.netlify.write(rules).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines).toHaveLength(ODD.length);
    lines.forEach((line, index) => {
      const fields = line.split(' ');
      expect(fields).toHaveLength(3);
      expect(fields[0]).toMatch(/^\/[^\s*:?#]*$/);
      expect(sitePath(fields[0])).toEqual(sitePath(ODD[index]));
      expect(fields[1]).toMatch(/^\/new\/\d+\/[^\s:]*$/);
      expect(fields[2]).toBe('301');
    });
  });

  it('are sources for Next that match their one path and no other', () => {
    const all = JSON.parse(FORMATS.next.write(rules)) as { source: string; destination: string; statusCode: number }[];
    expect(all).toHaveLength(ODD.length);
    all.forEach(({ source, destination, statusCode }, index) => {
      // Next reads it as a pattern as well, of which nothing may be left to fill in.
      expect(decodeURIComponent(compile(destination)({}))).toBe(decodeURIComponent(rules[index]!.to));
      const matches = match(source, { sensitive: false });
      expect(rules.filter(({ from }) => matches(from)).map(({ from }) => from)).toEqual([rules[index]!.from]);
      expect(statusCode).toBe(301);
    });
  });

  // Only nginx itself can say that it takes them.
  (NGINX ? it : it.skip)('are taken by nginx, and lead where they should', async () => {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'curation_test_nginx-'));
    const socket = path.join(folder, 'nginx.sock');
    await fs.mkdir(path.join(folder, 'logs'));
    await fs.writeFile(path.join(folder, 'redirects.conf'), FORMATS.nginx.write(rules));
    const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
    await fs.writeFile(
      path.join(folder, 'nginx.conf'),
      `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {} http { ${temp} access_log off; absolute_redirect off; server { listen unix:${socket}; include ${folder}/redirects.conf; } }`,
    );
    const args = ['-p', folder, '-c', path.join(folder, 'nginx.conf'), '-e', path.join(folder, 'error.log')];
    await run(NGINX!, [...args, '-t']);
    const server = execFile(NGINX!, args);
    try {
      const ask = (at: string) =>
        run('curl', [
          '-s',
          '-o',
          '/dev/null',
          '-w',
          '%{http_code} %header{location}',
          '--retry',
          '20',
          '--retry-all-errors',
          '--retry-delay',
          '0',
          '--unix-socket',
          socket,
          '--path-as-is',
          '-g',
          `http://x${at}`,
        ]);
      for (const { from, to } of rules.filter(({ from }) => !from.includes('%2F'))) {
        expect((await ask(from)).stdout).toBe(`301 ${to.replace(/\$/g, '%24')}`);
        expect((await ask(`${from}/`)).stdout).toContain('301');
      }
      expect((await ask('/news/older')).stdout).toMatch(/^40/);
    } finally {
      server.kill();
      await fs.rm(folder, { recursive: true, force: true });
    }
  });
});
