import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Download, Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { isTurn, shareOfDay } from '../fuzz.ts';
import { copySite } from '../starlight/site.ts';
import { fileInTurns } from '../turns.ts';
import { violations } from './axe.ts';
import { launch } from './chromium.ts';
import { foreignPage, hostileManifests, hostilePage, hostilePicture, hostileSeverities } from './hostile.ts';
import { plantedManifests } from './planted.ts';
import { scriptsIn, watchScripts } from './scripts.ts';
import { serve } from './server.ts';
import { createVisits, type VisitOptions, type Visits } from './visits.ts';

const { describe, test } = fileInTurns(1, 3);

/** They have a page of their own, too, as most that is done with a drawing needs no other beside it. */
const fewDrawings = `\`\`\`d2 title="Twice"
store: { link: "gitops:AppProject/store" }
\`\`\`

\`\`\`d2 title="Twice"
store: { link: "gitops:AppProject/store" }
\`\`\`

\`\`\`d2 title="A long road"
direction: right
first stop on the way -> second stop on the way -> third stop on the way -> fourth stop on the way -> the end
note: |md
  **Bold** words
|
\`\`\`
`;

const pageText = `---
title: Diagrams
---

## What may be read

\`\`\`d2 title="The store: an overview"
direction: right
store: Project { link: "gitops:AppProject/store" }
namespace: Namespace { link: "gitops:Namespace/store" }
inside: What is inside { link: layers.inside }
store -> namespace: permits
namespace -> inside
layers: {
  inside: {
    web: Web { link: "gitops:Deployment/store/web" }
    web -> cart: reads
    deeper: Deeper { link: layers.deep }
    back: Back { link: _ }
    layers: { deep: { floor } }
  }
}
scenarios: {
  at night: { moon -> store }
}
\`\`\`

\`\`\`d2 title="Steps"
a: Plan
steps: {
  build: { a -> b: then }
  ship: { b -> c: then }
}
\`\`\`

${fewDrawings}`;

const store = copySite('site-store');
const planted = plantedManifests();
/** An index of words full of attacks takes a third of the build: every third time. */
const searches = isTurn(2, 3, 3) ? ['ran push text', 'script', 'onerror'] : [];
let browser: Browser;
let visits: Visits;
let site: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  store.write('docs/guide/diagrams.md', pageText);
  store.write('docs/guide/few.md', `---\ntitle: Few\n---\n\n${fewDrawings}`);
  // Starlight would read the whole history of the repository that the site lies in.
  store.edit('astro.config.mjs', 'lastUpdated: true,', '');
  mkdirSync(join(store.root, 'K8s/store/hostile'));
  for (const [path, text] of Object.entries(hostileManifests())) store.write(path, text);
  store.write('K8s/store/hostile/planted.yaml', planted.text);
  if (searches.length > 0) store.edit('astro.config.mjs', 'pagefind: false', 'pagefind: true');
  store.write('docs/guide/hostile.md', hostilePage());
  store.write('plumbline.yaml', `${store.read('plumbline.yaml')}${hostileSeverities}`);
  const { code, output } = await store.build();
  if (code !== 0) throw new Error(output);
  // Served under the site's base, as it will be.
  mkdirSync(join(store.root, 'served'));
  symlinkSync(join(store.root, 'dist'), join(store.root, 'served/store'));
  site = await serve(join(store.root, 'served'));
  browser = await launch();
  visits = createVisits(browser);
}, 300_000);
afterEach(() => visits?.leave());
afterAll(async () => {
  await browser?.close();
  await site?.close();
  store.remove();
});

