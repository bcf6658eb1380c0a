import { describe, expect, test } from 'vitest';
import { openCache } from '../../plugins/source/index.ts';
import { componentsModule, replaceable } from '../../plugins/starlight/site/components.ts';
import { withFigures } from '../../plugins/starlight/site/figures.ts';
import { readOptions } from '../../plugins/starlight/site/plugin-options.ts';
import { slimHtml } from '../../plugins/starlight/slim/slim-html.ts';
import { keptMarkdown } from '../../plugins/starlight/trust/kept-markdown.ts';
import { pageMarkdown } from '../../plugins/starlight/trust/page-markdown.ts';

describe('components of a site in the place of ours', () => {
  const root = import.meta.dirname;

  test('are ours where it names none', () => {
    const module = componentsModule({}, root);
    for (const name of [...replaceable, 'OwnHome'])
      expect(module).toContain(`export { default as ${name} } from "`);
    expect(module).toContain('export const replaced = [];');
  });

  test('are those that it names, by paths from its root', () => {
    const own = 'components.test.ts';
    const module = componentsModule({ Table: `./${own}`, kinds: { Secret: own } }, root);
    expect(module).toContain(`export { default as Table } from "${root}/${own}";`);
    expect(module).toContain(`import Kind0 from "${root}/${own}";`);
    expect(module).toContain('export const kinds = { "Secret": Kind0 };');
    expect(module).toContain('export const replaced = ["Table"];');
  });

  test('must be there, and have a name that there is', () => {
    expect(() => componentsModule({ Head: './Nothing.astro' }, root)).toThrow(
      'the component `Head` of `plumbline()` is not there: `./Nothing.astro`.',
    );
    expect(readOptions({ components: { Head: './Head.astro' } })).toMatchObject({
      components: { Head: './Head.astro' },
    });
    expect(() => readOptions({ components: { Header: './Head.astro' } })).toThrow('Header');
  });

  test('get tables and diagrams whole, also with figures in them', () => {
    const table = '<figure class="pl-table not-content" data-view="waves"><figure>a</figure></figure>';
    const diagram = '<figure class="pl-diagram" data-view="events">b</figure>';
    expect(withFigures(`<p>1</p>${table}<p>2</p>${diagram}`)).toEqual([
      { is: 'text', view: null, html: '<p>1</p>' },
      { is: 'table', view: 'waves', html: table },
      { is: 'text', view: null, html: '<p>2</p>' },
      { is: 'diagram', view: 'events', html: diagram },
    ]);
  });
});

describe('a page that is made by the hundred', () => {
  test('has its manifest once, and headings that lead to themselves', () => {
    const button = '<button title="Copy" data-copied="Copied" data-code="ab"></button>';
    expect(slimHtml(button)).toContain('data-copied="Copied" data-code>');
    const link =
      '<a class="sl-anchor-link" href="#order"><span aria-hidden="true" class="sl-anchor-icon"><svg><path d="M1"></path></svg></span><span class="sr-only" data-pagefind-ignore="">Section titled “Order”</span></a>';
    expect(slimHtml(`<div class="sl-heading-wrapper level-h2"><h2 id="order">Order</h2>${link}</div>`)).toBe(
      '<h2 id="order" data-pagefind-ignore><a href="#order">Order</a></h2>',
    );
    const linked = `<div class="sl-heading-wrapper level-h2"><h2 id="order"><a href="/">Order</a></h2>${link}</div>`;
    expect(slimHtml(linked)).toBe(linked);
    expect(slimHtml('<a id="L7">a</a><a id="f1aL7">b</a>')).toBe('<a name="L7">a</a><a name="f1aL7">b</a>');
  });
});

