import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Element } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { visit } from 'unist-util-visit';
import { checkPages, createEngine } from '../../plugins/engine/index.ts';
import { openCache } from '../../plugins/source/index.ts';
import type { Site } from './site.ts';

/**
 * Every link of a built site that a browser would find dead, as `page url`: whatever any element's `href` or
 * `src` names must be a file under the base, and its fragment an `id` there.
 */
export function deadLinks(dist: string, base: string): string[] {
  const pages = new Map<string, Page>();
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.html'),
  );
  for (const file of files) {
    const page: Page = { anchors: new Set(['', '_top', 'top']), links: [] };
    visit(fromHtml(readFileSync(join(dist, file), 'utf8')), 'element', ({ properties }: Element) => {
      for (const name of ['id', 'name'] as const) page.anchors.add(String(properties[name] ?? ''));
      for (const name of ['href', 'src', 'xLinkHref'] as const)
        if (properties[name] !== undefined) page.links.push(String(properties[name]));
    });
    pages.set(file, page);
  }
  const dead = [...pages].flatMap(([file, { links }]) => {
    const slug = file.replace(/\/?index\.html$/, '');
    const address = `http://site${base}${file.replace(/index\.html$/, '')}`;
    const found = links.filter((link) => {
      const url = new URL(link, address);
      if (url.host !== 'site') return false;
      if (!`${url.pathname}/`.startsWith(base)) return true;
      const path = decodeURIComponent(url.pathname.slice(base.length));
      const target = [path, join(path, 'index.html')].find(
        (one) => /\.\w+$/.test(one) && existsSync(join(dist, one)),
      );
      const anchors = pages.get(target ?? '')?.anchors;
      return target === undefined || anchors?.has(decodeURIComponent(url.hash.slice(1))) === false;
    });
    return found.map((link) => `${slug} ${link}`);
  });
  return [...new Set(dead)].sort();
}

/** What the command says of the links of the same site, in the same form; `cache`: what the site has kept. */
export async function reportedLinks(root: string, cache: string): Promise<string[]> {
  const engine = await createEngine({ root, cache: openCache(cache) });
  const { report } = await checkPages(engine);
  await engine.dispose();
  const broken = report.diagnostics.filter(({ rule }) => rule === 'link-broken');
  const told = broken.map(({ page, message, actual }) => {
    const slug = page?.file.replace(/^docs\//, '').replace(/\/?(?:index)?\.mdx?$/, '');
    return `${slug} ${/^the link `([^`]*)`/.exec(message)?.[1] ?? `${message} ${actual}`}`;
  });
  return [...new Set(told)].sort();
}

/** Pages with links of every kind, right ones and wrong ones under a base of `/store` and without. */
export function writeLinkPages(site: Site): void {
  for (const [file, text] of Object.entries(linkPages)) {
    mkdirSync(dirname(join(site.root, file)), { recursive: true });
    writeFileSync(join(site.root, file), text);
  }
  site.edit('plumbline.yaml', 'browse: null', settings);
}

const settings = `browse: "https://git.example.com/store/{file}"
severity: { link-broken: warning }`;

const picture = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';
const linkPages: Record<string, string> = {
  'public/favicon.svg': picture,
  'public/file.pdf': 'x',
  'docs/links/one.svg': picture,
  'docs/links/inner/index.md': '---\ntitle: Inner\n---\n',
  'docs/links/draft.md': '---\ntitle: Draft\ndraft: true\n---\n\n[a](plain.md)\n',
  'docs/links/hero.md': `---
title: Hero
template: splash
hero:
  tagline: <a href="/store/guide/waves/">waves</a> <a href="/guide/live/">live</a>
  image: { file: ./one.svg }
  actions:
    - { text: A, link: /store/guide/live/ }
    - { text: B, link: /guide/waves/ }
    - { text: C, link: ../plain/ }
    - { text: D, link: plain.md }
---
`,
  'docs/links/plain.md': `---
title: Plain
prev: { label: Waves, link: /store/guide/picture/ }
next: { label: Waves, link: /guide/picture/ }
banner: { content: '<a href="/store/links/hero/">hero</a>' }
---

## Here

Files: [a](../guide/waves.md#order) [b](inner/) [c](../links) [d](../../K8s/store/web/service.yaml) [e](draft.md)
[f](one.svg) [g](./inner/index.md?x=1) [h](../guide/none.md).

Addresses: [a](/store/guide/waves/#order) [b](/guide/waves/#order) [c](../inner/) [d](../none/) [e](/store/file.pdf)
[f](/file.pdf) [g](#here) [h](/store/links/draft/) [i](/links/draft/) [j](/store/resources/) [k](/resources/)
[l](/K8s/store/web/service.yaml) [m](/store/guide/waves) [n](/guide/waves.html) [o](/store) [p](/).

[A reference][one], <https://example.com> and ![a](one.svg) ![b][two] ![c](/store/favicon.svg) ![d](/favicon.svg).

[one]: /store/guide/live/
[two]: ./one.svg

> <a href="../guide/live.mdx">a</a> <a href="/guide/picture/">b</a>
> <a class="x" href='/store/guide/picture/'>c</a> <img alt="" src="one.svg"> <img alt="" src="/store/favicon.svg">

<!-- <a href="/none/">none</a> -->
`,
  'docs/links/parts.mdx': `---
title: Parts
---
import { CardGrid, LinkButton, LinkCard } from '@astrojs/starlight/components';

<CardGrid>
  <LinkCard title="a" href="/store/guide/waves/" />
  <LinkCard title="b" href="/guide/waves/" />
  <LinkCard title="c" href="../guide/live.mdx#what-there-is" />
  <LinkCard title="d" href="draft.md" />
</CardGrid>

<LinkButton href={'/store/links/plain/'}>e</LinkButton> <LinkButton href={'/links/plain/'}>f</LinkButton>
<LinkButton href={import.meta.env.BASE_URL}>g</LinkButton> <a href="inner/">h</a> <img alt="" src="./one.svg" />

\`\`\`d2 title="Links"
a: A { link: "../guide/waves.md#order" }
b: B { link: /store/links/plain/ }
c: C { link: "/links/plain/#here" }
d: |md
  [Plain](plain.md#here) [Live](/guide/live/) [Live](/store/guide/live/)
|
e: E { link: ./none.md }
layers: {
  inner: { f: F { link: ./draft.md } }
}
\`\`\`
`,
};

interface Page {
  anchors: Set<string>;
  /** As they are written. */
  links: string[];
}
