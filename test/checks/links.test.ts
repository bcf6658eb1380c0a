import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkPages, createEngine, type Engine } from '../../plugins/engine/index.ts';
import { d2 } from '../d2/helpers.ts';
import { repositoryFrom } from './engine.ts';

const waves = '---\ntitle: Waves\n---\n\n## The order\n\n## Later\n';
const files: Record<string, string> = {
  'docs/index.md': '---\ntitle: Home\n---\n',
  'docs/concepts/waves.md': waves,
  'docs/concepts/own.md': '---\nslug: somewhere/else\n---\n\n# Own\n',
  'docs/guide/parts.mdx': 'import Part from "./_part.mdx";\n\n<Part />\n',
  'docs/guide/_part.mdx': '## Of the part\n',
  'docs/guide/live.mdx': 'import Board from "../Board.astro";\n\n<Board />\n',
  'docs/guide/a b.md': '# A\n',
  'docs/apps/cart/README.md': '# Cart\n',
  'docs/apps/cart/TESTING.md': '# Tests\n',
  'docs/img/one.png': '',
  'docs/img/two.d2': 'a -> b',
  'README.md': '# The platform\n',
  'astro.config.mjs': "export default { redirects: { '/old': '/concepts/waves' } };\n",
  'public/robots.txt': '',
  'src/pages/status.astro': '',
};
let root: string;
let engine: Engine;

beforeAll(async () => {
  root = repositoryFrom(
    '==> K8s/web/namespace.yaml <==\napiVersion: v1\nkind: Namespace\nmetadata: { name: web }\n',
  );
  for (const [file, text] of Object.entries(files)) write(file, text);
  engine = await createEngine({ root, d2 });
});
afterAll(async () => {
  await engine.dispose();
  rmSync(root, { recursive: true });
});

describe('a link that leads somewhere', () => {
  it.each([
    '../concepts/waves.md',
    '../concepts/waves.md#the-order',
    './../concepts/waves.md?x=1#later',
    '../concepts/own.md#own',
    'a%20b.md#a',
    '#here',
    '#_top',
    '../concepts/',
    '../img/one.png',
    '../../K8s/web/namespace.yaml#L3',
    '../../K8s/web',
    '../../README.md#the-platform',
    'parts.mdx#of-the-part',
    '/concepts/waves/#the-order',
    '/base/concepts/waves',
    '/somewhere/else/',
    '/',
    '/resources/',
    '/resources/namespace/web/',
    '/rules/claim-false',
    '/robots.txt',
    '/status/',
    '/old/',
    '/K8s/web/namespace.yaml',
    '../../concepts/waves/',
    'https://example.com/none.md#none',
  ])('%s', async (url) => {
    const { diagnostics, unverified } = await check(`# Here\n\n[x](${url})\n`);
    expect(diagnostics).toEqual([]);
    expect(unverified).toEqual([]);
  });
});

describe('a link that leads nowhere', () => {
  it.each([
    ['../concepts/wave.md', 'leads to no page', '../concepts/waves.md'],
    ['../concepts/waves.mdx#later', 'leads to no page', '../concepts/waves.md#later'],
    ['waves.md#later', 'leads to no page', '../concepts/waves.md#later'],
    ['../concepts/waves.md#the-ordr', 'has no heading `#the-ordr`', '../concepts/waves.md#the-order'],
    ['../concepts/waves.md#elsewhere', 'has no heading `#elsewhere`', null],
    ['#heer', 'this page has no heading `#heer`', '#here'],
    ['../concepts/waves.md#The-Order', 'has no heading', '../concepts/waves.md#the-order'],
    ['../../K8s/web/namespaces.yaml', 'leads to no file', '../../K8s/web/namespace.yaml'],
    ['/concepts/wave/', 'leads to no page', '/concepts/waves/'],
    ['/resources/namespace/none/', 'leads to no page', null],
    ['../../K8s/web/namespace.yaml:3', 'leads to no file', '../../K8s/web/namespace.yaml#L3'],
    ['parts.mdx#of-the-parts', 'has no heading', 'parts.mdx#of-the-part'],
  ])('%s', async (url, message, replacement) => {
    const { diagnostics } = await check(`# Here\n\nSee [x](${url} "T").\n`);
    expect(diagnostics.map(({ rule }) => rule)).toEqual(['link-broken']);
    const [fault] = diagnostics;
    expect(fault?.message).toContain(message);
    expect(fault?.fix?.replacement ?? null).toBe(replacement);
    expect(fault?.page).toMatchObject({ line: 3, column: 9, endColumn: 9 + url.length });
  });

  it('is shown with the line of the nearest heading', async () => {
    const { diagnostics } = await check('[x](../concepts/waves.md#late)\n');
    expect(diagnostics[0]?.sources).toMatchObject([{ file: 'docs/concepts/waves.md', line: 7 }]);
  });

  it('is told of images and definitions too', async () => {
    const { diagnostics } = await check('![x](../img/oen.png) [y]\n\n[y]: none.md\n');
    expect(diagnostics.map(({ message, fix }) => [message, fix?.replacement])).toEqual([
      ['the link `../img/oen.png` leads to no image', '../img/one.png'],
      ['the link `none.md` leads to no page', undefined],
    ]);
  });
});

