import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, readSiteFacts, type SiteFacts } from '../../plugins/checks/index.ts';
import { checkPages, createEngine, type Engine, fixPages } from '../../plugins/engine/index.ts';
import { repositoryFrom } from '../checks/engine.ts';

const files: Record<string, string> = {
  'docs/index.mdx': '---\ntitle: Home\n---\n',
  'docs/a/index.md': '---\ntitle: A\n---\n',
  'docs/a/b.md': '---\ntitle: B\n---\n\n## Order\n',
  'docs/a/draft.md': '---\ntitle: Draft\ndraft: true\n---\n',
  'docs/a/_part.md': 'A part\n',
  'docs/a/one.png': '',
  'docs/folder/only.md': '---\ntitle: Only\n---\n',
  'docs/fr/a/b.md': '---\ntitle: B\n---\n',
  'public/file.pdf': '',
  'public/logo.svg': '',
  'README.md': '# The platform\n',
};
let root: string;
let engine: Engine;

beforeAll(async () => {
  root = repositoryFrom(
    '==> K8s/web/namespace.yaml <==\napiVersion: v1\nkind: Namespace\nmetadata: { name: web }\n' +
      '==> K8s/web/kustomization.yaml <==\nresources: [namespace.yaml]\n',
  );
  for (const [file, text] of Object.entries(files)) write(file, text);
  engine = await createEngine({ root });
});
afterAll(async () => {
  await engine.dispose();
  rmSync(root, { recursive: true });
});

it('reads a page once, however many links lead to it at a time', async () => {
  const path = join(root, 'docs/a/b.md');
  const [one, ...others] = await Promise.all([1, 2, 3].map(() => engine.pages.page(path)));
  expect(one?.title).toBe('B');
  for (const other of others) expect(other).toBe(one);
});

