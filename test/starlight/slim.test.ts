import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { fromHtml } from 'hast-util-from-html';
import { visit } from 'unist-util-visit';
import { afterAll, describe, expect, test } from 'vitest';
import { withSourcesBeside } from '../../plugins/starlight/slim/drawing-sources.ts';
import { slimSite } from '../../plugins/starlight/slim/finish-site.ts';
import { openPrint } from '../../plugins/starlight/slim/join-print.ts';
import { scriptJoiner } from '../../plugins/starlight/slim/join-scripts.ts';
import { linkedLines, withoutOtherLines } from '../../plugins/starlight/slim/linked-lines.ts';
import { oneClass } from '../../plugins/starlight/slim/one-class.ts';
import { withRowPages } from '../../plugins/starlight/slim/row-pages.ts';
import { sharedParts } from '../../plugins/starlight/slim/shared-parts.ts';
import { shortClasses } from '../../plugins/starlight/slim/short-classes.ts';
import { pageShortener } from '../../plugins/starlight/slim/short-page.ts';
import { slimPage } from '../../plugins/starlight/slim/slim-page.ts';
import { openSpareSearch } from '../../plugins/starlight/slim/spare-search.ts';
import { replaceTokens } from '../../plugins/starlight/slim/tokens.ts';
import { english } from '../../plugins/words/index.ts';
import { runs } from '../fuzz.ts';

const script = `<script type="module">${'let a = 1;'.repeat(30)}</script>`;
const drawing = 'M5 12a1 1 0 0 0-1-1H3a1 1 0 0 0 0 2h1a1 1 0 0 0 1-1Zm.64 5-.71.71a1 1 0 0 0 0 1.41';
const icon = `<svg aria-hidden="true" class="caret" width="16" height="16" viewBox="0 0 24 24" style="--sl-icon-size: 1em;"><path d="${drawing}"/></svg>`;

test('a page is taken apart as one regular expression takes it apart', () => {
  const attributes = `(?:"[^"]*"|'[^']*'|[^'">])*`;
  const piece = new RegExp(
    [
      '<!--[^]*?-->',
      `(<(script|title)\\b${attributes}>)([^]*?)</\\2\\s*>`,
      `(<svg\\b${attributes}>)((?:<path\\b${attributes}>(?:</path>)?)+)</svg>`,
      `(</?[a-z]${attributes}>)`,
    ].join('|'),
    'gi',
  );
  const part = fc.constantFrom(
    ...[
      '<',
      '>',
      '</',
      '<!--',
      '-->',
      '"',
      "'",
      ' ',
      'a',
      '/>',
      '<p>',
      '<b class="x">',
      "<I a='>'>",
      '</b >',
    ],
    ...['<script>', '<script a>', '</script>', '</SCRIPT >', '<scripts>', '<title>', '</title>', '<svg>'],
    ...['<svg a="0">', '</svg>', '<path d="0">', '</path>', '<paths>'],
  );
  const property = fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
    const html = parts.join('');
    const expected = html.replaceAll(piece, (text, raw, _name, body, icon, drawing, tag) =>
      tag ? `[${tag}]` : raw ? `[${raw}|${body}]` : icon ? `[${icon}|${drawing}]` : text,
    );
    const taken = replaceTokens(html, (token) =>
      token.is === 'tag' ? `[${token.tag}]` : `[${token.tag}|${token.body}]`,
    );
    expect(taken).toBe(expected);
  });
  fc.assert(property, { numRuns: runs(3_000) });
});