describe('what a link to a name that many folders have may have meant', () => {
  it.each([
    ['../../shop/cart/README.md#cart', ['../apps/cart/README.md#cart'], undefined],
    ['../apps/carts/README.md', ['../apps/cart/README.md'], '../apps/cart/README.md'],
    ['../none/README.md', [], undefined],
    ['../none/TESTING.md', ['../apps/cart/TESTING.md'], undefined],
  ])('%s', async (url, meant, replacement) => {
    const { diagnostics } = await check(`[x](${url})\n`);
    expect(diagnostics.map(({ candidates, fix }) => [candidates, fix?.replacement])).toEqual([
      [meant, replacement],
    ]);
  });
});

describe('an address that a browser would run', () => {
  it.each([
    ['[x](javascript:alert(1))', 'link', 'javascript:'],
    ['[x](<JaVa\tScRiPt:alert(1)>)', 'link', 'javascript:'],
    ['<vbscript:x>', 'link', 'vbscript:'],
    ['[x][y]\n\n[y]: data:text/html,<script>alert(1)</script>', 'link', 'data:'],
    ['a <a href="&#x6A;avascript&colon;alert(1)">x</a>', 'link', 'javascript:'],
    ['<p><a href=" java\nscript:alert(1)">x</a></p>', 'link', 'javascript:'],
    ['<iframe src="data:text/html,x"></iframe>', 'link', 'data:'],
    ['a <a xlink:href="javascript:x">x</a>', 'link', 'javascript:'],
    ['<form ACTION="javascript:x"></form>', 'link', 'javascript:'],
    ['<button formaction=vbscript:x>x</button>', 'link', 'vbscript:'],
    ['<object data="data:image/svg+xml,x"></object>', 'link', 'data:'],
    ['<embed src="data:image/svg+xml,x">', 'link', 'data:'],
    ['<base href="javascript:x">', 'link', 'javascript:'],
    ['<svg><a><set attributeName="href" to="javascript:x" /></a></svg>', 'link', 'javascript:'],
    ['<svg><a><animate values="#a;javascript:x" /></a></svg>', 'link', 'javascript:'],
    ['<video poster="javascript:x"></video>', 'picture', 'javascript:'],
    ['<img srcset="/robots.txt 1x,data:text/html;base64,x 2x">', 'picture', 'data:'],
    ['<img srcset="/robots.txt, javascript:x 2x">', 'picture', 'javascript:'],
    ['<svg><image xlink:href="data:text/html,x" /></svg>', 'picture', 'data:'],
    ['![x](javascript:alert(1))', 'picture', 'javascript:'],
    ['![x](data:text/html,x)', 'picture', 'data:'],
    ['```d2\na: |md\n  [x](javascript:alert)\n|\n```', 'link', 'javascript:'],
  ])('%s', async (text, what, scheme) => {
    const { diagnostics } = await check(`# Here\n\n${text}\n`);
    expect(diagnostics.map(({ rule }) => rule)).toEqual(['link-broken']);
    expect(diagnostics[0]?.message).toMatch(
      new RegExp(`^the ${what} .* may not use the scheme \`${scheme}\``),
    );
    expect(diagnostics[0]).toMatchObject({ page: { file: 'docs/guide/page.md' }, help: expect.any(String) });
  });

  it('is none where a picture is its own bytes, or nothing but words', async () => {
    const text =
      '![x](data:image/png;base64,AA) `javascript:x` javascript:x [x](https://a.example/javascript:x)\n';
    expect((await check(text)).diagnostics).toEqual([]);
  });

  it('is none in another attribute that names what nobody looks for', async () => {
    const text = `<img srcset="data:image/png;base64,AA 1x, none.png?a,javascript:x 2x"><video poster="none.png"></video>
<form action="/none"><button formaction="none.md" data="javascript:x">x</button></form>
<svg><image href="data:image/png;base64,AA" /><use xlink:href="#none" /></svg><object data="none.pdf"></object>\n`;
    expect(await check(text)).toMatchObject({ diagnostics: [], unverified: [] });
  });
});

