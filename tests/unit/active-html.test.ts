import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';

import { stripActiveHtml } from '../../migrations/source/active-html/strip-active-html';

const strip = (text: string, frames?: string[]) => stripActiveHtml(text, { frames }).text;

describe('what is taken out', () => {
  it.each<[string, string, string]>([
    ['a script, with what is in it', 'a<script>alert(1)</script>b', 'ab'],
    ['in any letter case, with attributes', 'a<ScRiPt/x src="//evil.example/x.js"\n>1</sCRIPT\n>b', 'ab'],
    ['that is never closed: its tag alone', 'a<script>b', 'ab'],
    ['that holds another', 'a<script><script>1</script>b', 'ab'],
    ['that another one hides', 'a<scr<script>1</script>ipt>2</script>b', 'ab'],
    ['with a "<" in front', '<<script>1</script>', '<'],
    ['in a picture drawn with text', '<svg><g><script href="data:,1"/></g></svg>', '<svg><g></g></svg>'],
    ['with a prefix', '<svg:script>1</svg:script>b', 'b'],
    ['in a comment, for who knows where it ends', '<!--><script>1</script>-->', '<!-->-->'],
    ['in a comment that was for one browser', '<!--[if IE]><script>1</script><![endif]-->', '<!--[if IE]><![endif]-->'],
    ['in what is no tag', '<![CDATA[<script>1</script>]]>', '<![CDATA[]]>'],
    [
      'in an attribute',
      '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
      '<noscript><p title="</noscript><img src=x>"></noscript>',
    ],
    ['in a text area', '<textarea></textarea><script>1</script></textarea>', '<textarea></textarea></textarea>'],

    ['an event handler', '<p class="a" onclick="f(1)" id=b>t</p>', '<p class="a" id=b>t</p>'],
    ['without quotes', '<img src=x onerror=alert(1)>', '<img src=x>'],
    ['with a slash for a blank', '<img/src="x"/onerror=alert(1)//>', '<img/src="x">'],
    ['on a line of its own', '<img\n  src="x"\n  onerror =\n\t"f()"\n>', '<img\n  src="x"\n>'],
    ['without a blank behind it', '<p onclick="f()"id="a">', '<p id="a">'],
    ['in capital letters', '<body ONLOAD=alert(1)>', '<body>'],
    ['twice', '<p onclick=a onclick=b>', '<p>'],
    ['of a tag that is never closed', '<img src=x onerror=alert(1) ', '<img src=x '],
    ['behind a quotation mark that closes nothing', '<img """ onerror=alert(1)>', '<img """>'],
    ['of an element that nobody knows', '<xss onpointerover=alert(1)>x', '<xss>x'],
    ['in a quote of Markdown, where the ">" is none of HTML', '> <img src=x\n> onerror=alert(1)>', '> <img src=x>'],
    ['around what looks like code', '<img src=x `a` onerror=alert(1)>', '<img src=x `a`>'],

    ['an address that runs', '<a href="javascript:alert(1)">x</a>', '<a>x</a>'],
    ['without quotes', "<a href=JaVaScRiPt:alert('1')>x</a>", '<a>x</a>'],
    ['with a tab in it', '<a href="jav\tascript:alert(1)">x</a>', '<a>x</a>'],
    ['with an entity in it', '<a href="jav&#x09;ascript:alert(1)">x</a>', '<a>x</a>'],
    ['with lines in it', '<a href="j\na\r\nv\nascript:alert(1)">x</a>', '<a>x</a>'],
    [
      'of entities, with zeros and without semicolons',
      '<a href=&#0000106&#97&#118&#97&#x73&#99&#114&#105&#112&#116&colon;alert(1)>x</a>',
      '<a>x</a>',
    ],
    ['behind blanks and control characters', '<a href=" &#14; \u0001 javascript:alert(1)">x</a>', '<a>x</a>'],
    ['with a line break by its name', '<a href="java&NewLine;script&colon;alert(1)">x</a>', '<a>x</a>'],
    ['of another language', '<a href="vbscript:msgbox(1)">x</a>', '<a>x</a>'],
    ['that is a page', '<a href="data:text/html;base64,PHN2Zz4=">x</a>', '<a>x</a>'],
    ['that is a drawing, where it opens', '<a href="data:image/svg+xml,<svg onload=alert(1)>">x</a>', '<a>x</a>'],
    ['in SVG', '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>', '<svg><a><text>x</text></a></svg>'],
    ['in MathML', '<math href="javascript:alert(1)">x</math>', '<math>x</math>'],
    ['of a form', '<form action=javascript:alert(1)><button formaction="javascript:1">', '<form><button>'],
    ['that an animation sets', '<animate attributeName=href values="#a;javascript:alert(1)">', '<animate>'],
    ['across the lines of a quote of Markdown', '> <a href="java\n> script:alert(1)">x</a>', '> <a>x</a>'],

    ['a link of Markdown', '[x](javascript:alert(1) "t")', '[x](# "t")'],
    ['in pointed brackets', '[x](<javascript:alert(1)>)', '[x]()'],
    ['with an entity', '[x](java&#115;cript:alert(1))', '[x](#)'],
    ['with a backslash', '[x](javascript\\:alert(1))', '[x](#)'],
    ['with brackets in it', "[x](javascript:alert('(a)')) y", '[x](#) y'],
    ['on the next line', '[x](\n  javascript:alert(1)\n)', '[x](\n  #\n)'],
    ['a picture of Markdown', '![x](vbscript:1)', '![x](#)'],
    ['a definition', '[x]\n\n[x]: javascript:alert(1)', '[x]\n\n[x]: #'],
    ['in what only looks like a definition', '[[a]:javascript:x](javascript:alert(1)) y', '[[a]:javascript:x](#) y'],
    ['an address in pointed brackets', 'a <javascript:alert(1)> b', 'a  b'],

    ['a frame', 'a<iframe src="https://evil.example/">fallback</iframe>b', 'ab'],
    ['a frame of this site', '<iframe src="/uploads/page.html"></iframe>b', 'b'],
    ['a frame without encryption', '<iframe src="http://www.youtube.com/embed/x"></iframe>b', 'b'],
    ['a host that only looks known', '<iframe src="https://www.youtube.com.evil.example/"></iframe>b', 'b'],
    ['a name in front of a host', '<iframe src="https://www.youtube.com@evil.example/"></iframe>b', 'b'],
    [
      'a page in an attribute',
      '<iframe src="https://youtube.com/embed/x" srcdoc="<p>x"></iframe>',
      '<iframe src="https://youtube.com/embed/x"></iframe>',
    ],
    ['an object, but not what stands in for it', '<object data="x.swf"><param name=a><p>t</p></object>', '<p>t</p>'],
    ['an embed', '<embed src="x.swf">t', 't'],
    ['a base address', '<base href="https://evil.example/">t', 't'],
    ['a redirect', '<meta http-equiv="refresh" content="0;url=https://evil.example">t', 't'],
    ['a style sheet', '<link rel="alternate StyleSheet" href=//evil.example/x.css>t', 't'],
    ['a style that fetches one', '<style>@im\\70ort url(//evil.example)</style>t', 't'],
    ['a style that runs', '<p style="width: exp/**/ression(alert(1))">t', '<p>t'],

    ['a script in HTML that looks like indented code', '<div>\n\n    <script>1</script>\n\n</div>', '<div>\n\n\n</div>'],
    [
      'a script that a cell of a table cuts out of code',
      '| a | b |\n|---|---|\n| ` | <script>1</script> ` |',
      '| a | b |\n|---|---|\n| ` |  ` |',
    ],
    ['what is code in a quote to some, and the head of a table to others', '>     <base>|x\n|---|---|\n', '>     |x\n|---|---|\n'],
    ['the same behind a fence', '```<base>|x\n|---|---|\n', '```|x\n|---|---|\n'],
    ['the same in a heading', '# `<base>|`\n|---|---|\n', '# `|`\n|---|---|\n'],
    ['the same with one column', '-     <base>|\n:-:\n', '-     |\n:-:\n'],
    ['a script in HTML with backticks', '<p>`<script>1</script>`</p>', '<p>``</p>'],
    ['a script behind an escaped backtick', '\\`<script>1</script>`', '\\``'],
    ['a handler between comments with backticks', 'x <!-- ` --> <img src=x onerror=f()> <!-- ` -->', 'x <!-- ` --> <img src=x> <!-- ` -->'],
    [
      'a handler between attributes with backticks',
      'x <b title="`"> <img src=x onerror=f()> <b title="`">',
      'x <b title="`"> <img src=x> <b title="`">',
    ],
    ['a script between an address and a backtick', '<https://a.example/`> <script>1</script> `', '<https://a.example/`>  `'],
    ['a script whose end is in code: its tag alone', '<p>a</p>\n\nb <script> c `</script>` d', '<p>a</p>\n\nb  c `</script>` d'],
    ['a script below a fence that is closed', '```\na\n```\n<script>1</script>\n', '```\na\n```\n'],
    ['a script in a fence that is none', '<div>\n```\n<script>1</script>\n```\n</div>', '<div>\n```\n```\n</div>'],
  ])('%s: %j', (_, text, expected) => {
    const { text: stripped, removed } = stripActiveHtml(text);
    expect(stripped).toBe(expected);
    expect(removed.length).toBeGreaterThan(0);
    expect(stripActiveHtml(stripped)).toEqual({ text: expected, removed: [] });
  });
});