describe('what pages have in common', () => {
  test('lies in files that a browser keeps, and looks as it did', () => {
    const shared = sharedParts([`<p>${script}${icon}</p>`, `<div>${icon}${script}</div>`], '/docs/_astro/');
    const [name = '', sprite = ''] = [...shared.files.keys()];
    expect(slimPage(`<p>${script}${icon}</p>`, shared)).toBe(
      `<p><script type="module" src="/docs/_astro/${name}"></script><svg aria-hidden="true" class="caret"><use href="/docs/_astro/${sprite}#0"/></svg></p>`,
    );
    expect(shared.files.get(name)).toBe('let a = 1;'.repeat(30));
    expect(shared.files.get(sprite)).toContain(`<symbol id="0" viewBox="0 0 24 24"><path d="${drawing}"/>`);
  });

  test('stays where it is on one page alone, where it imports, and where a page tells which scripts may run', () => {
    expect(sharedParts([script + icon, '<p></p>'], '/').files.size).toBe(0);
    const importing = script.replace('let a', 'import "./a.js"; let a');
    expect(sharedParts([importing, importing], '/').files.size).toBe(0);
    const shared = sharedParts([script, script], '/');
    const strict = `<meta http-equiv="content-security-policy" content="script-src 'sha256-1'">${script}`;
    expect(slimPage(strict, shared)).toBe(strict);
  });

  test('what scripts say is a module before them', () => {
    const words =
      '<script type="application/json" id="plumbline-words">{"language":"en","words":{}}</script>';
    const shared = sharedParts([words, words], '/');
    const [[name = '', text = ''] = []] = shared.files;
    expect(slimPage(words, shared)).toBe(`<script type="module" src="/${name}"></script>`);
    expect(text).toBe('globalThis.plumblineWords={"language":"en","words":{}}');
  });

  test('is no part of an attribute that reads like it, nor of a script or a comment', () => {
    const shared = sharedParts([script + icon, script + icon], '/');
    for (const html of [
      `<p title='${script}'>a</p>`,
      `<p title='</td><td>'>a</p>`,
      `<script type="application/json">"</li><li>"</script>`,
      `<!-- ${script}${icon}<li>a</li><li>b</li> -->`,
    ])
      expect(slimPage(html, shared)).toBe(html);
  });

  test('has the colours of words of code once, where the rules of Expressive Code find them', () => {
    const word = (text: string, colours = '--0:#fff;--1:#000') => `<span style="${colours}">${text}</span>`;
    const html = `<head></head><code>${word('a')}${word('b')}${word('c', '--0:#f00;--0fs:italic;--1:#00f')}</code>`;
    expect(slimPage(html, sharedParts([], '/'))).toBe(
      '<head><style>.expressive-code [style="--c0"]{--0:#fff;--1:#000}.expressive-code [style="--c1"]{--0:#f00;--0fs:italic;--1:#00f}</style></head>' +
        '<code><span style="--c0">a</span><span style="--c0">b</span><span style="--c1">c</span></code>',
    );
  });

  test('has the look of what drawings repeat once, for drawings alone, and nothing that could end a rule', () => {
    const shape = (look: string) => `<rect x="1" ${look} class="d2-shape"></rect>`;
    const drawing = (inner: string) => `<svg class="d2-diagram d2-1a" role="img">${inner}</svg>`;
    const look = 'stroke="var(--d2-set-stroke,#5382be)" fill="url(#d2-1a-1)" stroke-dasharray="4 4"';
    const hostile = 'fill="red}body{display:none" stroke="var(--d2-set-stroke,#5382be)"';
    const shapes = drawing(`${shape(look).repeat(3)}<path d="M 0 0" fill="none"></path>`);
    const html = (body: string) => `<head></head><body>${body}</body>`;
    const none = sharedParts([], '/');
    const short = '<rect x="1" class="d2-0 d2-shape"/>'.repeat(3);
    expect(slimPage(html(shapes + drawing(shape(hostile).repeat(9)) + shape(look)), none)).toBe(
      `<head><style>.d2-diagram .d2-0{stroke:var(--d2-set-stroke,#5382be);fill:url(#d2-1a-1);stroke-dasharray:4 4}.d2-diagram .d2-1{stroke:var(--d2-set-stroke,#5382be)}</style></head><body>${drawing(`${short}<path d="M 0 0" fill="none"/>`)}${drawing('<rect x="1" fill="red}body{display:none" class="d2-1 d2-shape"/>'.repeat(9))}${shape(look).replace('></rect>', '/>')}</body>`,
    );
    const other = html(shapes.replace('d2-diagram', 'other'));
    expect(slimPage(other, none)).toBe(other.replaceAll(/><\/(?:rect|path)>/g, '/>'));
  });

  test('has what a drawing was drawn from in a file, where the page is large', () => {
    const files = new Map<string, string>();
    const html =
      '<figure class="pl-diagram not-content" data-d2="a: &#x22;b&#x26;amp;&#x22;\nb -> c"><svg></svg></figure>';
    const [name = ''] = /shared\.[\w-]+\.d2/.exec(withSourcesBeside(html, '/_astro/', files)) ?? [];
    expect(withSourcesBeside(html, '/_astro/', files)).toBe(
      `<figure class="pl-diagram not-content" data-source="/_astro/${name}"><svg></svg></figure>`,
    );
    expect([...files]).toEqual([[name, 'a: "b&amp;"\nb -> c\n']]);
  });

  test('leaves out ends that a parser puts there, and no others', () => {
    const none = sharedParts([], '/');
    expect(
      slimPage('<ul><li>a</li><li>b</li></ul><table><tr><td>1</td></tr><tr><td>2</td></tr></table>', none),
    ).toBe('<ul><li>a<li>b</ul><table><tr><td>1<tr><td>2</tr></table>');
    expect(slimPage('<table><thead><tr></tr></thead><tbody></tbody><tbody></tbody></table>', none)).toBe(
      '<table><thead><tr><tbody><tbody></table>',
    );
    expect(slimPage('<div><p>a</p>\n<p><a>b</a></p><b></b><p>c</p></div>', none)).toBe(
      '<div><p>a\n<p><a>b</a></p><b></b><p>c</div>',
    );
    expect(slimPage('<dl><dt>a</dt> <dd>b</dd></dl><p>c</p>', none)).toBe('<dl><dt>a <dd>b</dl><p>c</p>');
    expect(slimPage('<td>a</td> text', none)).toBe('<td>a</td> text');
  });
});