describe('an address', () => {
  // What is right under a base of `/docs`, what without one, and what each is answered where it is wrong.
  it.each<[string, string | null, string | null]>([
    ['/docs/a/b/', null, '/a/b/'],
    ['/a/b/', '/docs/a/b/', null],
    ['/docs/a/b/#order', null, '/a/b/#order'],
    ['/a/b/?x=1#order', '/docs/a/b/?x=1#order', null],
    ['/docs/a/b', null, '/a/b'],
    ['/docs/', null, null],
    ['/docs', null, null],
    ['/docs/a/index.html', null, null],
    ['/docs/file.pdf', null, null],
    ['/file.pdf', '/docs/file.pdf', null],
    ['/docs/status/', null, null],
    ['/docs/old/', null, null],
    ['/docs/resources/namespace/web/', null, null],
    ['/docs/resources/files/k8s/', null, null],
  ])('%s', async (url, based, bare) => {
    const page = `[x](${url})\n`;
    const found = await faultsOf(page, { base: '/docs' });
    expect(found.map(({ fix }) => fix?.replacement)).toEqual(based === null ? [] : [based]);
    const isBare = url.startsWith('/docs');
    const without = await faultsOf(page, { base: '/' });
    expect(without.length > 0).toBe(isBare);
    if (bare !== null) expect(without[0]?.candidates).toContain(bare);
  });

  it.each<[string, Partial<SiteFacts>, string]>([
    ['/docs/a/none/', {}, 'there is no `/docs/a/none/` on the site'],
    ['/docs/a/b.html', {}, 'there is no `/docs/a/b.html` on the site'],
    [
      '/docs/a/b',
      { trailingSlash: 'always' },
      "the site answers only with a slash at the end (`trailingSlash: 'always'`)",
    ],
    [
      '/docs',
      { trailingSlash: 'always' },
      "the site answers only with a slash at the end (`trailingSlash: 'always'`)",
    ],
    [
      '/docs/a/b/',
      { trailingSlash: 'never' },
      "the site answers only without a slash at the end (`trailingSlash: 'never'`)",
    ],
    ['/docs/a/draft/', {}, '`docs/a/draft.md` is a draft, which a build leaves out'],
    ['draft.md', {}, '`docs/a/draft.md` is a draft, which a build leaves out'],
    ['/docs/a/_part/', {}, 'there is no `/docs/a/_part/` on the site'],
    ['/docs/resources/files/k8s/web/', {}, 'there is no `/docs/resources/files/k8s/web/` on the site'],
    ['/docs/public/file.pdf', {}, 'there is no `/docs/public/file.pdf` on the site'],
    ['/docs/de/a/b/', {}, 'there is no `/docs/de/a/b/` on the site'],
    [
      '/K8s/web/namespace.yaml',
      {},
      'there is no `/K8s/web/namespace.yaml` on the site; the file of the repository is written by its way from here',
    ],
    [
      '../../README.md',
      {},
      'the site has no page of `README.md`, and nothing says where the repository is read',
    ],
    [
      '../folder/',
      {},
      'the site has no page of `docs/folder`, and nothing says where the repository is read',
    ],
  ])('%s is nothing: %j', async (url, facts, actual) => {
    const [fault] = await faultsOf(`[x](${url})\n`, { base: '/docs', ...facts });
    expect(fault).toMatchObject({ rule: 'link-broken', actual });
  });

  it.each<[string, Partial<SiteFacts>]>([
    ['/docs/a/b/', { trailingSlash: 'always' }],
    ['/docs/a/b', { trailingSlash: 'never' }],
    ['/docs', { trailingSlash: 'never' }],
    ['/docs/', { trailingSlash: 'always' }],
    ['/docs/file.pdf', { trailingSlash: 'always' }],
    ['/docs/a/b.html', { format: 'file' }],
    ['/docs/de/a/b/', { locales: ['', 'de', 'fr'] }],
    ['/docs/fr/a/b/', { locales: ['', 'de', 'fr'] }],
    ['../../K8s/web/namespace.yaml', {}],
    ['.', {}],
    ['../', {}],
    ['../b/', {}],
    ['#order', {}],
  ])('%s leads somewhere: %j', async (url, facts) => {
    expect(await faultsOf(`## Order\n\n[x](${url})\n`, { base: '/docs', ...facts })).toEqual([]);
  });

  it('of a draft is right on another draft, and may be anything where an integration adds pages', async () => {
    const draft = '---\ndraft: true\n---\n\n[x](draft.md) [y](/docs/a/draft/)\n';
    expect(await faultsOf(draft, { base: '/docs' })).toEqual([]);
    const { diagnostics, unverified } = await check('[x](/docs/posts/one/) [x](/docs/blog/)\n', {
      base: '/docs',
      others: ['starlight-blog'],
    });
    expect(diagnostics).toEqual([]);
    expect(unverified.map(({ why }) => why)).toEqual([
      'a build makes the addresses of `/posts/[...slug]`',
      '`starlight-blog` may add pages of which nothing is known here',
    ]);
  });

  it('of a picture beyond the repository is not shown, wherever it is written', async () => {
    symlinkSync(tmpdir(), join(root, 'docs/a/beyond'));
    writeFileSync(join(tmpdir(), 'plumbline-beyond.png'), '');
    const pictures = ['../../../out.png', 'beyond/plumbline-beyond.png', 'file:///etc/hostname'];
    const text = `---\nhero: { image: { file: ../../../out.png } }\n---\n\n${pictures.map((one) => `![x](${one})`).join('\n')}\n`;
    const found = await faultsOf(text, { base: '/docs' });
    expect(found.map(({ actual, page }) => [actual, page?.line])).toEqual(
      [2, 5, 6, 7].map((line) => [expect.stringContaining('lies outside the repository'), line]),
    );
    rmSync(join(root, 'docs/a/beyond'));
    rmSync(join(tmpdir(), 'plumbline-beyond.png'));
  });

  it('in front matter that a browser would run is told at its place', async () => {
    const text = `---
hero:
  tagline: <a href="javascript:a">b</a>
  actions:
    - { text: B, link: "javascript:b" }
    - { text: B, link: /docs/a/b/, attrs: { href: "vbscript:b" } }
prev: { link: "data:text/html,x" }
editUrl: javascript:e
sidebar: { attrs: { href: "javascript:f" } }
---
`;
    const found = await faultsOf(text, { base: '/docs' });
    expect(found.map(({ rule, page }) => `${rule} ${page?.line}`)).toEqual(
      [3, 5, 6, 7, 8, 9].map((line) => `link-broken ${line}`),
    );
  });

  it('of the repository leads to where it is read, where that is known', async () => {
    engine.platform.config.repository.browse = 'https://git.example.com/{file}';
    expect(await faultsOf('[x](../../README.md) [y](../folder/) [z](one.png)\n', { base: '/docs' })).toEqual(
      [],
    );
    engine.platform.config.repository.browse = null;
  });
});