describe('a text of a manifest or of what a page states', { timeout: 180_000 }, () => {
  test('is never a script: none runs and nobody else is asked, on any page, in the search, in a file', async () => {
    const home = `${site.address}/store/`;
    const built = readdirSync(join(store.root, 'dist'), { recursive: true, encoding: 'utf8' });
    const pages = built
      .filter((path) => path.endsWith('.html'))
      .map((path) => ({ path, html: readFileSync(join(store.root, 'dist', path), 'utf8') }))
      .filter(({ path, html }) => path === '404.html' || html.includes('__ran'));
    expect(planted.kinds).toBeGreaterThan(2);
    expect(pages.length).toBeGreaterThan(2 * planted.kinds);
    const isOwn = (path: string) => path === 'guide/hostile/index.html';
    const found = pages
      .filter(({ path }) => !isOwn(path))
      .map(({ path, html }) => [path, scriptsIn(html)] as const);
    expect(found.filter(([, scripts]) => scripts.length > 0)).toEqual([]);

    // A browser is slow: of the pages of resources it opens a share, the next each day, and all each night.
    const isResource = ({ path }: { path: string }) => /^resources\/(?!index\.html)/.test(path);
    const { chosen, name } = shareOfDay(pages.filter(isResource), 16, 3);
    const rest = pages.filter((one) => !isResource(one));
    const addressOf = ({ path }: { path: string }) => home + path.replace(/index\.html$/, '');
    const opened = [...rest, ...chosen];
    const watch = await watchScripts(browser, site.address);
    await watch.open(opened.filter(({ path }) => !isOwn(path)).map(addressOf));
    // What an author writes on a page of their own may be a link.
    await watch.open(opened.filter(({ path }) => isOwn(path)).map(addressOf), {
      links: Number.POSITIVE_INFINITY,
    });

    const { page } = watch;
    for (const words of searches) {
      await page.goto(home);
      await page.locator('button[data-open-modal]').click();
      await page.locator('dialog .pl-search-input').fill(words);
      // What pages say, which is written as HTML.
      await page.locator('dialog .pl-search-said').first().waitFor({ timeout: 15_000 });
      await watch.look(page, `search for ${words}`);
    }

    await page.goto(`${home}guide/hostile/`);
    const buttons = page.getByRole('button', { name: 'Download SVG' });
    await buttons.first().waitFor();
    const count = await buttons.count();
    expect(count).toBeGreaterThan(3);
    for (let index = 0; index < count; index += 1) {
      const { text } = await downloaded(page, buttons.nth(index));
      writeFileSync(join(store.root, 'dist', `file-${index}.svg`), text);
    }
    await watch.open(Array.from({ length: count }, (_, index) => `${home}file-${index}.svg`));

    expect(watch.found).toEqual({});
    expect(watch.asked).toEqual([]);
    console.log(
      `${planted.texts} texts in ${planted.kinds} kinds of manifests (${planted.name}), ${pages.length} pages read, ${opened.length} opened (${name} of those of resources), ${count} drawings, ${searches.length} searches: 0 scripts ran, 0 requests elsewhere`,
    );
    await page.goto(`${home}resources/`);
    expect(await page.title()).toContain('Resources');
    await watch.close();
  });
});

describe('what is looked for without a browser', () => {
  test.each([
    '<p><script>__ran.push(1)</script>',
    '<template><img src=x onerror="__ran.push(1)"></template>',
    '<a href=" java\nscript:__ran.push(1)">x</a>',
    '<svg><a xlink:href="JavaScript:__ran.push(1)"></a></svg>',
    '<svg><animate onbegin="__ran.push(1)" attributeName=x /></svg>',
    '<svg><use href="https://elsewhere.example/d"/></svg>',
    '<iframe srcdoc="<script>parent.__ran.push(1)</script>"></iframe>',
    '<style>@import "https://elsewhere.example/a"</style>',
    '<i style="background:url(https://elsewhere.example/c)">x</i>',
    '<img srcset="https://elsewhere.example/d 2x">',
    '<base href="https://elsewhere.example/">',
    '<meta http-equiv=refresh content="0;url=https://elsewhere.example">',
  ])('is %s', (html) => {
    expect(scriptsIn(`<!doctype html><title>a</title><main>${html}</main>`)).toHaveLength(1);
  });

  test('is no text that only says so', () => {
    const shown =
      '<p title="onerror=__ran">&lt;script>__ran.push(1)&lt;/script> javascript:__ran.push(1)</p>';
    expect(scriptsIn(`<!doctype html><title>a</title><main>${shown}</main>`)).toEqual([]);
  });
});

