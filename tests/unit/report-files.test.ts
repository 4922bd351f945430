import path from 'node:path';

import { formatReport, type Format } from '../../migrations/report/formats';
import { problem } from '../../migrations/source/problem';

const report = { counts: { files: 1, errors: 1, warnings: 0 }, problems: [problem('front-matter/missing', 'a b/c.md', 'Wrong.')] };
const written = (format: Format, folder: string) => [...formatReport(report, format, { color: false, folder })].join('');

describe('a file of a problem', () => {
  const { GITHUB_WORKSPACE: before } = process.env;
  beforeEach(() => delete process.env.GITHUB_WORKSPACE);
  afterAll(() => {
    if (before !== undefined) process.env.GITHUB_WORKSPACE = before;
  });

  it('is named from where the command runs, for GitHub and code scanning', () => {
    const folder = path.resolve('content', 'archive');
    expect(written('github', folder)).toContain('::error file=content/archive/a b/c.md,line=1');
    expect(written('sarif', folder)).toContain('"uri": "content/archive/a%20b/c.md"');
    expect(written('json', folder)).toContain('"file": "a b/c.md"');
  });

  it('is named from the root of the checkout where a workflow runs elsewhere', () => {
    process.env.GITHUB_WORKSPACE = path.resolve('..');
    expect(written('github', path.resolve('archive'))).toContain(`file=${path.basename(process.cwd())}/archive/a b/c.md,`);
  });

  it('is named from where the command was run, also where Strapi was started in its own folder', () => {
    const from = path.resolve('..');
    const text = [...formatReport(report, 'github', { color: false, folder: path.resolve('archive'), from })].join('');
    expect(text).toContain(`file=${path.basename(process.cwd())}/archive/a b/c.md,`);
  });

  it('is named from its folder where that is no part of a checkout', () => {
    expect(written('github', path.resolve('..', 'elsewhere'))).toContain('::error file=a b/c.md,');
  });

  it('is an address without a part behind "#" or "?" or before ":" for code scanning, and keeps its line breaks in XML', () => {
    const odd = {
      ...report,
      problems: [problem('front-matter/missing', 'a#b?/c:d.md', 'Wrong.'), problem('file/missing', 'e\nf.md', 'Gone.')],
    };
    const text = (format: Format) => [...formatReport(odd, format, { color: false })].join('');
    expect(text('sarif')).toContain('"uri": "a%23b%3F/c%3Ad.md"');
    expect(text('junit')).toContain('<testcase name="e&#10;f.md" classname="curation">');
  });
});