describe('what stays', () => {
  it.each([
    ['text', 'Prices rose 5 < 6, and a > b & c.'],
    ['HTML', '<p class="lead" data-x=\'1\'>A <b>word</b><br/>&amp; <img src="a.png" alt="on &lt;script&gt;"></P>\r\n<!-- on="1" -->'],
    ['a word that begins with "on"', 'if a <b only then c> d, <p one two>'],
    ['the name of a language', '<img alt="JavaScript: the good parts" title="javascript:x">'],
    ['a note about a language', '[^1]: JavaScript: the good parts, page 3'],
    ['links', '<a href="https://a.example/?q=javascript:x#y">x</a> [x](/a "b") ![](a.png) <https://a.example> <a@b.example> [c]: mailto:x'],
    [
      'pictures in an address',
      '<img src="data:image/png;base64,AAAA"><img src="data:image/svg+xml,%3Csvg/%3E"> ![a b](data:image/svg+xml,%3Csvg/%3E)',
    ],
    ['styles', '<style>p { color: red; scroll-behavior: smooth }</style><p style="color: red; overscroll-behavior: none">'],
    ['drawings', '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg><math><mi>x</mi></math>'],
    ['other elements of a head', '<link rel="canonical" href="https://a.example/"><meta name="a" content="b">'],
    [
      'videos',
      '<iframe width=1 src="https://www.youtube.com/embed/x?a=1&amp;b" allowfullscreen></iframe><iframe src=//player.vimeo.com/video/1></iframe>',
    ],
    ['an attribute that is never closed, for it holds the rest', '<p title="a onclick=f()'],
    ['a fence', '```html\n<script>alert(1)</script>\n```\n\n~~~\n<p onclick=x>\n~~~\n'],
    ['a fence that is never closed', '```html\n<script>alert(1)</script>'],
    ['a fence in a list and in a quote', '- a\n\n  ```\n  <script>1</script>\n  ```\n\n> ````\n> ```\n> <script>1</script>\n> ````\n'],
    ['a fence between HTML', '<details>\n<summary>a</summary>\n\n```html\n<script>1</script>\n```\n\n</details>\n'],
    ['a fence with CRLF', 'a\r\n\r\n```\r\n<script>1</script>\r\n```\r\n'],
    ['indented code', 'a\n\n    <script>1</script>\n\n\t<p onclick=x>\n'],
    ['indented code in a list', '1. a\n\n       <script>1</script>\n'],
    ['code spans', 'The `<script>` tag, ``a ` <p onclick=x>``, and `[x](javascript:1)`.'],
    ['a code span of two lines, in a quote', '> a `b\n> c <script>` d'],
    ['a code span in a heading', '## The `<script>` tag ##\n\nUse `<base>`\n===\n'],
    ['a code span in a table', '| a | b |\n|---|---|\n| `<script>` | `<p onclick=x>` |\n'],
    ['code beside a table', '> | a `<base>` |\n> |---|\n> | `<base>` |\n\n`<base>`\n\n```\n<base>\n```\n'],
  ])('%s', (_, text) => {
    expect(stripActiveHtml(text)).toEqual({ text, removed: [] });
  });

  it('is all around what is taken out', () => {
    const text = '# A\n\n<p  CLASS=a> &nbsp;</p>\n\nUse `<script>`.\n<script>1</script>\n\n```\n<script>\n```\n';
    expect(strip(text)).toBe('# A\n\n<p  CLASS=a> &nbsp;</p>\n\nUse `<script>`.\n\n```\n<script>\n```\n');
  });

  it('is a frame of a host that is named', () => {
    const text = '<iframe src="https://maps.example/x"></iframe>';
    expect(strip(text)).toBe('');
    expect(strip(text, ['Maps.example'])).toBe(text);
  });

  it('is the blank line between two paragraphs, and no blank line in HTML', () => {
    expect(strip('a\n<script>1</script>\nb')).toBe('a\n\nb');
    expect(strip('<div>\n<script>\n1\n</script>\n    <p>a</p>\n</div>')).toBe('<div>\n    <p>a</p>\n</div>');
  });
});

