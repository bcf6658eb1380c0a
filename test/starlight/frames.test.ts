import type { AstroPrerenderer, RouteData } from 'astro';
import { describe, expect, test } from 'vitest';
import { cutFrame, type FramedPage, fillFrame } from '../../plugins/starlight/frames/frame.ts';
import { framedPages } from '../../plugins/starlight/frames/framed-pages.ts';
import { watchSite } from '../../plugins/starlight/frames/known-site.ts';
import { withFrames } from '../../plugins/starlight/frames/prerenderer.ts';
import type { GeneratedPage } from '../../plugins/starlight/pages/generated-page.ts';
import { commitToken } from '../../plugins/starlight/site/commit-token.ts';

/** As Starlight makes a page, as far as a frame has to do with it. */
function whole({ slug, title, description, filters, head, body }: FramedPage, more = ''): string {
  return `<head><title>${title} | Site</title><meta name="description" content="${description}"/>${filters}</head><a href="/${slug}/" aria-current="page">${title}</a><main>${head}<a href="/${slug}.md"></a>${body}${more}</main>`;
}

function page(name: string): FramedPage {
  return {
    slug: `resources/secret/${name}`,
    title: `Secret ${name}`,
    description: `Secret ${name}: in namespace a.`,
    filters: `<meta data-pagefind-filter="kind[content]" content="${name}"/>`,
    head: `<h1>Secret <b>${name}</b></h1>`,
    body: `<p>resources/secret/${name} is Secret ${name}.</p>`,
  };
}

describe('the frame of a page', () => {
  test('filled with what another has of its own is that page', () => {
    const frame = cutFrame(whole(page('a/one')), page('a/one'));
    expect(frame).not.toBeNull();
    expect(fillFrame(frame ?? [], page('b/two'))).toBe(whole(page('b/two')));
    expect(fillFrame(frame ?? [], page('a/one'))).toBe(whole(page('a/one')));
  });

  test.each<[string, Partial<FramedPage>, string]>([
    ['a text that stands there twice', {}, page('a/one').body],
    ['a title that is escaped', { title: 'Secret <a>' }, ''],
    ['an address that is encoded', { slug: 'resources/secret/a b' }, ''],
    ['no head', { head: '' }, ''],
  ])('is not cut out of a page with %s', (_what, other, more) => {
    const odd = { ...page('a/one'), ...other };
    expect(cutFrame(whole(odd, more), odd)).toBeNull();
  });
});

describe('pages out of frames', () => {
  const route = (component = 'node_modules/@astrojs/starlight/routes/static/index.astro') =>
    ({ component }) as RouteData;
  /** A site whose pages Astro makes, which notes each. */
  function site(make: (name: string) => string, isKnown = true) {
    const made: string[] = [];
    const usual = {
      name: 'usual',
      getStaticPaths: async () => [],
      render: async (request: Request) => {
        const name = new URL(request.url).pathname.slice(1);
        made.push(name);
        // As Astro's own gives it.
        return { response: new Response(make(name), { headers: { 'content-type': 'text/html' } }) };
      },
    } satisfies AstroPrerenderer;
    const framed = withFrames(usual, {
      pageOf: (path) => (path === '/other' ? undefined : { like: 'all', page: page(path.slice(1)) }),
      isKnown: () => isKnown,
    });
    const html = async (name: string, options: object = {}) => {
      const given = { routeData: route(), ...options };
      const made = await framed.render(new Request(`https://site.test/${name}`), given);
      return (made instanceof Response ? made : made.response).text();
    };
    return { made, html };
  }
  const names = ['a/one', 'b/second', 'c/three', 'd/four'];

  test('are what Astro would make, after it has made two', async () => {
    const { made, html } = site((name) => whole(page(name)));
    for (const name of names) expect(await html(name)).toBe(whole(page(name)));
    expect(made).toEqual(names.slice(0, 2));
  });

  test('are made by Astro where the second is not as the first says', async () => {
    const make = (name: string) => whole(page(name), `<i>${name.length}</i>`);
    const { made, html } = site(make);
    for (const name of names) expect(await html(name)).toBe(make(name));
    expect(made).toEqual(names);
  });

  test.each<[string, boolean, object]>([
    ['whose components are not all known', false, {}],
    ['that is built in parts', true, { collectMetadata: true }],
    ['of another route', true, { routeData: route('src/pages/[...slug].astro') }],
  ])('are none on a site %s', async (_what, isKnown, options) => {
    const { made, html } = site((name) => whole(page(name)), isKnown);
    for (const name of names) await html(name, options);
    expect(made).toEqual(names);
  });
});

