import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite } from '../../plugins/checks/index.ts';
import { type Bench, engineWithPages } from '../checks/engine.ts';
import { htmlOf } from './html.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await engineWithPages();
  bench.engine.context.site = createSite({
    ...{ isOwn: true, base: '/docs', trailingSlash: 'ignore', format: 'directory' },
    ...{ publicDir: bench.docs, routes: [], locales: [], others: [] },
  });
  bench.engine.platform.config.repository.browse = 'https://git.example.com/{file}';
  bench.write('---\ntitle: First\n---\n\n## Order\n');
});
afterAll(() => bench.close());

describe('links to files become addresses', () => {
  it('in Markdown and HTML', async () => {
    const page = bench.write(
      '[a](page-1.md?x=1#order) [b][one] [c](none.md) [d](#e) <a title="x" href="./page-1.md">e</a> <a href=\'none.md\'>f</a>\n\n[one]: page-1.md\n\n> <p>\n> <a href="page-1.md#order">g</a></p>\n\n## E\n',
    );
    expect(await hrefsOf(page)).toEqual([
      '/docs/page-1/?x=1#order',
      '/docs/page-1/',
      'none.md',
      '#e',
      '/docs/page-1/',
      'none.md',
      '/docs/page-1/#order',
    ]);
  });

  it('in MDX and diagrams, where nobody else makes anything of them', async () => {
    const page = bench.write(
      `export const Own = ({ href }) => <a href={href}>x</a>;

<a href="page-1.md#order">a</a> <a href={'page-1.md'}>b</a> <a href={['page-1', 'md'].join('.')}>c</a> <Own href="page-1.md" />

\`\`\`d2 title="Links"
a: A { link: "./page-1.md#order" }
b: |md
  [b](page-1.md) [c](https://example.com)
|
a -> b: |md [d](./page-1.md) |
\`\`\`
`,
      'mdx',
    );
    expect(await hrefsOf(page)).toEqual([
      '/docs/page-1/#order',
      '/docs/page-1/',
      'page-1.md',
      'page-1.md',
      '/docs/page-1/#order',
      '/docs/page-1/',
      'https://example.com',
      '/docs/page-1/',
    ]);
  });
});

async function hrefsOf(page: string): Promise<string[]> {
  const { html } = await htmlOf(bench.engine, page);
  return [...html.matchAll(/<a [^>]*?href=["']?([^"'> ]*)/g)].map(([, href = '']) => href);
}