it('tells each thing, and where it stood', () => {
  const text = '<p\n  onclick="a">\n<scr<script>1</script>ipt>2</script>\n[x](javascript:1)\n<iframe src="//evil.example/x">';
  const told = stripActiveHtml(text).removed.map(({ offset, message }) => `${text.slice(offset, offset + 6)}: ${message}`);
  expect(told).toEqual([
    'onclic: "onclick" of <p> is taken out.',
    '<scr<s: <script> is taken out, with what is in it.',
    '<scrip: <script> is taken out, with what is in it.',
    'javasc: The address "javascript:1" of a link is taken out.',
    '<ifram: <iframe> is taken out: "//evil.example/x" is none of the hosts whose frames stay.',
  ]);
});

/** Every element that a browser would make of a text, those of templates included. */
const elementsOf = (html: string, scriptingEnabled: boolean): DefaultTreeAdapterTypes.Element[] => {
  const visit = (node: DefaultTreeAdapterTypes.Node): DefaultTreeAdapterTypes.Element[] => [
    ...('tagName' in node ? [node] : []),
    ...('content' in node ? visit(node.content) : []),
    ...('childNodes' in node ? node.childNodes.flatMap(visit) : []),
  ];
  return visit(parseFragment(html, { scriptingEnabled }));
};