describe('pages that are not one’s own', { timeout: 180_000 }, () => {
  // Each day the HTML of such a page is read without a browser (`starlight/untrusted`).
  test.runIf(isTurn(0, 3, 3))(
    'run nothing and ask nobody, in Markdown and MDX, and show what is live',
    async () => {
      const foreign = copySite('site-store');
      try {
        foreign.edit('astro.config.mjs', 'lastUpdated: true,', '');
        foreign.edit('astro.config.mjs', 'plumbline()', 'plumbline({ untrusted: true })');
        foreign.write('plumbline.yaml', `${foreign.read('plumbline.yaml')}${hostileSeverities}`);
        for (const format of ['md', 'mdx'] as const)
          foreign.write(`docs/guide/foreign.${format}`, foreignPage(format));
        foreign.write('docs/guide/picture.svg', hostilePicture);
        const { code, output } = await foreign.build();
        if (code !== 0) throw new Error(output);
        mkdirSync(join(foreign.root, 'served'));
        symlinkSync(join(foreign.root, 'dist'), join(foreign.root, 'served/store'));
        const served = await serve(join(foreign.root, 'served'));
        const watch = await watchScripts(browser, served.address);
        // Of the two with one address the second has a number.
        const pages = ['guide/foreign', 'guide/foreign-2', 'guide/live', ''];
        // What an author links to is a link.
        await watch.open(
          pages.map((page) => `${served.address}/store/${page}`),
          { links: Number.POSITIVE_INFINITY },
        );
        await watch.close();
        await served.close();
        expect(watch.found).toEqual({});
        expect(watch.asked).toEqual([]);
        for (const page of ['guide/foreign', 'guide/foreign-2', 'resources'])
          expect(foreign.html(page)).toMatch(/<figure class="pl-table[^>]*data-view="resources"/);
        expect(
          readdirSync(join(foreign.root, 'dist'), { recursive: true, encoding: 'utf8' }),
        ).not.toContainEqual(expect.stringMatching(/picture.*\.svg$/));
      } finally {
        foreign.remove();
      }
    },
  );
});

describe('a drawing', { timeout: 60_000 }, () => {
  test('zooms by button, key, wheel and double click, and fits again', async () => {
    const { figure, canvas, width, tool } = await diagram('Twice');
    const fitted = await width();
    const frame = await canvas.boundingBox();
    expect(await tool('Fit').getAttribute('aria-disabled')).toBe('true');

    await tool('Zoom in').click();
    expect(await width()).toBeGreaterThan(fitted * 1.3);
    expect((await canvas.boundingBox())?.height).toBe(frame?.height);
    await tool('Zoom out').click();
    expect(await width()).toBe(fitted);

    await canvas.focus();
    await canvas.press('+');
    await canvas.press('+');
    const large = await width();
    expect(large).toBeGreaterThan(fitted * 1.9);
    await canvas.press('-');
    expect(await width()).toBeLessThan(large);
    await canvas.press('0');
    expect(await width()).toBe(fitted);

    await canvas.dblclick({ position: { x: 30, y: 20 } });
    expect(await width()).toBeGreaterThan(fitted * 1.7);
    await tool('Fit').click();
    expect(await width()).toBe(fitted);

    await canvas.hover({ position: { x: 30, y: 20 } });
    await figure.page().keyboard.down('Control');
    await figure.page().mouse.wheel(0, -100);
    await figure.page().keyboard.up('Control');
    await expect.poll(width).toBeGreaterThan(fitted * 1.1);
  });

  test('leaves the plain wheel to the page, zoomed or not', async () => {
    const { page, canvas, tool } = await diagram('The store: an overview');
    await tool('Zoom in').click();
    await tool('Zoom in').click();
    const inside = await canvas.evaluate((frame) => frame.scrollTop);
    const before = await page.evaluate(() => scrollY);
    await canvas.hover({ position: { x: 30, y: 20 } });
    await page.mouse.wheel(0, 120);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(before);
    expect(await canvas.evaluate((frame) => frame.scrollTop)).toBe(inside);
  });

  test('moves by mouse and arrow keys while zoomed, and a drag follows no link', async () => {
    const { page, figure, canvas, tool } = await diagram('Twice');
    const at = () => canvas.evaluate((frame) => [frame.scrollLeft, frame.scrollTop]);
    await canvas.focus();
    await canvas.press('ArrowRight');
    expect(await at()).toEqual([0, 0]);
    for (let index = 0; index < 4; index++) await tool('Zoom in').click();
    await tool('Zoom in').click();

    const address = page.url();
    const [left = 0, top = 0] = await at();
    const box = await figure.locator('svg.d2-diagram a').boundingBox();
    const frame = await canvas.boundingBox();
    if (!box || !frame) throw new Error('nothing is drawn');
    const middle = { x: frame.x + frame.width / 2, y: frame.y + frame.height / 2 };
    await page.mouse.move(middle.x, middle.y);
    await page.mouse.down();
    await page.mouse.move(middle.x - 20, middle.y - 15, { steps: 4 });
    await page.mouse.up();
    const [draggedLeft = 0, draggedTop = 0] = await at();
    expect(draggedTop).toBeGreaterThan(top);
    expect(draggedLeft).toBeGreaterThanOrEqual(left);
    expect(page.url()).toBe(address);

    await canvas.focus();
    await canvas.press('ArrowUp');
    expect((await at())[1]).toBeLessThan(draggedTop);
  });

  test('takes the whole window and gives it back', async () => {
    const { page, figure, width, tool } = await diagram('A long road');
    const fitted = await width();
    await tool('Full screen').click();
    const dialog = page.getByRole('dialog', { name: 'A long road' });
    expect(await dialog.boundingBox()).toEqual({ x: 0, y: 0, width: 1280, height: 900 });
    expect(await dialog.locator('svg.d2-diagram').first().isVisible()).toBe(true);
    expect(await tool('Full screen').getAttribute('aria-pressed')).toBe('true');
    expect(await width()).toBeGreaterThan(fitted);
    await tool('Zoom in').click();

    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await width()).toBe(fitted);
    expect(await tool('Full screen').evaluate((button) => button === document.activeElement)).toBe(true);
    expect(await figure.locator('xpath=ancestor::main').count()).toBe(1);
  });

  test('tells a link that is reached by keyboard what it stands for', async () => {
    const { page, figure, canvas } = await diagram('Twice');
    await canvas.focus();
    await page.keyboard.press('Tab');
    const tip = figure.locator('.pl-tip');
    expect(await tip.textContent()).toContain('AppProject/store');
    await page.keyboard.press('Escape');
    expect(await tip.count()).toBe(0);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/store\/resources\//);
  });

  test('can be taken along as SVG, in the colours of the theme, and as D2', async () => {
    const colours = [];
    for (const theme of ['light', 'dark'] as const) {
      const opened = await diagram('A long road', { theme });
      const file = await downloaded(opened.page, opened.tool('Download SVG'));
      expect(file.name).toBe('a-long-road.svg');
      expect(file.text).not.toMatch(/var\(/);
      const { page } = opened;
      await page.goto(`data:image/svg+xml;base64,${Buffer.from(file.text).toString('base64')}`);
      const seen = await page.evaluate(() => ({
        root: document.documentElement.tagName,
        ground: document.querySelector('rect')?.getAttribute('fill'),
        text: getComputedStyle(document.querySelector('text') ?? document.documentElement).fill,
        markdown: document.querySelector('foreignObject strong')?.textContent,
        size: document.documentElement.getBoundingClientRect().width,
      }));
      expect(seen).toMatchObject({ root: 'svg', markdown: 'Bold' });
      expect(seen.size).toBeGreaterThan(500);
      colours.push(seen.ground, seen.text);
    }
    expect(new Set(colours).size).toBe(4);

    const { page, tool } = await diagram('Twice');
    const file = await downloaded(page, tool('Download D2'));
    expect(file).toEqual({ name: 'twice.d2', text: 'store: { link: "gitops:AppProject/store" }\n' });
  });

  test('leads from its file back to the site', async () => {
    const { page, tool } = await diagram('Twice');
    const { text } = await downloaded(page, tool('Download SVG'));
    expect(text).toContain(`href="${site.address}/store/resources/appproject/argocd/store/"`);
  });
});

describe('boards', { timeout: 60_000 }, () => {
  test('are tabs for layers and scenarios', async () => {
    const { page, figure } = await diagram('The store: an overview');
    const tabs = figure.getByRole('tab');
    expect(await tabs.allTextContents()).toEqual(['Overview', 'inside', 'inside / deep', 'at night']);
    const shown = async () => (await figure.locator('.pl-board:visible').getAttribute('id')) ?? '';
    expect(await shown()).toBe('the-store-an-overview.base');

    await tabs.first().focus();
    await page.keyboard.press('ArrowRight');
    expect(await shown()).toBe('the-store-an-overview.layers-inside');
    expect(await tabs.nth(1).getAttribute('aria-selected')).toBe('true');
    expect(await tabs.nth(1).evaluate((tab) => tab === document.activeElement)).toBe(true);
    expect(await figure.getByRole('tabpanel', { name: 'inside' }).isVisible()).toBe(true);
    await page.keyboard.press('End');
    expect(await shown()).toBe('the-store-an-overview.scenarios-at-night');
    await page.keyboard.press('ArrowRight');
    expect(await shown()).toBe('the-store-an-overview.base');
    expect(await figure.locator('[role="tab"][tabindex="0"]').count()).toBe(1);

    await tabs.nth(2).click();
    const address = page.url();
    expect(new URL(address).hash).toBe('#the-store-an-overview.layers-inside-layers-deep');
    const other = await open({}, address);
    expect(await other.locator('.pl-board:visible').first().getAttribute('id')).toBe(
      'the-store-an-overview.layers-inside-layers-deep',
    );
  });

  test('are reached from a shape that links to one, and left by "back"', async () => {
    const { page, figure } = await diagram('The store: an overview');
    const inside = figure.locator('.pl-board:visible .pl-canvas:not(.pl-turned) a[href$="layers-inside"]');
    await inside.focus();
    await page.keyboard.press('Enter');
    await figure.locator('[id="the-store-an-overview.layers-inside"]').waitFor();
    expect(await figure.locator('.pl-board:visible').count()).toBe(1);
    await page.goBack();
    await figure.locator('[id="the-store-an-overview.base"]').waitFor();
  });

  test('are steps, one after another', async () => {
    const { page, figure } = await diagram('Steps');
    const told = figure.locator('.pl-stepper [aria-live]');
    expect(await figure.getByRole('tab').count()).toBe(0);
    expect(await told.textContent()).toBe('Step 1 of 3');
    expect(await figure.getByRole('button', { name: 'Previous step' }).getAttribute('aria-disabled')).toBe(
      'true',
    );
    const next = figure.getByRole('button', { name: 'Next step' });
    await next.click();
    expect(await told.textContent()).toBe('Step 2 of 3: build');
    await page.mouse.move(0, 0);
    await next.press('Enter');
    expect(await told.textContent()).toBe('Step 3 of 3: ship');
    expect(await next.getAttribute('aria-disabled')).toBe('true');
    expect(new URL(page.url()).hash).toBe('#steps.steps-ship');
    expect(await figure.locator('.pl-board:visible svg text').allTextContents()).toContain('c');
  });

  test('are all told as tables, with the lines of their manifests', async () => {
    const { figure } = await diagram('The store: an overview');
    await figure.locator('summary').click();
    const table = figure.locator('.pl-as-table');
    expect(await table.locator('.pl-board-name').allTextContents()).toEqual([
      'Overview',
      'inside',
      'inside / deep',
      'at night',
    ]);
    const row = table.getByRole('row', { name: 'Project AppProject/store' });
    const line = /title="IT\/argocd\/appproject-store\.yaml:\d+"/;
    expect(await row.first().innerHTML()).toMatch(line);
    expect(
      await table
        .getByRole('row', { name: /permits permits/ })
        .first()
        .innerHTML(),
    ).toMatch(line);
  });

  test('stand one under another without JavaScript', async () => {
    const page = await open({ javaScriptEnabled: false });
    const names = await page.locator('.pl-board > .pl-board-name:visible').allTextContents();
    expect(names).toEqual([
      'Overview',
      'inside',
      'inside / deep',
      'at night',
      'Step 1 of 3',
      'Step 2 of 3: build',
      'Step 3 of 3: ship',
    ]);
    expect(await page.locator('.pl-canvas:not(.pl-turned) svg.d2-diagram').count()).toBe(10);
    expect(await page.locator('.pl-tools').count()).toBe(0);
  });
});

describe('a phone', { timeout: 60_000 }, () => {
  const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

  test('scrolls a wide drawing in its frame and keeps its text readable', async () => {
    const { page, figure, canvas, tool } = await diagram('A long road', { context: phone });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await canvas.evaluate((frame) => frame.scrollWidth > frame.clientWidth)).toBe(true);
    const heights = await canvas.locator('svg.d2-diagram').evaluate((svg) => {
      const scale = svg.getBoundingClientRect().width / (svg as SVGSVGElement).viewBox.baseVal.width;
      return [...svg.querySelectorAll('text')].map(
        (text) => Number.parseFloat(getComputedStyle(text).fontSize) * scale,
      );
    });
    expect(heights.length).toBeGreaterThan(0);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(11.9);
    for (const button of await figure.locator('.pl-tool').all()) {
      const box = await button.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360);
    }
    expect(await tool('Zoom in').evaluate((button) => getComputedStyle(button).opacity)).toBe('1');
  });

  test('has a form that fits, in place of one that would be cut off', async () => {
    const { page, figure } = await diagram('A long road', { context: phone, form: 'fitting' });
    const forms = figure.locator('.pl-canvas:visible, .pl-outline:visible');
    expect(await forms.count()).toBe(1);
    expect(await forms.evaluate((frame) => frame.scrollWidth <= frame.clientWidth + 1)).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  test('opens a card where a shape is tapped, with its line, its neighbours and the way to its page', async () => {
    const { page, figure, canvas } = await diagram('The store: an overview', { context: phone });
    const address = page.url();
    await canvas.locator('a[href*="/appproject/"]').first().tap();
    const card = figure.locator('.pl-shape-card');
    await card.waitFor();
    expect(page.url()).toBe(address);
    expect(await card.textContent()).toContain('AppProject/store');
    expect(await card.getByRole('list', { name: 'Neighbours' }).textContent()).toContain('permits');
    expect(await card.getByRole('link').getAttribute('href')).toContain('/resources/appproject/');
    const box = await card.boundingBox();
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 999) <= 360).toBe(true);
    expect(await violations(page, { within: '.pl-shape-card' })).toEqual([]);
    await card.getByRole('button', { name: 'Close' }).tap();
    expect(await card.isVisible()).toBe(false);
  });

  test('zooms by two fingers and scrolls by one', async () => {
    const { page, canvas, width } = await diagram('A long road', { context: phone });
    const before = await width();
    const box = await canvas.boundingBox();
    if (!box) throw new Error('nothing is drawn');
    const touch = await page.context().newCDPSession(page);
    const at = (x: number, id: number) => ({ x: box.x + x, y: box.y + box.height / 2, id });
    const fingers = (type: string, touchPoints: ReturnType<typeof at>[]) =>
      touch.send('Input.dispatchTouchEvent', { type: type as 'touchStart', touchPoints });
    await fingers('touchStart', [at(140, 0), at(180, 1)]);
    await fingers('touchMove', [at(120, 0), at(200, 1)]);
    await fingers('touchMove', [at(100, 0), at(220, 1)]);
    await fingers('touchEnd', []);
    await expect.poll(width).toBeGreaterThan(before * 1.5);

    const left = await canvas.evaluate((frame) => frame.scrollLeft);
    await fingers('touchStart', [at(250, 0)]);
    for (const x of [220, 180, 140, 100]) await fingers('touchMove', [at(x, 0)]);
    await fingers('touchEnd', []);
    await expect.poll(() => canvas.evaluate((frame) => frame.scrollLeft)).toBeGreaterThan(left);
  });
});