describe('a page of a site', () => {
  const page = `---
hero:
  image: { file: ./zzz.png }
  tagline: See <a href="/a/b/">b</a>
  actions:
    - { text: B, link: /a/b/ }
    - { text: B, link: a/b.md }
    - { text: Out, link: https://example.com }
next: { label: B, link: "/a/b/" }
---
import { LinkButton, LinkCard as Card } from '@astrojs/starlight/components';
import Own from './Own.astro';

<Card title="B" href="/a/b/" />
<Card title="B" href="b.md" />
<LinkButton href={'/a/b/'}>B</LinkButton>
<LinkButton href={base + '/a/b/'}>B</LinkButton>
<Own href="/a/b/" />
<Own href="/docs/a/b/" />

> <a href="/a/b/">b</a> <a
> href='draft.md'>c</a> <img src="./one.png" /> <img src="/docs/logo.svg" /> ![](./one.png) ![][two]

[two]: ./one.png

\`\`\`d2 title="Links"
a: A { link: /a/b/ }
b: B { link: "../folder/none.md" }
c: C { link: ./b.md }
d: |md
  [b](/a/b/) and [b](b.md#order)
|
a -> b: |md [none](/docs/a/none/) | { link: ./none.md }
\`\`\`
`;

  it('is followed in front matter, components, HTML and diagrams', async () => {
    const { diagnostics, unverified } = await check(page, { base: '/docs' }, 'page.mdx');
    expect(
      diagnostics.map((one) => [
        one.page?.line,
        one.page?.column,
        one.message.split('`')[1],
        one.fix?.replacement,
      ]),
    ).toEqual([
      [3, 18, './zzz.png', undefined],
      [4, 25, '/a/b/', '/docs/a/b/'],
      [6, 24, '/a/b/', '/docs/a/b/'],
      [7, 24, 'a/b.md', undefined],
      [9, 26, '/a/b/', '/docs/a/b/'],
      [14, 23, '/a/b/', '/docs/a/b/'],
      [16, 20, '/a/b/', '/docs/a/b/'],
      [21, 12, '/a/b/', '/docs/a/b/'],
      [22, 9, 'draft.md', undefined],
      [22, 35, './one.png', undefined],
      [27, 14, '/a/b/', '"/docs/a/b/"'],
      [28, 14, '../folder/none.md', undefined],
      [31, 7, '/a/b/', '/docs/a/b/'],
      [33, 20, '/docs/a/none/', undefined],
    ]);
    expect(unverified.map(({ what, why }) => [what, why])).toEqual([
      ['link /a/b/', '`<Own>` may make another address of it'],
    ]);
  });

  it('is mended where what is meant is certain', async () => {
    write('docs/a/page.mdx', page);
    const [fixed] = await fixPages(engineFor({ base: '/docs' }), [join(root, 'docs/a/page.mdx')]);
    expect(fixed?.refused).toEqual([]);
    expect(fixed?.applied.length).toBe(8);
    expect(fixed?.after).toContain('{ text: B, link: /docs/a/b/ }');
    expect(fixed?.after).toContain('a: A { link: "/docs/a/b/" }');
    rmSync(join(root, 'docs/a/page.mdx'));
  });

  it('of Markdown has HTML too, and no components', async () => {
    const text =
      '---\nprev: { link: /a/b/ }\n---\n\n- a\n\n  <p>\n  <a href="/a/b/">b</a> <!-- <a href="/c"> -->\n  </p>\n';
    const { diagnostics } = await check(text, { base: '/docs' });
    expect(diagnostics.map(({ page: at }) => [at?.line, at?.column])).toEqual([
      [2, 15],
      [8, 12],
    ]);
  });

  it('without a site is one of a Git host', async () => {
    engine.context.site = null;
    const text =
      '---\nhero: { actions: [{ text: B, link: /none/ }] }\n---\n\n<a href="b.md">b</a> <img src="./none.png">\n\n```d2\na: { link: ./none.md }\n```\n';
    write('docs/a/page.md', text);
    const { report } = await checkPages(engine, { pages: ['docs/a/page.md'] });
    expect(report.diagnostics.map(({ message }) => message)).toEqual([
      'the link `./none.png` leads to no image',
    ]);
  });
});