describe('a page that is made by the hundred', () => {
  test('is as short as a parser reads it the same', () => {
    const short = (html: string, isRead = true) => pageShortener(isRead)(html, '/a/');
    expect(short('<p class="x" title="a b" id="L=1">class="x"</p>')).toBe(
      '<p class=x title="a b" id="L=1">class="x"</p>',
    );
    expect(short('<a href="/a/#L1">1</a><a href="/b/#L1">1</a><a href="/a/">a</a>')).toBe(
      '<a href=#L1>1</a><a href=/b/#L1>1</a><a href=/a/>a</a>',
    );
    expect(short('<a href="/a/" aria-current="page">a</a><meta charset="utf-8"/>')).toBe(
      '<a href=#_top aria-current=page>a</a><meta charset=utf-8>',
    );
    // A title says what tells a page from those that are called alike.
    expect(
      short('<a href="/a/" aria-current="page">Pod a (b.yaml)</a><a href="/b/">Pod b (c.yaml)</a>'),
    ).toBe('<a href=#_top aria-current=page>Pod a</a><a href=/b/>Pod b (c.yaml)</a>');
    // A stroke behind a value without quotes would be part of it.
    expect(short('<use href="/a.svg#1"/>')).toBe('<use href=/a.svg#1 />');
    expect(short(`<rect x="1" d="1 2"/><p style="--l1:&#x22;a's&#x22;" title="a &#x27;b&#x27;">`)).toBe(
      `<rect x=1 d="1 2"/><p style='--l1:"a&#x27;s"' title="a 'b'">`,
    );
    expect(short(`<i data-a='b="c" d="e"' f="g" hidden alt=""></i>`)).toBe(
      `<i data-a='b="c" d="e"' f=g hidden alt></i>`,
    );
    // What reads shorter is read the same: an `&` that begins no sign, and quotes that hold the others.
    expect(short('<p data-a="&#x22;b&#x22;" data-c="a &#x26;&#x26; b &#x26;amp; &#x60;c&#x60;">')).toBe(
      `<p data-a='"b"' data-c="a && b &#x26;amp; \`c\`">`,
    );
    expect(short('<script>a = "<p class=\\"x\\">"</script>')).toBe(
      '<script>a = "<p class=\\"x\\">"</script>',
    );
  });

  test('asks of code which way it is read where something is read from the right, and nowhere else', () => {
    const short = (text: string, dir = 'ltr') =>
      pageShortener(true)(
        `<html lang="en" dir="${dir}"><p title="&#x22;">${text}</p><code dir="auto">a</code>`,
        '/a/',
      );
    expect(short('a')).toContain('<code>a</code>');
    for (const text of ['שלום', '\u200f', '&#x5d0;', '&#1488;', '&rlm;', '\u{1e900}'])
      expect(short(text)).toContain('<code dir=auto>a</code>');
    expect(short('a', 'rtl')).toContain('<code dir=auto>a</code>');
  });

  test('tells nothing to a search that has read it', () => {
    const html =
      '<meta data-pagefind-filter="kind[content]" content="Pod"/><main data-pagefind-body>a</main>';
    expect(pageShortener(true)(html, '/a/')).toBe('<main>a</main>');
    expect(pageShortener(false)(html, '/a/')).toContain('data-pagefind-filter');
  });

  test('has the modules that all share in one file, each with names of its own', () => {
    const files = new Map([
      ['shared.a.js', 'var e = 1; globalThis.first = () => e'],
      ['shared.b.js', 'var e = 2; globalThis.second = () => e'],
      ['shared.c.js', 'await 1'],
    ]);
    const tag = (name: string) => `<script type="module" src="/_astro/${name}"></script>`;
    const html = `${tag('shared.a.js')}<p></p>${tag('shared.b.js')}${tag('page.d.js')}${tag('shared.c.js')}`;
    const joined = scriptJoiner('/_astro/', files)(html);
    const [name = '', text = ''] = [...files].at(-1) ?? [];
    expect(joined).toBe(`${tag(name)}<p></p>${tag('page.d.js')}${tag('shared.c.js')}`);
    const world: Record<string, () => number> = {};
    new Function('globalThis', text)(world);
    expect([world.first?.(), world.second?.()]).toEqual([1, 2]);
    expect(scriptJoiner('/_astro/', files)(tag('shared.a.js'))).toBe(tag('shared.a.js'));
  });
});