describe('the page', { timeout: 60_000 }, () => {
  test('prints every board whole, in light colours, without tools', async () => {
    const { page, tool } = await diagram('A long road', { theme: 'dark', isAmongAll: true });
    const colour = () =>
      page
        .locator('svg.d2-diagram text')
        .first()
        .evaluate((text) => getComputedStyle(text).fill);
    const dark = await colour();
    await tool('Zoom in').click();
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 700, height: 900 });
    expect(await colour()).not.toBe(dark);
    const drawings = page.locator('.pl-canvas:not(.pl-turned) svg.d2-diagram');
    expect(await drawings.count()).toBe(10);
    for (const drawing of await drawings.all()) {
      const box = await drawing.boundingBox();
      expect(box?.width).toBeGreaterThan(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(700);
    }
    expect(await page.locator(':is(.pl-tools, .pl-tabs, .pl-stepper):visible').count()).toBe(0);
    expect(await page.locator('.pl-board > .pl-board-name:visible').count()).toBe(7);
  });

  const themes = shareOfDay(['light', 'dark'] as const, 2, 3).chosen;
  test.each(themes)('has no accessibility violations and no id twice, %s', async (theme) => {
    const { page, figure, tool } = await diagram('The store: an overview', { theme });
    await figure.locator('summary').click();
    await figure.hover();
    // The themes differ in their colours alone.
    const asked = {
      within: '.pl-diagram',
      ...(theme === 'dark' && themes.length > 1 ? { rules: ['color-contrast', 'link-in-text-block'] } : {}),
    };
    expect(await violations(page, asked)).toEqual([]);
    const ids = await page.locator('main [id]').evaluateAll((all) => all.map((one) => one.id));
    expect(ids.length).toBeGreaterThan(20);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);

    await figure.getByRole('tab').nth(1).click();
    await tool('Full screen').click();
    expect(await violations(page, asked)).toEqual([]);
  });

  test('serves its fonts once, and none inside a drawing', () => {
    const html = store.html('guide/diagrams');
    expect(html).toContain('<svg');
    expect(html).not.toMatch(/@font-face|base64/);
  });
});