const activeIn = (html: string): string[] =>
  [true, false].flatMap((scriptingEnabled) =>
    elementsOf(`<div>${html}</div>`, scriptingEnabled).flatMap(({ tagName, attrs }) => [
      ...(['script', 'iframe', 'object', 'embed', 'base'].includes(tagName) ? [tagName] : []),
      ...attrs.flatMap(({ name, value }) => {
        const isAddress = ['href', 'src', 'action', 'formaction'].includes(name);
        const scheme = /^[\x00-\x20]*((?:[\t\r\n]*[a-z])+)[\t\r\n]*:/i.exec(value)?.[1]?.replace(/\s/g, '').toLowerCase();
        return (name.startsWith('on') && value !== '') || name === 'srcdoc' || (isAddress && scheme === 'javascript')
          ? [`${name}=${value}`]
          : [];
      }),
    ]),
  );

const MARKUP = [
  ...['<', '>', '</', '/>', '"', "'", '=', ' ', '\n', '\n\n', '/', '\\', '&lt;', '&#60;', '&quot;', 'text', '!', '#'],
  ...[
    '<script',
    '<script>',
    '</script>',
    '<ScRiPt>1</script>',
    '<img src=x',
    '<a href="',
    '<p',
    '<b x=',
    'onclick=',
    ' onerror="f()"',
    ' ONLOAD=1>',
  ],
  ...['javascript:f()', 'java\nscript:f()', 'jav&#x09;ascript:f()', '&#106;avascript&colon;f()', ' href=', ' src=', ' srcdoc="<p>"'],
  ...[
    '[x](',
    '](',
    ')',
    '[x]: ',
    '[x]',
    '![',
    '<!--',
    '-->',
    '--!>',
    '<!-->',
    '<!',
    '<?',
    '?>',
    '<![CDATA[',
    ']]>',
    '<!--[if IE]>',
    '<![endif]-->',
  ],
  ...[
    '<svg>',
    '</svg>',
    '<math>',
    '<style>',
    '</style>',
    '<textarea>',
    '</textarea>',
    '<title>',
    '</title>',
    '<noscript>',
    '</noscript>',
    '<xmp>',
  ],
  ...[
    '<iframe src=//evil.example>',
    '</iframe>',
    '<object data=x>',
    '</object>',
    '<base href=x>',
    '<table>',
    '<td>',
    '<template>',
    '<select>',
    '<div>',
    '</div>',
  ],
];
const MARKDOWN = [
  '> ',
  '\n> ',
  '\n- ',
  '\n1. ',
  '  ',
  '    ',
  '\t',
  '`',
  '``',
  '\n```\n',
  '\n~~~\n',
  '\n# ',
  '\n===\n',
  '\n---\n',
  '|',
  '\n|---|---|\n',
  '*',
  '_',
  '\r\n',
  '\\`',
];