describe('a link of which nobody can tell', () => {
  it.each([
    ['../../../outside.md', 'it leads out of the repository'],
    ['../img/two.svg', 'a build may make it of `two.d2`'],
    ['live.mdx#board', 'docs/guide/live.mdx shows more than its own text'],
  ])('%s', async (url, why) => {
    const { diagnostics, unverified } = await check(`[x](${url})\n`);
    expect(diagnostics).toEqual([]);
    expect(unverified.map((one) => one.why)).toEqual([why]);
  });

  it('the board of a diagram, where the page has diagrams with boards', async () => {
    const boards = '```d2 title="Way"\na -> b\nlayers: { inner: { c } }\n```\n';
    const { diagnostics, unverified } = await check(`[x](#way.layers-inner)\n\n${boards}`);
    expect(diagnostics).toEqual([]);
    expect(unverified).toHaveLength(1);
    expect((await check('[x](#way.layers-inner)\n')).diagnostics).toHaveLength(1);
  });
});

describe('pages that any renderer may show', () => {
  it.each([
    ['## Level 2 — roll back', 'level-2--roll-back', true],
    ['## Level 2 — roll back', 'level-2-roll-back', true],
    ['## Level 2 — roll back', 'level-2-rollback', false],
    ['## 1. Über `x_y`', 'über-x_y', true],
    ['## 1. Über `x_y`', '1-uber-x_y', true],
    ['## 1. Über `x_y`', '1-ueber-x_y', false],
    ['## Twice\n\n## Twice', 'twice_1', true],
    ['## Twice', 'Twice', false],
  ])('%j has the anchor %s: %j', async (text, anchor, isThere) => {
    const plain = repositoryFrom('');
    writeFileSync(join(plain, 'docs/page.md'), `${text}\n\n[x](#${anchor}) [y](<SHOP_INGRESS_URL>)\n`);
    const own = await createEngine({ root: plain });
    const { report } = await checkPages(own);
    expect(report.diagnostics.map(({ rule }) => rule)).toEqual(isThere ? [] : ['link-broken']);
    await own.dispose();
    rmSync(plain, { recursive: true });
  });
});

describe('pages whose renderer the configuration names', () => {
  const page = '## Level 2 — roll back\n\n[x](#level-2--roll-back) [y](#level-2-roll-back)\n';
  it.each([
    ['github', ['#level-2-roll-back']],
    ['mkdocs', ['#level-2--roll-back']],
    ['hugo', ['#level-2-roll-back']],
  ])('%s makes its own anchors alone', async (slugs, broken) => {
    const named = repositoryFrom('');
    writeFileSync(join(named, 'docs/page.md'), page);
    writeFileSync(join(named, 'plumbline.yaml'), `slugs: ${slugs}\n`);
    const own = await createEngine({ root: named });
    const { report } = await checkPages(own);
    expect(report.diagnostics.map(({ message }) => message)).toEqual(
      broken.map((anchor) => expect.stringContaining(`\`${anchor}\``)),
    );
    await own.dispose();
    rmSync(named, { recursive: true });
  });
});

describe('the index of pages', () => {
  it('takes the first heading for the title of a page without one', async () => {
    const titleOf = async (file: string) => (await engine.pages.page(join(root, file)))?.title;
    expect(await titleOf('README.md')).toBe('The platform');
    expect(await titleOf('docs/concepts/waves.md')).toBe('Waves');
    expect(await titleOf('docs/guide/parts.mdx')).toBe('parts');
  });

  it('follows a heading that is renamed, a page that comes and one that goes', async () => {
    const page = '[x](../concepts/waves.md#later) [y](new.md) [z](/guide/new/)\n';
    expect((await check(page)).diagnostics.map(({ message }) => message)).toHaveLength(2);
    write('docs/concepts/waves.md', waves.replace('Later', 'Sooner'));
    write('docs/guide/new.md', '# New\n');
    expect((await check(page)).diagnostics.map(({ message }) => message)).toEqual([
      '`docs/concepts/waves.md` has no heading `#later`',
    ]);
    write('docs/concepts/waves.md', waves);
    rmSync(join(root, 'docs/guide/new.md'));
    expect((await check(page)).diagnostics).toHaveLength(2);
  });

  it('gives the same anchors whether a page or a link to it is checked first', async () => {
    write('docs/guide/z.md', '# Z\n\n[x](page.md#p)\n');
    write('docs/guide/page.md', '# P\n\n[x](z.md#z)\n');
    const { report } = await checkPages(engine);
    expect(report.diagnostics.filter(({ page }) => page !== null)).toEqual([]);
    expect(report.checked.links).toBe(2);
  });
});

async function check(text: string) {
  write('docs/guide/page.md', text);
  const { report } = await checkPages(engine, { pages: ['docs/guide/page.md'] });
  return { ...report, diagnostics: report.diagnostics.filter(({ page }) => page !== null) };
}

function write(file: string, text: string): void {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
