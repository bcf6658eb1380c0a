import { createMarkdownProcessor } from '@astrojs/markdown-remark';
import { describe, expect, it } from 'vitest';
import { anchorsOf } from '../../plugins/markdown/headings.ts';
import { parsePage } from '../../plugins/markdown/parse-page.ts';
import { createPositions } from '../../plugins/markdown/positions.ts';
import { engineWithPages } from '../checks/engine.ts';
import { htmlOf } from '../remark/html.ts';
import { ofType, statementsOf, wordsAt } from './pages.ts';

describe('the links of a page', () => {
  it.each([
    ['a link', 'See [the `waves`](../a/waves.md#order "Title").', '../a/waves.md#order'],
    ['one whose words are its address', 'See [a.md](a.md).', 'a.md'],
    ['an image', 'An ![a.png](./a.png) image', './a.png'],
    ['an image in a link', '[![x](a.png)](b.md)', 'b.md'],
    ['a definition', 'See [it].\n\n[it]: <b c.md> "Title"\n', 'b c.md'],
    ['in a table', '| a |\n|---|\n| [x](b.md) |', 'b.md'],
    ['over lines of a quote', '> see [the\n> waves](b.md)', 'b.md'],
    ['with CRLF', 'One\r\n\r\n- two [x](b.md)\r\n', 'b.md'],
    ['a fragment alone', '[x](#order)', '#order'],
    ['an address', '[x](/concepts/waves/)', '/concepts/waves/'],
  ])('%s', (_name, page, url) => {
    const [link] = ofType(statementsOf(page), 'link');
    expect(link?.url).toBe(url);
    expect(link && wordsAt(page, link.place)).toBe(url);
  });

  it.each([
    '[x](https://example.com/a.md)',
    '[x](mailto:a@example.com)',
    '[x](//example.com)',
    '<https://example.com>',
    '[x](~/a.png)',
    '[x]({{ url }})',
    '[x]()',
    '`[x](b.md)`',
  ])('%s leads elsewhere', (page) => {
    expect(ofType(statementsOf(page), 'link')).toEqual([]);
  });
});

describe('anchors', () => {
  const page = `# Über uns & *them*

## Two
## Two
## \`kubectl get\` and <em>html</em>
## It's "quoted" -- or not... 🎉
## 1. Step {one}
## [A link](x.md) ![alt](y.png)
## Two-1
## 日本語 heading

Setext *heading*
---

<a id="own"></a>
<h2 id='raw'>Raw</h2>
`;

  it('are those that Astro makes', async () => {
    const processor = await createMarkdownProcessor({ syntaxHighlight: false });
    const { metadata } = await processor.render(page);
    const parsed = parsePage(page, 'md');
    if (!parsed.ok) throw new Error(parsed.message);
    const own = anchorsOf(parsed.tree, createPositions('p.md', page));
    expect(own.map(({ slug }) => slug)).toEqual([
      ...metadata.headings.map(({ slug }) => slug).filter((slug) => slug !== 'raw'),
      'own',
      'raw',
    ]);
    expect(metadata.headings.length).toBeGreaterThan(9);
    expect(own.find(({ slug }) => slug === 'two-1')?.line).toBe(4);
  });

  it('of headings with facts and claims are those that the site makes', async () => {
    const bench = await engineWithPages();
    const text = `## The :fact[2]{count="kind == 'AppProject'"} projects

## :claim[All are *there*]{of="kind == 'AppProject'" count="2"} and \`Namespace/shop\`
`;
    const { html } = await htmlOf(bench.engine, bench.write(text));
    await bench.close();
    const parsed = parsePage(text, 'md');
    if (!parsed.ok) throw new Error(parsed.message);
    const own = anchorsOf(parsed.tree, createPositions('p.md', text)).map(({ slug }) => slug);
    expect([...html.matchAll(/<h2 id="([^"]*)"/g)].map(([, id]) => id)).toEqual(own);
    expect(own).toEqual(['the-2-projects', 'all-are-there-and-namespaceshop']);
  });

  it('of MDX are those of components too', () => {
    const text = '<Card id="first">\n\n## Inside\n\n</Card>\n';
    const parsed = parsePage(text, 'mdx');
    if (!parsed.ok) throw new Error(parsed.message);
    const slugs = anchorsOf(parsed.tree, createPositions('p.mdx', text)).map(({ slug }) => slug);
    expect(slugs).toEqual(['first', 'inside']);
  });
});