/** What has to meet for the marks of a quote to hide something. */
const QUOTES = [
  '> ',
  '\n> ',
  '\n',
  '<img src=x',
  ' onerror=f()',
  'onerror=f()',
  '>',
  '<a href="',
  'java',
  'script:f()">',
  '[x](',
  ')',
  'text ',
];

/** What has to meet for the head of a table to be taken for code. */
const TABLES = [
  '> ',
  '- ',
  '# ',
  '    ',
  '```',
  '`',
  '~~~',
  '|',
  '\n',
  '\n|---|---|\n',
  '\n:-:\n',
  '\n---\n',
  '<iframe src=//evil.example>',
  '<',
  'x',
  '\\',
];

const mixture = (pieces: string[]) => fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 30 }).map((parts) => parts.join(''));
const markdown = (['commonmark', 'default'] as const).map((preset) => {
  const renderer = new MarkdownIt(preset, { html: true });
  // This parser would refuse such addresses by itself; others do not.
  renderer.validateLink = () => true;
  return renderer;
});

const RUNS = { numRuns: Number(process.env.FC_RUNS ?? 3000) };

describe('whatever is mixed', () => {
  it('leaves a browser nothing to run', () => {
    fc.assert(
      fc.property(mixture(MARKUP), (text) => {
        expect(activeIn(strip(text))).toEqual([]);
      }),
      RUNS,
    );
  });

  it.each([
    ['whatever it is', [...MARKUP, ...MARKDOWN]],
    ['tables', TABLES],
    ['quotes and links', QUOTES],
  ])('leaves nothing to run in what Markdown makes of it: %s', (_, pieces) => {
    fc.assert(
      fc.property(mixture(pieces), (text) => {
        const stripped = strip(text);
        for (const renderer of markdown) expect(activeIn(renderer.render(stripped))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('has nothing to do a second time, and tells places of the text', () => {
    fc.assert(
      fc.property(mixture([...MARKUP, ...MARKDOWN]), (text) => {
        const { text: stripped, removed } = stripActiveHtml(text);
        expect(stripActiveHtml(stripped)).toEqual({ text: stripped, removed: [] });
        expect(removed.every(({ offset }) => offset >= 0 && offset < text.length)).toBe(true);
        expect(removed.length > 0).toBe(stripped !== text);
      }),
      RUNS,
    );
  });

  it('leaves text without tags and links as it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((text) => !/<|\]\(|\]:/.test(text)),
        (text) => {
          expect(stripActiveHtml(text)).toEqual({ text, removed: [] });
        },
      ),
    );
  });
});