describe('lines of sources', () => {
  test('keep an address where a page links to them', () => {
    const other = '<a href="/a/#L2">a.yaml:2</a><a href="/files/#f0a1b2cL3">b</a><a href="/a/#keys">c</a>';
    const own = '<a href="#L4">a.yaml:4</a>';
    const lines = [...linkedLines(other, '/b/'), ...linkedLines(own, '/a/')];
    expect(lines).toEqual(['/a/#L2', '/files/#f0a1b2cL3', '/a/#L4']);
    const line = (name: string) => `<a name="${name}"><b>kind:</b> Pod\n</a>`;
    const html = [1, 2, 3, 4].map((number) => line(`L${number}`)).join('');
    expect(withoutOtherLines(html, '/a/', new Set(lines)).match(/<a[^>]*>/g)).toEqual([
      '<a>',
      '<a id="L2">',
      '<a>',
      '<a id="L4">',
    ]);
    const file = line('f0a1b2cL3') + line('f0a1b2cL4');
    expect(withoutOtherLines(file, '/files/', new Set(lines)).match(/<a[^>]*>/g)).toEqual([
      '<a id="f0a1b2cL3">',
      '<a>',
    ]);
  });
});

describe('classes that keep a style to its component', () => {
  const css = '.header:where(.astro-abcd1234){color:red}.astro-features{color:blue}';
  const html =
    '<link href="/_astro/a.Xx_1.css"><p class="header astro-abcd1234 astro-features">astro-other123</p>';
  const folderWith = (script: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-classes-'));
    writeFileSync(join(folder, 'a.Xx_1.css'), css);
    writeFileSync(join(folder, 'a.js'), script);
    return folder;
  };
  const shorten = (folder: string) => shortClasses(pathToFileURL(`${folder}/`)).shorten;

  test('are short in styles and pages, and the styles have other names', () => {
    const folder = folderWith('let a = 1;');
    const own = shorten(folder)(html);
    const [name = ''] = readdirSync(folder).filter((file) => file.endsWith('.css'));
    expect(name).not.toBe('a.Xx_1.css');
    expect(own).toBe(
      `<link href="/_astro/${name}"><p class="header _abcd astro-features">astro-other123</p>`,
    );
    expect(readFileSync(join(folder, name), 'utf8')).toBe(
      '.header:where(._abcd){color:red}.astro-features{color:blue}',
    );
  });

  test('stand at a list alone in which all have one, and at everything where something has none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-classes-'));
    const own = 'astro-abcd1234';
    writeFileSync(
      join(folder, 'a.Xx_1.css'),
      `li:where(.${own}) a:where(.${own}){color:red}p:where(.astro-efgh1234){color:blue}`,
    );
    const list = (inner: string) =>
      `<ul class="top ${own}"><li class="${own}"><a href="/a/" class="near ${own}"><span class="${own}">a</span></a><ul class="${own}"><li class="${own}">b</li></ul></li>${inner}</ul>`;
    const light = shorten(folder)(list('') + list('<li class="other">c</li>') + list('<my-li></my-li>'));
    const inside = '<li><a href="/a/" class="near _abcd">a</a><ul><li>b</li></ul></li>';
    expect(light).toBe(
      `<ul class="top _abcd _abcd_">${inside}</ul>${list('<li class="other">c</li>').replaceAll(own, '_abcd')}<ul class="top _abcd _abcd_">${inside}<my-li></my-li></ul>`,
    );
    const [name = ''] = readdirSync(folder);
    const all = ':where(._abcd,._abcd_ :is(ul,li,a,details,summary,span))';
    expect(readFileSync(join(folder, name), 'utf8')).toBe(
      `li${all} a${all}{color:red}p:where(._efgh){color:blue}`,
    );
  });

  test('stay as they are where a script asks for one, or for a style by its name', () => {
    for (const script of ['const a = "astro-abcd1234";', 'import("./a.Xx_1.css")']) {
      const folder = folderWith(script);
      expect(shorten(folder)(html)).toBe(html);
      expect(readdirSync(folder)).toContain('a.Xx_1.css');
    }
  });
});

