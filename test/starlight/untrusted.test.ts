import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMarkdownProcessor } from '@astrojs/markdown-remark';
import { fromHtml } from 'hast-util-from-html';
import { h, s } from 'hastscript';
import type { Root } from 'mdast';
import remarkDirective from 'remark-directive';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { describe, expect, test } from 'vitest';
import { live } from '../../plugins/remark/html/live.ts';
import { remarkWithheld } from '../../plugins/starlight/site/withheld-links.ts';
import { sanitizedData } from '../../plugins/starlight/untrusted/front-matter.ts';
import { lowerMdx, remarkReadMdx } from '../../plugins/starlight/untrusted/plain-mdx.ts';
import { rehypeSanitized } from '../../plugins/starlight/untrusted/sanitize-html.ts';
import { tree } from '../source/tree.ts';

const drawing = '<svg xmlns="http://www.w3.org/2000/svg"><script>run()</script></svg>';
const root = tree({ 'docs/a.png': 'x', 'docs/a.svg': drawing, 'docs/a.html': 'x', 'docs/a.md': '' });
const site = { root, docs: undefined, untrusted: true };

/** What a reader gets of a page: through Astro's Markdown, with a live piece behind its first block. */
async function shown(text: string, file = 'docs/page.md'): Promise<string> {
  const processor = await createMarkdownProcessor({
    syntaxHighlight: false,
    remarkPlugins: [
      remarkReadMdx,
      remarkDirective,
      () => (page: Root, at: VFile) => {
        page.children.splice(1, 0, live(piece));
        lowerMdx(page);
        remarkWithheld(site)(page, at);
      },
    ],
    rehypePlugins: [rehypeSanitized],
  });
  mkdirSync(join(root, 'docs'), { recursive: true });
  writeFileSync(join(root, file), text);
  const { code } = await processor.render(text, { fileURL: new URL(`file://${join(root, file)}`) });
  expect(code).toContain(
    '<figure class="pl-diagram" data-view="x"><svg viewBox="0 0 1 1"><path d="M0 0"></path>',
  );
  return code.replace(/<figure class="pl-diagram"[\s\S]*?<\/figure>/, '').trim();
}

const piece = h('figure.pl-diagram', { dataView: 'x' }, [
  s('svg', { viewBox: '0 0 1 1' }, [s('path', { d: 'M0 0' })]),
  h('a', { href: '/resources/' }, 'live'),
]);

