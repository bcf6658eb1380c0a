import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { StarlightRouteData } from '@astrojs/starlight/route-data';
import type { AstroIntegration } from 'astro';
import { afterAll, describe, expect, test } from 'vitest';
import {
  putBack,
  readSidebars,
  sidebarsOf,
  wholePages,
  writeSidebars,
} from '../../plugins/starlight/sidebar/kept-apart.ts';
import { readsPages } from '../../plugins/starlight/sidebar/reads-pages.ts';
import { openSidebarBook } from '../../plugins/starlight/sidebar/sidebar-book.ts';
import { slimSite } from '../../plugins/starlight/slim/finish-site.ts';
import { english } from '../../plugins/words/index.ts';

type Entries = StarlightRouteData['sidebar'];

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Two groups, the second of which is closed where it has no page that is told, and one in that. */
function entriesOf(current: string, attrs: Record<string, string> = {}): Entries {
  const link = (name: string) => ({
    ...{ type: 'link' as const, label: name, href: `/${name}/`, badge: undefined },
    ...{ isCurrent: name === current, attrs: name === 'a' ? attrs : {} },
  });
  const group = (label: string, collapsed: boolean, entries: Entries) => ({
    ...{ type: 'group' as const, label, collapsed, entries, badge: undefined },
  });
  return [
    link('a'),
    group('One', false, [link('b'), link('c')]),
    group('Two', true, [link('d'), group('Three', true, [link('e')])]),
  ];
}

/** As Starlight writes it. */
function htmlOf(entries: Entries): string {
  const around = (list: Entries): boolean =>
    list.some((one) => (one.type === 'link' ? one.isCurrent : around(one.entries)));
  const list = (all: Entries): string =>
    `<ul class="x">${all
      .map((one) => {
        if (one.type === 'group')
          return `<li><details${around(one.entries) || !one.collapsed ? ' open' : ''} class="x"><summary>${one.label}</summary>${list(one.entries)}</details></li>`;
        const title = one.attrs.title === undefined ? '' : ` title="${one.attrs.title}"`;
        return `<li><a href="${one.href}"${one.isCurrent ? ' aria-current="page"' : ''} class="x"${title}><span>${one.label}</span></a></li>`;
      })
      .join('')}</ul>`;
  return `<sl-sidebar-state-persist>${list(entries)}</sl-sidebar-state-persist>`;
}

/** A site of which pages are made by turns, as Astro makes them with our component. */
function site(isKnown = true, write: (entries: Entries) => string = htmlOf) {
  const book = openSidebarBook(() => isKnown);
  const whole = (entries: Entries, sidebar: string) =>
    `<head><meta content="<plumbline-sidebar data-of=&quot;0 0 &quot;>"/></head><nav>${sidebar}</nav><main>${JSON.stringify(entries).length}</main>`;
  const foot = '<div class="md:sl-hidden">foot</div>';
  const begin = (entries: Entries) => {
    const place = book.placeOf(entries);
    const own = place?.isKnown ? '' : `${write(entries)}\n\n`;
    const html = whole(entries, `${place?.element ?? ''}${own}${foot}`);
    return () => (book.isLearning() ? book.learn(html) : html);
  };
  const make = Object.assign((entries: Entries) => begin(entries)(), { begin });
  const expected = (entries: Entries) => whole(entries, `${write(entries)}\n\n${foot}`);
  return { book, make, expected, given: (html: string) => sidebarsOf(book.texts()).whole(html) };
}

const without = (html: string) => html.replaceAll('\n', '');