describe('classes that stand together', () => {
  const css =
    '@layer a.head{.head{color:red}.head.wide:not(.md\\:flex):where(._abcd)::before{content:".head"}}.asked{background:url(x.head.svg)}.a{top:0}';
  const page = (more = '') =>
    `<!DOCTYPE html><html><head><link rel="stylesheet" href="/_astro/a.css">${more}</head><body><div class="head wide md:flex _abcd"><p class="asked wide">a</p>&lt;div class="head"></div></body></html>`;
  const scripts = ['document.querySelector(".asked");b=`<i class="wide">`;c.className="head"'];
  const samples = Array.from({ length: 9 }, () => page());
  const of = (given: string[], styles = [css]) => oneClass({ styles, scripts, samples: given });

  test('are one in a page, for which each rule knows it too', () => {
    const one = of(samples);
    expect(one.of('head wide md:flex _abcd')).toBe('c');
    expect(one.of('asked wide')).toBe('asked b');
    expect(one.of('other')).toBeUndefined();
    expect(one.inStyle(css)).toBe(
      '@layer a.head{:is(.head,.c){color:red}:is(.head,.c):is(.wide,.b,.c):not(:is(.md\\:flex,.c)):where(:is(._abcd,.c))::before{content:".head"}}.asked{background:url(x.head.svg)}.a{top:0}',
    );
    expect(pageShortener(true, one)(page(), '/a/', one.isFor(page(), '/_astro/'))).toContain(
      '<div class=c><p class="asked b">a</p>&lt;div class="head"></div>',
    );
  });

  test('stay on a page that something else styles or reads, and where a rule asks for their text', () => {
    const one = of(samples);
    expect(one.isFor(page(), '/_astro/')).toBe(true);
    for (const more of [
      '<style>.head{color:blue}</style>',
      '<link rel="stylesheet" href="/custom.css">',
      '<script src="https://example.com/a.js"></script>',
      '<script>a(".wide")</script>',
    ])
      expect(one.isFor(page(more), '/_astro/'), more).toBe(false);
    expect(one.isFor(page('<script>let a = "wider";</script>'), '/_astro/')).toBe(true);
    const byText = of(samples, [`${css}[class^="head"]{top:0}`]);
    expect(byText.of('head wide md:flex _abcd')).toBeUndefined();
    expect(byText.inStyle(css)).toBe(css);
  });
});

describe('what a search and paper need', () => {
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });
  const folderOf = (files: Record<string, string>) => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-spare-'));
    folders.push(folder);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return { folder, url: pathToFileURL(`${folder}/`) };
  };

  test('is kept, of the rest of Pagefind what a page or a script names', () => {
    const names = ['pagefind.js', 'pagefind-worker.js', 'wasm.en.pagefind', 'wasm.unknown.pagefind'];
    const spare = ['pagefind-ui.js', 'pagefind-ui.css', 'pagefind-highlight.js', 'pagefind-modular-ui.js'];
    const site = (languages: object) =>
      folderOf({
        ...Object.fromEntries([...names, ...spare].map((name) => [`pagefind/${name}`, '"pagefind-ui.js"'])),
        'pagefind/pagefind-entry.json': JSON.stringify({ languages }),
        'own.js': 'import("/pagefind/pagefind-highlight.js")',
        'other.html': '<p data-pagefind-ui>',
      });
    const left = (languages: object, html: string) => {
      const { folder, url } = site(languages);
      const search = openSpareSearch(url);
      search.see(html);
      search.remove([]);
      return readdirSync(join(folder, 'pagefind')).sort();
    };
    expect(left({ en: { wasm: 'en' } }, '<p data-pagefind-ui-x>')).toEqual(
      ['pagefind-entry.json', 'pagefind-highlight.js', ...names.slice(0, 3)].sort(),
    );
    expect(
      left({ en: { wasm: 'en' }, xx: { wasm: null } }, '<script src="/pagefind/pagefind-ui.js">'),
    ).toEqual(
      ['pagefind-entry.json', 'pagefind-highlight.js', 'pagefind-ui.css', 'pagefind-ui.js', ...names].sort(),
    );
  });

  test('is one stylesheet where each page has both', () => {
    const files = { 'print.a.css': '@media print{p{top:0}}', 'common.b.css': 'p{left:0}' };
    const sheet = (name: string, media = '') => `<link rel="stylesheet" href="/x/_astro/${name}"${media}>`;
    const both = `<head>${sheet('print.a.css', ' media="print"')}${sheet('common.b.css')}</head>`;
    const { folder, url } = folderOf(files);
    const print = openPrint(url);
    for (const html of [both, both, '<head></head>']) print.see(html);
    const [name = '', ...others] = [print.join()(both), readdirSync(folder)]
      .flat()
      .flatMap((text) => /common\.[\w-]+\.css/.exec(text)?.[0] ?? []);
    expect(others).toEqual([name]);
    expect(name).not.toBe('common.b.css');
    expect(readFileSync(join(folder, name), 'utf8')).toBe('@media print{p{top:0}}\np{left:0}');
    for (const html of [`<head>${sheet('common.b.css')}</head>`, both.replace('print.a', 'print.c')]) {
      const kept = folderOf(files);
      const other = openPrint(kept.url);
      for (const one of [both, html]) other.see(one);
      expect(other.join()(both)).toBe(both);
      expect(readdirSync(kept.folder).sort()).toEqual(Object.keys(files).sort());
    }
  });
});