async function diagram(title: string, options: OpenOptions = {}): Promise<Opened> {
  const slug = options.isAmongAll || !fewDrawings.includes(`"${title}"`) ? 'diagrams' : 'few';
  const address = `${site.address}/store/guide/${slug}/`;
  const page = await open({ ...options.context, theme: options.theme ?? 'light' }, address);
  // What moves a drawing is tried on the form that it was laid out in, though it fits nowhere.
  if (options.form !== 'fitting') await page.addStyleTag({ content: onlyAsDrawn });
  const figure = page
    .locator('.pl-diagram')
    .filter({ has: page.locator(`.pl-caption:text-is("${title}")`) })
    .first();
  const canvas = figure.locator('.pl-canvas:visible');
  await (options.form === 'fitting' ? figure : canvas).scrollIntoViewIfNeeded();
  return {
    page,
    figure,
    canvas,
    tool: (name) => figure.getByRole('button', { name }),
    width: () =>
      canvas.locator('svg.d2-diagram').evaluate((svg) => Math.round(svg.getBoundingClientRect().width)),
  };
}

const open = (options: VisitOptions = {}, address = `${site.address}/store/guide/diagrams/`): Promise<Page> =>
  visits.open(address, options);

async function downloaded(page: Page, button: Locator): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download') as Promise<Download>, button.click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

const onlyAsDrawn =
  '@media screen { .pl-canvas { display: flex !important } :is(.pl-turned, .pl-outline) { display: none !important } }';

interface OpenOptions {
  /** `fitting`: as a reader sees it, in the first form that fits. */
  form?: 'fitting';
  /** On the page of all drawings, though it is on that of a few, too. */
  isAmongAll?: boolean;
  theme?: 'light' | 'dark';
  context?: BrowserContextOptions;
}

interface Opened {
  page: Page;
  figure: Locator;
  /** The frame of the board that is seen. */
  canvas: Locator;
  tool(name: string): Locator;
  /** Of the drawing, in whole pixels. */
  width(): Promise<number>;
}