describe('the address of a page', () => {
  const pages: Record<string, string> = {
    'docs/b.md': '# B\n',
    'docs/b/index.md': '# B, too\n',
    'docs/B.md': '# Case\n',
    'docs/c.md': '---\nslug: b\n---\n',
    'docs/d.md': '---\nslug: ../../../beyond\n---\n',
    'docs/e.md': `---\nslug: ${'long/'.repeat(300)}e\n---\n`,
    'docs/resources/index.md': '# Ours\n',
    'docs/resources/namespace/web.md': '# Ours\n',
    'docs/links.md': '[x](b/index.md) [y](d.md) [z](resources/index.md)\n',
  };

  it('that another page has is told, and each page has one', async () => {
    const own = repositoryFrom(
      '==> K8s/web/namespace.yaml <==\napiVersion: v1\nkind: Namespace\nmetadata: { name: web }\n',
    );
    for (const [file, text] of Object.entries(pages)) {
      mkdirSync(dirname(join(own, file)), { recursive: true });
      writeFileSync(join(own, file), text);
    }
    writeFileSync(join(own, 'astro.config.mjs'), 'export default { integrations: [plumbline()] };\n');
    const made = await createEngine({ root: own, site: { resources: true, rules: false } });
    const { report } = await checkPages(made);
    expect(report.diagnostics.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(
      Array(7).fill('warning page-address'),
    );
    expect(report.diagnostics.map(({ page, actual }) => [page?.file, page?.line, actual])).toEqual([
      ['docs/b.md', 1, 'it is published at `/b-2/`'],
      ['docs/b/index.md', 1, 'it is published at `/b-3/`'],
      ['docs/c.md', 2, 'it is published at `/b-4/`'],
      ['docs/d.md', 2, 'it is published at `/d/`, by its file name'],
      ['docs/e.md', 2, 'it is published at `/e/`, by its file name'],
      ['docs/resources/index.md', 1, expect.stringContaining('the made one is not')],
      ['docs/resources/namespace/web.md', 1, expect.stringContaining('the made one is not')],
    ]);
    expect((await made.pages.address('b-3'))?.file).toBe('docs/b/index.md');
    expect((await made.pages.page(join(own, 'docs/b/index.md')))?.slug).toBe('b-3');
    expect((await made.pages.address('d'))?.file).toBe('docs/d.md');
    await made.dispose();
    rmSync(own, { recursive: true });
  });
});

describe('the configuration of a site', () => {
  it.each<[string, string, string[]]>([
    ["export default { base: '/docs', integrations: [plumbline()] };", '/a/b/', ['/docs/a/b/']],
    ["export default { base: '/docs', integrations: [plumbline()] };", '/docs/a/b/', []],
    ['export default { integrations: [plumbline()] };', '/docs/a/b/', ['/a/b/']],
    ["// base: '/x'\nexport default { integrations: [plumbline()] };", '/a/b/', []],
    ['export default { base: process.env.BASE, integrations: [plumbline()] };', '/docs/a/b/', []],
    ['export default { base: process.env.BASE, integrations: [plumbline()] };', '/a/b/', []],
    ["export default { base: '/docs' };", '/a/b/', []],
    [
      "export default { base: '/docs', trailingSlash: 'never', x: plumbline() };",
      '/docs/a/b/',
      ['/docs/a/b'],
    ],
  ])('%s: %s', async (config, url, instead) => {
    write('astro.config.mjs', config);
    const facts = readSiteFacts({ ...engine.platform.config });
    engine.context.site = facts && createSite(facts);
    write('docs/a/page.md', `[x](${url})\n`);
    const { report } = await checkPages(engine, { pages: ['docs/a/page.md'] });
    expect(report.diagnostics.flatMap(({ fix, candidates }) => fix?.replacement ?? candidates)).toEqual(
      instead,
    );
    rmSync(join(root, 'astro.config.mjs'));
  });
});

async function faultsOf(text: string, facts: Partial<SiteFacts>) {
  return (await check(text, facts)).diagnostics;
}

async function check(text: string, facts: Partial<SiteFacts>, name = 'page.md') {
  write(`docs/a/${name}`, text);
  const { report } = await checkPages(engineFor(facts), { pages: [`docs/a/${name}`] });
  rmSync(join(root, `docs/a/${name}`));
  return { ...report, diagnostics: report.diagnostics.filter(({ page }) => page !== null) };
}

/** The one engine of these tests with a site of these facts. */
function engineFor(facts: Partial<SiteFacts>): Engine {
  engine.context.site = createSite({
    isOwn: true,
    base: '/',
    trailingSlash: 'ignore',
    format: 'directory',
    publicDir: join(root, 'public'),
    routes: ['old', 'status', 'posts/[...slug]'],
    locales: [],
    others: [],
    ...facts,
  });
  return engine;
}

function write(file: string, text: string): void {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