describe('the choice of the theme', () => {
  const provider = '<script>window.StarlightThemeProvider = { updatePickers(theme = "auto") {} };</script>';
  const template = '<template id="theme-icons"><svg class="light"></svg></template>';
  const choice = '<label>Theme</label><b>Dark</b>';
  const picker = (own: string) =>
    `<starlight-theme-select>${own}</starlight-theme-select><script>\n StarlightThemeProvider.updatePickers();\n</script>`;
  const button = '<button data-open-modal disabled>Search</button>';
  const search = (own: string) => `<site-search data-close="Cancel">${own}</site-search>`;
  const page = `<html><head>${provider}${template}</head><body>${search(button)}${picker(choice)}<nav>${picker(choice)}</nav></body></html>`;

  test('comes with the script that works it', () => {
    const shared = sharedParts([page, page], '/_astro/');
    const [[name = '', text = ''] = []] = shared.files;
    const slim = slimPage(page, shared);
    expect(slim).toBe(
      `<html><head><script src="/_astro/${name}"></script></head><body>${search('')}<starlight-theme-select></starlight-theme-select><nav><starlight-theme-select></starlight-theme-select><script>StarlightThemeProvider.updatePickers()</script></nav></body></html>`,
    );
    // As a browser would run it: each place that is empty is filled, and told.
    const places = [{ innerHTML: '' }, { innerHTML: '' }];
    const searches = [{ innerHTML: '' }];
    const head = { added: '', insertAdjacentHTML: (_: string, html: string) => (head.added += html) };
    const window = {} as { StarlightThemeProvider: { updatePickers(theme?: string): void } };
    const document = {
      head,
      querySelectorAll: (names: string) => (names.startsWith('site-search') ? searches : places),
    };
    new Function('window', 'document', `with (window) { ${text} }`)(window, document);
    window.StarlightThemeProvider.updatePickers();
    expect(places.map(({ innerHTML }) => innerHTML)).toEqual([choice, choice]);
    expect(searches).toEqual([{ innerHTML: button }]);
    expect(head.added).toBe(template);
  });

  test('stays where it stands in a page that has another or is strict', () => {
    const shared = sharedParts([page, page], '/_astro/');
    const other = page.replaceAll('Dark', 'Night');
    expect(slimPage(other, shared)).toBe(other);
    const strict = page.replace('<head>', '<head><meta http-equiv="content-security-policy" content="x">');
    expect(slimPage(strict, shared)).toBe(strict);
  });
});