describe('a sidebar that pages have in common', () => {
  test('is left out of all pages but two, and given to each with what tells the page in it', () => {
    const { make, expected, given } = site();
    const pages = ['b', 'd', 'a', 'c', 'e', 'none'].map((name) => ({ name, html: make(entriesOf(name)) }));
    expect(pages.filter(({ html }) => html.includes('<sl-sidebar')).map(({ name }) => name)).toEqual([
      'b',
      'd',
    ]);
    for (const { name, html } of pages)
      expect(without(given(html)), name).toBe(without(expected(entriesOf(name))));
  });

  test.each<[string, Parameters<typeof site>]>([
    ['of which others are given something', [false]],
    [
      'that tells more of the page',
      [
        true,
        (entries) =>
          htmlOf(entries).replace('<li><a', () => `<li><a id="${JSON.stringify(entries).indexOf('true')}"`),
      ],
    ],
    [
      'that tells the page otherwise',
      [true, (entries) => htmlOf(entries).replaceAll('aria-current="page"', 'data-here')],
    ],
  ])('is on each page of a site %s', (_what, options) => {
    const { make, expected, book } = site(...options);
    for (const name of ['a', 'c', 'none', 'bb', 'd'])
      expect(make(entriesOf(name))).toBe(expected(entriesOf(name)));
    expect(book.texts()).toEqual([]);
  });

  test('is on each of several pages that are made at a time', () => {
    const { make, expected } = site();
    const names = ['a', 'b', 'c', 'd'];
    const begun = names.map((name) => make.begin(entriesOf(name)));
    for (const [index, name] of names.entries()) expect(begun[index]?.()).toBe(expected(entriesOf(name)));
    expect(make(entriesOf('a'))).toContain('<nav><plumbline-sidebar data-of="0 0 ">');
  });

  test('is another where its links say something else, in a title that looks like a link, too', () => {
    const { make, expected, given, book } = site();
    const titles: Record<string, string>[] = [{}, { title: '<a href=' }];
    for (const attrs of titles)
      for (const name of ['a', 'b', 'c', 'd'])
        expect(without(given(make(entriesOf(name, attrs)))).replaceAll('&lt;', '<')).toBe(
          without(expected(entriesOf(name, attrs))),
        );
    expect(book.texts()).toHaveLength(2);
  });

  test('is made light once, and is the same in a page that is', () => {
    const { make, expected, book } = site();
    const names = ['a', 'b', 'c', 'd', 'e'];
    const head = (html: string) =>
      html.replace('<head>', '<head><meta name="generator" content="Starlight v1"/>');
    const [whole, apart] = [
      (name: string) => expected(entriesOf(name)),
      (name: string) => make(entriesOf(name)),
    ].map((htmlFor) => {
      const dir = mkdtempSync(join(tmpdir(), 'plumbline-sidebar-'));
      folders.push(dir);
      for (const name of names)
        writeFileSync(join(dir, `${name}.html`), head(htmlFor(name)).replaceAll('\n', ''));
      return dir;
    }) as [string, string];
    writeSidebars(pathToFileURL(`${apart}/`), sidebarsOf(book.texts()));
    for (const dir of [whole, apart]) {
      const url = pathToFileURL(`${dir}/`);
      slimSite({
        ...{ dir: url, pages: names.map((pathname) => ({ pathname })), base: '/', assets: '_astro' },
        ...{ isWhole: true, speechOf: () => english, hrefOf: (slug: string) => `/${slug}/` },
      });
      // Files that are yet to be written are given the same.
      const kept = readdirSync(dir, { recursive: true, encoding: 'utf8' }).flatMap((path) =>
        path.endsWith('.html') ? [[path, readFileSync(join(dir, path), 'utf8')] as const] : [],
      );
      const written = wholePages(kept);
      putBack(
        url,
        names.map((name) => ({ url: new URL(`${name}.html`, url) })),
      );
      for (const [path, text] of written) expect(readFileSync(join(dir, path), 'utf8')).toBe(text);
      expect(written).toHaveLength(names.length);
    }
    for (const name of names) {
      const light = readFileSync(join(apart, `${name}.html`), 'utf8');
      expect(light, name).toBe(readFileSync(join(whole, `${name}.html`), 'utf8'));
      expect(light).toContain('aria-current="page"');
      expect(light.match(/<\/li>/g)).toBeNull();
    }
    expect(existsSync(join(apart, 'plumbline-sidebars'))).toBe(false);
    expect(readSidebars(pathToFileURL(`${apart}/`)).known.size).toBe(0);
  });
});

test('a site is found whole by those who read its pages before', () => {
  const one = (name: string, ...hooks: string[]): AstroIntegration => ({
    name,
    hooks: Object.fromEntries(hooks.map((hook) => [hook, () => {}])),
  });
  const [starlight, ours] = [one('@astrojs/starlight', 'astro:build:done'), one('ours', 'astro:build:done')];
  const read = (...all: AstroIntegration[]) => readsPages(all, 'ours');
  expect(read(one('a', 'astro:config:setup'), starlight, ours, one('b', 'astro:build:done'))).toBe(false);
  expect(read(starlight, one('a', 'astro:build:done'), ours)).toBe(true);
  expect(read(starlight, ours, one('a', 'astro:build:generated'))).toBe(true);
});
