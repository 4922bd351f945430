import fc from 'fast-check';

import { readAlias } from '../../content-types/rules/aliases';
import { pathOf } from '../../content-types/rules/path-of';
import { encodePath, pathKey, sitePath } from '../../content-types/rules/site-path';

const own = { isOwnHost: (host: string) => host === 'site.example' };
const pathIn = (value: unknown, options = {}) => {
  const found = sitePath(value, options);
  return 'path' in found ? found.path : `! ${found.problem}`;
};

describe('a path', () => {
  it.each([
    ['/news/x', '/news/x'],
    ['news/x', '/news/x'],
    ['  /news/x/ ', '/news/x'],
    ['//', '! is no path of a site'],
    ['/news//x', '/news/x'],
    ['/news/./a/../x', '/news/x'],
    ['/../../x', '/x'],
    ['\\news\\x', '/news/x'],
    ['/News/X', '/News/X'],
    ['/caf%C3%A9', '/café'],
    ['/cafe\u0301', '/café'],
    ['/a%20b', '/a b'],
    ['/a%20', '/a'],
    ['/a%20/%20/', '/a'],
    ['/a%2fb', '/a%2Fb'],
    ['/a%3Fb%23c', '/a%3Fb%23c'],
    ['/100%', '/100%25'],
    ['/100%25', '/100%25'],
    ['/%252F', '/%252F'],
    ['/🙂', '/🙂'],
    ['/%F0%9F%99%82', '/🙂'],
    ['/"q\'&<', '/"q\'&<'],
    ['/', '/'],
    ['', '! is blank'],
    [' \t', '! is blank'],
    [17, '! is no text'],
    [{ path: '/x' }, '! is no text'],
    ['/x?y=1', '! holds "?": what stands behind it is no part of a path'],
    ['/x#y', '! holds "#": what stands behind it is no part of a path'],
    ['/%FF', '! has a "%" that encodes no character'],
    ['/a%0Ab', '! holds a control character'],
    ['/a\nb', '! holds a control character'],
    ['/\uD83D', '! holds half of a character'],
    ['javascript:alert(1)', '! is no path of a site'],
    ['mailto:a@b.example', '! is no path of a site'],
    ['https://other.example/x', '! is an address of another site, other.example'],
    ['//other.example/x', '! is an address of another site, other.example'],
    [`/${'x'.repeat(2048)}`, '! is longer than 2048 characters'],
  ])('%j becomes %j', (given, expected) => expect(pathIn(given)).toBe(expected));

  it('may be an address of the site itself', () => {
    expect(pathIn('https://site.example/news/x/', own)).toBe('/news/x');
    expect(pathIn('//site.example/news/x', own)).toBe('/news/x');
    expect(pathIn('https://site.example', own)).toBe('/');
    expect(pathIn('https://site.example.evil.example/x', own)).toContain('another site');
    expect(pathIn('https://site.example@evil.example/x', own)).toContain('another site');
  });

  it('that a reader asks for comes without what stands behind it', () => {
    expect(pathIn('/news/x/?utm_source=a#b', { dropsQuery: true })).toBe('/news/x');
    expect(pathIn('/news/x ?y', { dropsQuery: true })).toBe('/news/x');
  });

  it('keeps its form, and is found again from the address it becomes', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.string({ unit: 'grapheme' }), (path, text) => {
        for (const given of [path, text]) {
          const first = sitePath(given, { dropsQuery: true });
          if ('problem' in first) continue;
          expect(pathIn(first.path)).toBe(first.path);
          expect(pathIn(encodePath(first.path))).toBe(first.path);
          expect(new URL(encodePath(first.path), 'https://site.example').pathname).toBe(encodePath(first.path));
        }
      }),
    );
  });

  it('is the same page in another letter case, and in no other way', () => {
    expect(pathKey('/News/X')).toBe(pathKey('/news/x'));
    expect(pathKey('/news/x')).not.toBe(pathKey('/news/y'));
  });
});

describe('an alias', () => {
  it('cannot be the home page', () => {
    expect(readAlias('/')).toEqual({ problem: 'is the home page' });
    expect(readAlias('/x/..')).toEqual({ problem: 'is the home page' });
    expect(readAlias('/Old')).toMatchObject({ path: '/Old', key: pathKey('/old') });
  });
});

describe('a page', () => {
  it('stands where its slug, base path or permalink says', () => {
    expect(pathOf('curated-content', { basePath: '/news/', slug: 'x' })).toBe('/news/x');
    expect(pathOf('curated-content', { basePath: 'news', slug: 'x' })).toBe('/news/x');
    expect(pathOf('curated-content', { basePath: null, slug: 'x' })).toBe('/x');
    expect(pathOf('curated-content', { basePath: '/news/', slug: null })).toBeNull();
    expect(pathOf('topic', { slug: 'w-a' })).toBe('/topic/w-a');
    expect(pathOf('offering', { permalink: '/offering/flow---x' })).toBe('/offering/flow---x');
    expect(pathOf('offering', { permalink: null })).toBeNull();
  });
});