describe('a long table', () => {
  const row = (id: number) => `<tr data-id="${id}"><td title="</tr></tbody></figure>">row ${id}</td></tr>`;
  const rows = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => row(from + index)).join('');
  const group = (name: string, body: string) =>
    `<tbody data-group="${name}"><tr class="pl-group"><th scope="rowgroup">${name}</th></tr>${body}</tbody>`;
  const page = (body: string, count: number) =>
    `<html lang="en"><head><title>All | Site</title></head><body><p>before</p><figure class="pl-table not-content pl-tall" id="all.table" data-view="a" data-rows="${count}" data-total="${count}"><figcaption class="pl-caption">All of it</figcaption><div class="pl-bar"></div><table><thead><tr><th>Name</th></tr></thead>${body}</table><p class="pl-foot"><span class="pl-count">${count} rows</span></p></figure><p>behind</p></body></html>`;
  const options = {
    slug: 'things',
    speech: english,
    hrefOf: (slug: string) => `/${slug}/`,
    isFree: () => true,
    most: 40,
    first: 20,
    hasDrawn: true,
  };
  const ids = (html: string) => [...html.matchAll(/<tr data-id="(\d+)"/g)].map(([, id]) => Number(id));
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

  test('begins on its page and stands whole on others, each group below its name', () => {
    const html = page(group('a', rows(0, 300)) + group('b', rows(300, 600)), 600);
    const { html: left, pages } = withRowPages(html, options);
    expect(ids(left)).toEqual(range(0, 20));
    expect(left).toContain('20 of 600 rows</span> <a class="pl-all" href="/things/rows/all/1/"');
    expect(left).toContain('data-of="3">All 600 rows</a>');
    expect(left).toMatch(/^<html.*<p>before<\/p>.*<p>behind<\/p><\/body><\/html>$/s);
    expect(pages.map(({ slug }) => slug)).toEqual([1, 2, 3].map((part) => `things/rows/all/${part}`));
    expect(pages.flatMap((part) => ids(part.html))).toEqual(range(0, 600));
    expect(pages.map((part) => part.html.includes('pl-bar'))).toEqual([false, false, false]);
    expect(pages[1]?.html).toContain('251–500 of 600 rows');
    expect(pages[1]?.html).toMatch(
      /<tbody data-group="a"><tr class="pl-group">.*<tbody data-group="b"><tr class="pl-group">/s,
    );
    expect(pages[1]?.html).toContain('<title>All of it 2: All | Site</title>');
    expect(pages[1]?.html).toContain('href="/things/#all.table"');
  });

  test('is whole on its page where it is short, or where a page of its own has the address of another', () => {
    const short = page(group('a', rows(0, 40)), 40);
    expect(withRowPages(short, options)).toEqual({ html: short, pages: [] });
    const long = page(group('a', rows(0, 41)), 41);
    expect(withRowPages(long, options).pages).toHaveLength(1);
    expect(withRowPages(long, { ...options, isFree: () => false })).toEqual({ html: long, pages: [] });
  });

  test('has a link alone on a page that is too large, where it stands for a drawing', () => {
    const drawn = page(group('a', rows(0, 4)), 4).replace('data-view="a"', 'data-view="drawn"');
    expect(withRowPages(drawn, options).pages).toEqual([]);
    const { html: left, pages } = withRowPages(drawn, { ...options, hasDrawn: false });
    expect(left).toMatch(
      /<figcaption class="pl-caption">All of it<\/figcaption><p class="pl-foot"><a class="pl-all" href="\/things\/rows\/all\/1\/" data-of="1">All 4 rows<\/a><\/p><\/figure><p>behind/,
    );
    expect(ids(pages[0]?.html ?? '')).toEqual(range(0, 4));
    const other = page(group('a', rows(0, 4)), 4);
    expect(withRowPages(other, { ...options, hasDrawn: false }).pages).toEqual([]);
  });

  test('has its number as its address where its caption is longer than the name of a folder', () => {
    const long = page(group('a', rows(0, 41)), 41).replaceAll('all.table', `${'a'.repeat(300)}.table`);
    expect(withRowPages(long, options).pages.map(({ slug }) => slug)).toEqual(['things/rows/1/1']);
  });

  test('is cut further where its page is too large, but for short ones of one that is so without them', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'plumbline-slim-'));
    const wide = (id: number) => `<tr data-id="${id}"><td>${'row '.repeat(1000)}</td></tr>`;
    const table = page(group('a', range(0, 39).map(wide).join('')), 39).replace(
      '<title>',
      '<meta name="generator" content="Starlight v1"/><title>',
    );
    const left = async (text: string) => {
      writeFileSync(join(dir, 'index.html'), text);
      await slimSite({
        ...{
          dir: pathToFileURL(`${dir}/`),
          pages: [{ pathname: '' }],
          base: '/',
          assets: '_astro',
          isWhole: true,
        },
        ...{ speechOf: () => english, hrefOf: (slug) => `/${slug}/` },
      });
      return ids(readFileSync(join(dir, 'index.html'), 'utf8').replaceAll(/data-id=(\d+)/g, 'data-id="$1"'));
    };
    expect(await left(table)).toEqual(range(0, 8));
    // Those of the first page of a site lie in it, too.
    expect(existsSync(join(dir, 'rows/all/1/index.html'))).toBe(true);
    rmSync(join(dir, 'rows'), { recursive: true });
    const large = (text: string) => text.replace('before', 'before '.repeat(20_000));
    expect(await left(large(table))).toEqual(range(0, 3));
    rmSync(join(dir, 'rows'), { recursive: true });
    const short = page(group('a', rows(0, 39)), 39).replace(
      '<title>',
      '<meta name="generator" content="Starlight v1"/><title>',
    );
    expect(await left(large(short))).toEqual(range(0, 39));
    rmSync(dir, { recursive: true });
  });
});