describe('what a page has of its own', () => {
  const made: GeneratedPage = {
    id: 'resources/secret/a/one',
    data: { head: [{ tag: 'meta', attrs: { 'data-pagefind-filter': 'kind[content]', content: 'Secret' } }] },
    head: '<h1>Secret</h1>',
    body: 'text',
  };
  const pagesOf = (page: GeneratedPage) =>
    framedPages({
      generated: [page, { id: 'resources/secret', data: {}, body: '' }],
      entryOf: () => ({
        data: { title: 'Secret a/one', description: 'One.' },
        rendered: {
          html: `<p>${commitToken}</p>`,
          metadata: { headings: [{ slug: 'a' }], plumblineHead: '<h1>Secret</h1>' },
        },
      }),
      commit: 'abc-dirty',
      base: '/docs',
      locales: ['', 'de'],
    });

  test.each([
    '/docs/resources/secret/a/one/',
    '/docs/resources/secret/a/one.html',
    '/docs/resources/secret/a/one',
  ])('is found by %s, with the commit in its text', (path) => {
    expect(pagesOf(made)(path)?.page).toMatchObject({
      slug: 'resources/secret/a/one',
      filters: '<meta data-pagefind-filter="kind[content]" content="Secret"/>',
      body: '<p>abc</p>',
    });
  });

  test('is alike in one language, below the same pages, with the same headings', () => {
    const own = pagesOf(made)('/docs/resources/secret/a/one/')?.like;
    const german = pagesOf(made)('/docs/de/resources/secret/a/one/')?.like;
    expect(own).toContain('resources/secret');
    expect(german).not.toBe(own);
  });

  test('is not told of a page that an author wrote in its place, or that is made of live pieces', () => {
    expect(pagesOf({ ...made, head: '<h1>Other</h1>' })('/docs/resources/secret/a/one/')).toBeUndefined();
    expect(pagesOf({ ...made, live: '' })('/docs/resources/secret/a/one/')).toBeUndefined();
    expect(pagesOf(made)('/docs/guide/')).toBeUndefined();
  });
});

describe('a site is known', () => {
  const own = ['/ours/Footer.astro', '/ours/Sidebar.astro', '/ours/route.ts', '/ours/commit.ts'];
  const starlight = (components: Record<string, string>, routeMiddleware = ['/ours/route.ts']) =>
    `export default ${JSON.stringify({ components, routeMiddleware })}`;
  const usual = {
    Footer: '/ours/Footer.astro',
    Head: '@astrojs/starlight/components/Head.astro',
    Hero: './src/Hero.astro',
    PageFrame: '@astrojs/starlight/components/PageFrame.astro',
    Sidebar: '/ours/Sidebar.astro',
  };
  const middleware = (...paths: string[]) =>
    ['astro:middleware', '@astrojs/starlight/locals', '/ours/commit.ts', ...paths]
      .map((path) => `import { onRequest } from '${path}';`)
      .join('\n');

  test.each<[boolean, string, string, string]>([
    [true, 'with components of Starlight and ours', starlight(usual), middleware()],
    [false, 'with a head of its own', starlight({ ...usual, Head: './src/Head.astro' }), middleware()],
    [false, 'with a route middleware', starlight(usual, ['/ours/route.ts', './src/data.ts']), middleware()],
    [false, 'with a middleware', starlight(usual), middleware('/site/src/middleware.ts')],
    [false, 'whose configuration is not understood', 'export const a = 1;', middleware()],
  ])('%s %s', (expected, _what, config, code) => {
    const { plugin, isKnown } = watchSite(own);
    expect(isKnown()).toBe(false);
    const transform = plugin.transform as (code: string, id: string) => unknown;
    transform(config, '\0virtual:starlight/user-config');
    transform(code, '\0virtual:astro:middleware');
    expect(isKnown()).toBe(expected);
  });

  test.each<[boolean, string, string, string]>([
    [true, 'with a head of its own', starlight({ ...usual, Head: './src/Head.astro' }), middleware()],
    [true, 'with a route middleware', starlight(usual, ['/ours/route.ts', './src/data.ts']), middleware()],
    [false, 'with a sidebar of its own', starlight({ ...usual, Sidebar: './src/Side.astro' }), middleware()],
    [false, 'with a frame of its own', starlight({ ...usual, PageFrame: './src/F.astro' }), middleware()],
    [false, 'with a middleware', starlight(usual), middleware('/site/src/middleware.ts')],
  ])('by its sidebar: %s %s', (expected, _what, config, code) => {
    const { plugin, isSidebarKnown } = watchSite(own);
    expect(isSidebarKnown()).toBe(false);
    const transform = plugin.transform as (code: string, id: string) => unknown;
    transform(config, '\0virtual:starlight/user-config');
    transform(code, '\0virtual:astro:middleware');
    expect(isSidebarKnown()).toBe(expected);
  });
});