describe('HTML of a page that is not one’s own', () => {
  test.each([
    '<script>run()</script>',
    'a <script src="https://elsewhere.example/x.js"></script>',
    '<img src=x onerror="run()">',
    '<details open ontoggle="run()"><summary>a</summary>\n\nb\n\n</details>',
    '<a href="javascript:run()">x</a>',
    '<a href=" &#x6A;ava\nscript&colon;run()">x</a>',
    '<a/href="javascript:run()">x</a>',
    '<div>\n<a/href="javascript:run()">x</a>\n</div>',
    '<form action="https://elsewhere.example"><button formaction="javascript:run()">x</button></form>',
    '<base href="https://elsewhere.example/">',
    '<meta http-equiv="refresh" content="0;url=https://elsewhere.example">',
    '<link rel="stylesheet" href="https://elsewhere.example/x.css">',
    '<style>@import "https://elsewhere.example/x.css"; * { background: url(https://elsewhere.example) }</style>',
    '<p style="background: url(https://elsewhere.example/x)">x</p>',
    '<iframe srcdoc="<script>run()</script>"></iframe>',
    '<object data="https://elsewhere.example"></object><embed src="https://elsewhere.example">',
    '<svg onload="run()"><script>run()</script><use href="https://elsewhere.example#x"/></svg>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--><img src=x onerror=run()>">',
    '<noscript><p title="</noscript><img src=x onerror=run()>">',
    '<svg></p><style><a id="</style><img src=x onerror=run()>">',
    '<video src="https://elsewhere.example/x.mp4" poster="https://elsewhere.example"></video>',
    '<img srcset="https://elsewhere.example/x 2x" src="a.png">',
    '<picture><source srcset="a.png, https://elsewhere.example/x 2x"><img src="a.png"></picture>',
    '<table background="https://elsewhere.example/x"><tr><td background="//elsewhere.example/x">x</td></tr></table>',
    '<input type="image" src="https://elsewhere.example/x"><isindex action="javascript:run()">',
    '<div class="pl-fault sl-banner" is="site-search" slot="x" part="y" hidden tabindex="1">x</div>',
    '<xmp><img src=x onerror=run()></xmp><plaintext><script>run()</script>',
    '<!--><img src=x onerror=run()>-->',
    '<template><img src=x onerror=run()></template>',
    '<a ping="https://elsewhere.example" target="_blank" href="a.md">x</a>',
    '<area href="javascript:run()"><map name="x"></map>',
    '<img name="cookie" id="currentScript" src="a.png"><a id="_top" name="starlight__sidebar">x</a>',
  ])('%s', async (html) => {
    const code = await shown(`first\n\n${html}\n`);
    visit(fromHtml(code, { fragment: true }), 'element', ({ tagName, properties }) => {
      expect('p a img details summary div table tbody tr td picture em'.split(' ')).toContain(tagName);
      for (const [name, value] of Object.entries(properties)) {
        expect('alt src href open title id name align'.split(' ')).toContain(name);
        if (name === 'src') expect(value).toMatch(/^(?:a\.png|x)$/);
        if (name === 'href') expect(value).toMatch(/^(?:a\.md|#)$/);
        if (name === 'id' || name === 'name') expect(value).toMatch(/^user-content-/);
      }
    });
  });

  test('keeps what READMEs are made of, round Markdown too', async () => {
    const code = await shown(`first

<h2 align="center" id="the-way">The <kbd>way</kbd></h2>

<details open><summary>More</summary>

| a | b |
| - | - |
| **x** | \`y\` |

- [x] done

</details>

<p align="center"><a name="logo"></a><picture><source media="(prefers-color-scheme: dark)" srcset="dark.png"><img src="a.png" width="40" alt="Logo"></picture></p>
H<sub>2</sub>O<sup>1</sup><br><a href="a.md" title="A">a</a> <a href="#the-way">up</a>

<table><tr><td colspan="2">

\`\`\`js title="x"
<script>run()</script>
\`\`\`

</td></tr></table>
`);
    for (const kept of [
      '<h2 align="center" id="the-way">The <kbd>way</kbd></h2>',
      '<details open><summary>More</summary>',
      '<td><strong>x</strong></td><td><code>y</code></td>',
      '<input type="checkbox" checked disabled> done',
      '</ul>\n</details>',
      '<a name="logo"></a><picture><source media="(prefers-color-scheme: dark)" srcset="dark.png"><img src="a.png" width="40" alt="Logo"></picture>',
      'H<sub>2</sub>O<sup>1</sup><br><a href="a.md" title="A">a</a> <a href="#the-way">up</a>',
      '<td colspan="2">',
      '<pre><code class="language-js">&#x3C;script>run()&#x3C;/script>',
    ])
      expect(code.replaceAll(/>\n</g, (between) => (code.includes(kept) ? between : '><'))).toContain(kept);
  });

  test('shows no picture that another host would be asked for, and no file of SVG', async () => {
    const code = await shown(
      'first\n\n![own](a.png) ![badge](https://elsewhere.example/b.png) [![in](//elsewhere.example/c)](https://d.example) ![ref][e] ![svg](a.svg) ![page](a.html) ![out](../../../etc/x.png) <img src="https://elsewhere.example/f" alt="raw">\n\n[e]: https://elsewhere.example/e\n',
    );
    const sources = [...code.matchAll(/src="([^"]{0,40})|__ASTRO_IMAGE_="([^"]*)"/g)].map(([all]) => all);
    expect(sources).toEqual([
      expect.stringContaining('a.png'),
      expect.stringMatching(/^src="data:image\/svg\+xml;base64,/),
    ]);
    expect(code).toContain('<a href="https://elsewhere.example/b.png">badge</a>');
    expect(code).toContain('<a href="https://d.example">in</a>');
    expect(code).toContain('<a href="https://elsewhere.example/e">ref</a>');
    expect(code).toContain('page (no picture that a page can show)');
    expect(code).toContain('<a href="https://elsewhere.example/f">raw</a>');
  });
});

test('a page that is made of the model keeps its HTML', async () => {
  const processor = await createMarkdownProcessor({ rehypePlugins: [rehypeSanitized] });
  const made = '<figure class="pl-table" data-view="x"></figure>';
  const { code } = await processor.render(made, { fileURL: new URL(`file://${root}/docs/none.md`) });
  expect(code).toBe(made);
});

test('an address of a picture that cannot be decoded leaves the page as it is', async () => {
  const code = await shown('first\n\n![a](a.png) ![b](100%.png) ![c][d] <img src="%ZZ">\n\n[d]: %ZZ%.png\n');
  expect(code).toMatch(/^<p>first<\/p>[\s\S]*a\.png/);
});

describe('MDX that is not one’s own', () => {
  test('is its Markdown, and nothing of it is run', async () => {
    const code = await shown(
      `first

import fs from 'node:fs';
import { Card } from '@astrojs/starlight/components';
export const found = fs.readFileSync('/etc/hostname');

{/* a comment */}

Sum {1 + 1}{' and '}{found}.

<Card title="A card" icon="star">Words **in** it, <b onClick={() => run()}>bold</b></Card>

<LinkCard title="Next" href="javascript:run()" description="The next" />

<div className="x" style={{ color: 'red' }} onclick="run()">

## In a block

</div>

<details>
<summary>More</summary>

Inside
</details>

<Live client:load />

<></>
`,
      'docs/page.mdx',
    );
    expect(code).not.toMatch(/import|export|hostname|comment|javascript|onclick|style|client:/i);
    expect(code).toContain('Sum <code>{1 + 1}</code> and <code>{found}</code>.');
    expect(code).toMatch(/<strong>A card<\/strong>[\s\S]*Words <strong>in<\/strong> it, <b>bold<\/b>/);
    expect(code).toMatch(/<strong>Next<\/strong>\s*The next/);
    expect(code).toMatch(/<div>\s*<h2 id="in-a-block">In a block<\/h2>\s*<\/div>/);
    expect(code).toMatch(/<details>\s*<summary>\s*More\s*<\/summary>\s*<p>Inside<\/p>\s*<\/details>/);
    expect(code).toContain('<code>&#x3C;Live /></code>');
  });

  test('that does not parse is Markdown', async () => {
    const code = await shown('first\n\n<a {b}>\n\n{ <script>run()</script>\n', 'docs/broken.mdx');
    expect(code).not.toContain('<script');
  });
});

describe('front matter that is not one’s own', () => {
  const page = join(root, 'docs/page.md');
  test('has no HTML that is not sanitized, no attributes, no head and no script', () => {
    const bad = 'a <b onclick="run()">b</b><script>run()</script>';
    const { title, ...data } = sanitizedData(
      {
        title: 'a <script>run()</script>',
        head: [{ tag: 'script', content: 'run()' }],
        banner: { content: bad },
        editUrl: 'javascript:run()',
        prev: { link: 'javascript:run()', label: 'x' },
        next: 'Next',
        sidebar: {
          label: 'x',
          badge: { text: 'x', class: 'sl-hidden' },
          attrs: { onclick: 'run()', href: 'javascript:run()' },
        },
        hero: {
          tagline: bad,
          image: { html: bad },
          actions: [
            {
              text: 'x',
              link: 'vbscript:run()',
              icon: '<svg onload="run()"/>',
              attrs: { onclick: 'run()', href: 'javascript:run()' },
            },
          ],
        },
      },
      page,
      site,
    );
    expect(JSON.stringify(data)).not.toMatch(/onclick|onload|<script|vbscript|javascript|sl-hidden/);
    // Starlight writes it as text.
    expect(title).toBe('a <script>run()</script>');
    expect(data).toMatchObject({
      banner: { content: 'a <b>b</b>' },
      editUrl: false,
      next: 'Next',
      hero: { title: 'a &lt;script>run()&lt;/script>', actions: [{ text: 'x', link: '#' }] },
    });
  });

  test.each([
    ['../../../etc/x.png', undefined],
    ['./none.png', undefined],
    ['./a.html', undefined],
    ['./a.png', { file: './a.png' }],
    ['./a.svg', { html: expect.stringMatching(/^<img src="data:image\/svg\+xml;base64,[^"]*" alt="">$/) }],
  ])('shows %s as its picture: %j', (file, image) => {
    expect(sanitizedData({ title: 'x', hero: { image: { file } } }, page, site).hero).toEqual({
      title: 'x',
      ...(image ? { image } : {}),
    });
  });
});