describe('a page that says something else in its head', () => {
  // As Astro writes it: a quote is none in a value, and `<` is.
  const provider = '<script>window.StarlightThemeProvider = { updatePickers() {} };</script>';
  const hostile = [
    provider.replace('= {', '= evil || {'),
    '<script>',
    '<body class=&quot;a&quot;><img src=x onerror=evil>',
    '> <script>evil()</script>',
    '<figure class=&quot;pl-table&quot; id=&quot;x.table&quot;><tbody><tr>',
    '<script>StarlightThemeProvider.updatePickers();</script>',
    '<site-search data-close=x>evil</site-search>',
  ];
  const pageOf = (said: string) => {
    const many = Array.from({ length: 99 }, (_, id) => `<tr data-id="${id}"><td>row</td></tr>`);
    return `<!DOCTYPE html><html><head><meta name="generator" content="Starlight v1"/><title>A</title><meta name="description" content="${said}"/><meta property="og:description" content="${said}"/>${provider}</head><body><starlight-theme-select><b>Dark</b></starlight-theme-select><script>StarlightThemeProvider.updatePickers();</script><figure class="pl-table" id="all.table" data-total="100"><figcaption>All</figcaption><table><tbody>${many.join('')}</tbody></table><p><span class="pl-count">100 rows</span></p></figure></body></html>`;
  };
  const elementsOf = (html: string) => {
    const found: string[] = [];
    visit(fromHtml(html), 'element', ({ tagName, properties, children }) => {
      const [only] = children;
      if (tagName === 'meta' && properties.name === 'description') found.push(String(properties.content));
      if (['script', 'img', 'body'].includes(tagName))
        found.push(`${tagName} ${only?.type === 'text' ? only.value : ''}`);
    });
    return found;
  };

  test.each(hostile)('has that there alone, and so have its pages of rows: %s', (said) => {
    const dir = mkdtempSync(join(tmpdir(), 'plumbline-slim-'));
    mkdirSync(join(dir, '_astro'));
    for (const name of ['a', 'b']) {
      mkdirSync(join(dir, name));
      writeFileSync(join(dir, name, 'index.html'), pageOf(said));
    }
    slimSite({
      ...{ dir: pathToFileURL(`${dir}/`), pages: [{ pathname: 'a' }, { pathname: 'b' }] },
      ...{ base: '/', assets: '_astro', isWhole: true },
      ...{ speechOf: () => english, hrefOf: (slug: string) => `/${slug}/` },
    });
    const [description] = elementsOf(pageOf(said));
    for (const path of ['a/index.html', 'a/rows/all/1/index.html', 'b/rows/all/1/index.html']) {
      const expected = path.includes('rows')
        ? [`script ${provider.replaceAll(/<[^>]*>/g, '')}`, 'body ']
        : [description, 'script ', 'body ', 'script StarlightThemeProvider.updatePickers()'];
      expect(elementsOf(readFileSync(join(dir, path), 'utf8'))).toEqual(expected);
    }
    const files = readdirSync(join(dir, '_astro')).map((name) =>
      readFileSync(join(dir, '_astro', name), 'utf8'),
    );
    expect(files.join()).not.toContain('evil');
    rmSync(dir, { recursive: true });
  });
});

describe('a piece of HTML', () => {
  test.each([
    ['<p title="a>b">c</p>', ['<p title="a>b">', '</p>']],
    ['<!-- <p> --><b>', ['<b>']],
    ['<script>"<p>"</script ><i>', ['<script>"<p>"</script >', '<i>']],
    ['<script><p>', ['<script>', '<p>']],
    ['a < b <p class="c> d', []],
    ['<svg viewBox="0 0 1 1"><path d="M0>"/></svg>', ['<svg viewBox="0 0 1 1"><path d="M0>"/></svg>']],
    ['<svg><path/><g></g></svg>', ['<svg>', '<path/>', '<g>', '</g>', '</svg>']],
  ])('is found in %s', (html, pieces) => {
    const found: string[] = [];
    const written = replaceTokens(html, (token, end) => {
      const { tag } = token;
      const ending = token.is === 'tag' ? '' : html.slice(html.indexOf(tag) + tag.length, end);
      found.push(tag + ending);
      return null;
    });
    expect(written).toBe(html);
    expect(found).toEqual(pieces);
  });
});