describe('a page as Markdown', () => {
  test('leads to each place once, to no line, and names no part of which nothing is left', () => {
    const html =
      '<main><h1>a</h1><h2 id="b">B</h2><p><a href="/b/">b</a>, <a href="/b/">again</a>, <a href="/b/#f0a1L3">line</a></p><h2 id="c">C</h2><figure class="pl-waves" data-pagefind-ignore><p>order</p></figure><h2 id="d">D</h2><div class="pl-look"><p>look</p></div><p>d</p><h2 id="e">E</h2></main>';
    expect(pageMarkdown(html)?.markdown).toBe('# a\n\n## B\n\n[b](/b/), again, line\n\n## D\n\nd\n');
  });

  test('keeps text, tables and code, and leaves out what is pressed', () => {
    const html =
      '<main><h1>Secret <span>chat</span></h1><details class="pl-trust"><summary>x</summary></details><table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table><button>copy</button><pre data-language="yaml"><code><div>a: 1</div><div>b: 2</div></code></pre></main>';
    const { title, markdown } = pageMarkdown(html) ?? {};
    expect(title).toBe('Secret chat');
    expect(markdown).toBe('# Secret chat\n\n| A |\n| - |\n| 1 |\n\n```yaml\na: 1\nb: 2\n```\n');
  });

  test('keeps the lines of a block, empty ones too', () => {
    const line = (text: string) => `<div class="ec-line"><div class="code">${text}</div></div>`;
    const html = `<main><pre data-language="yaml"><code>${line('a:')}${line('\n')}${line('<span>  - </span>b')}</code></pre></main>`;
    expect(pageMarkdown(html)?.markdown).toBe('```yaml\na:\n\n  - b\n```\n');
  });

  test('says in words what a page tells by its looks, and lists without space between', () => {
    const html =
      '<main><dl><dt>Owner</dt> <dd><a href="/a/">web</a></dd> <dt>Needs</dt> <dd><ul><li>b<li>c</ul></dl><ol><li>wave 2<span class="pl-lane-count">4</span><ul><li><span>Pod</span><span class="pl-pill-count">×4</span></ul></ol><pre><code><a>team: web<i class="pl-cause">a.yaml:3</i>\n</a></code></pre><table><thead><tr><th>A<th></tr></thead><tbody><tr><td>1<td><a class="pl-to" href="/b/#L1" title="b.yaml:1"></a></tr></tbody></table></main>';
    expect(pageMarkdown(html)?.markdown).toBe(
      '- **Owner**: [web](/a/)\n- **Needs**:\n  - b\n  - c\n\n1. wave 2 (4)\n   - Pod ×4\n\n```\nteam: web  # a.yaml:3\n```\n\n| A | |\n| - | - |\n| 1 | b.yaml:1 |\n',
    );
  });

  test('has a row of a table in one line, whatever its cells hold', () => {
    const page = pageMarkdown(`<main><h1>Page</h1><table><thead><tr><th>Name</th><th>Places</th></tr></thead>
<tbody><tr><td>one</td><td><ul><li><a href="/a">a.yaml:1</a></li><li>b.yaml:2</li></ul></td></tr>
<tr><td>two</td><td>some <details><summary>2 more</summary><ul><li>c</li><li>d</li></ul></details></td></tr>
</tbody></table></main>`);
    expect(page?.markdown).toContain('| one | [a.yaml:1](/a); b.yaml:2 |\n| two | some 2 more c; d |\n');
  });

  test('is read once for each text, whatever commit it names', async () => {
    const cache = openCache(null);
    const asked: boolean[] = [];
    const watched = {
      ...cache,
      now: (kind: string, key: string) => {
        const kept = cache.now(kind, key);
        asked.push(kept !== undefined);
        return kept;
      },
    };
    const page = (commit: string) =>
      `<head>${commit}</head><main><h1>A</h1><a href="https://git.example.com/blob/${commit}/a.yaml">${commit.slice(0, 7)}</a></main>`;
    const [one, two] = [
      '0123456789012345678901234567890123456789',
      '9876543210987654321098765432109876543210',
    ];
    for (const commit of [one, two, `${one}-dirty`, null])
      expect(await keptMarkdown(watched, 'code', commit)(page(commit?.slice(0, 40) ?? ''))).toEqual(
        pageMarkdown(page(commit?.slice(0, 40) ?? '')),
      );
    expect(await keptMarkdown(watched, 'other code', one)(page(one))).toEqual(pageMarkdown(page(one)));
    expect(asked).toEqual([false, true, true, false, false]);
    expect(await keptMarkdown(watched, 'code', one)('<html></html>')).toBeNull();
  });
});
