import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { tableFigure } from '../../plugins/remark/index.ts';
import { withRowPages } from '../../plugins/starlight/slim/row-pages.ts';
import { english } from '../../plugins/words/index.ts';
import { isWhole, shareOfDay } from '../fuzz.ts';
import { fileInTurns } from '../turns.ts';
import { violations } from './axe.ts';
import { launch } from './chromium.ts';
import { cutOff, layoutShift, stopsWithin } from './fits.ts';
import { serveReferenceSite } from './reference-site.ts';
import { createVisits, desktop, type VisitOptions, type Visits } from './visits.ts';

const { describe, test } = fileInTurns(0, 3);

let browser: Browser;
let visits: Visits;
let site: Awaited<ReturnType<typeof serveReferenceSite>>;

beforeAll(async () => {
  site = await serveReferenceSite();
  browser = await launch();
  visits = createVisits(browser);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const model = '/concepts/gitops-model/';
const mainPages = [
  '/',
  model,
  '/architecture/applications/',
  '/stacks/observability/',
  '/authors/writing/',
  '/resources/',
  '/resources/sensor/events/slo-burn/',
  '/rules/',
  '/rules/claim-false/',
  '/expressions/',
];

/** A page of each template. */
const templates = [
  '/',
  model,
  '/resources/application/argocd/obs-loki/',
  '/resources/applicationset/argocd/observability/',
  '/resources/appproject/argocd/observability/',
  '/resources/namespace/cicd/',
  '/resources/clusterpolicy/require-limits/',
  '/resources/policies/',
  '/resources/sensor/events/slo-burn/',
  '/resources/secret/backstage/backstage/',
  '/resources/httproute/observability/grafana/',
  '/resources/gateway/gateway/platform/',
  '/resources/deployment/backstage/backstage/',
  '/resources/',
  '/resources/secret/',
  '/resources/namespaces/',
  '/resources/namespaces/events/',
  '/resources/files/k8s/backstage/',
  '/status/',
  '/nowhere/',
  '/authors/writing/',
  '/rules/claim-false/',
  '/rules/',
  '/expressions/',
];

/** A few of them each day, as axe takes seconds for one. */
const turn = shareOfDay(templates, 12, 3);
console.log(`templates of the site in a browser: ${turn.chosen.join(' ')} (${turn.name})`);

describe('the GitOps model', { timeout: 60_000 }, () => {
  afterEach(() => visits?.leave());

  test('has diagrams and tables made of the manifests, and its shapes lead to their resources', async () => {
    const page = await open(model);
    expect(await page.locator('.pl-diagram svg').count()).toBeGreaterThanOrEqual(3);
    expect(await page.locator('.pl-table').count()).toBeGreaterThanOrEqual(6);
    expect(await page.locator('.pl-fault').count()).toBe(0);
    expect(await page.locator('.pl-verified').textContent()).toMatch(/\d+ claims/);

    const link = page.locator('.pl-diagram svg a').first();
    await link.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/resources\//);
    expect(await page.locator('h1').textContent()).toMatch(/^\w+ [\w/-]+/);
    expect(await page.locator('[data-copy]').textContent()).toContain('Source');
  });

  test('its diagrams follow the theme switch', async () => {
    const page = await open(model, { theme: 'light' });
    const colour = () =>
      page
        .locator('.pl-diagram svg text')
        .first()
        .evaluate((text) => getComputedStyle(text).fill);
    const light = await colour();
    await page.locator('starlight-theme-select select').first().selectOption('dark');
    expect(await colour()).not.toBe(light);
    expect(luminance(light)).toBeLessThan(luminance(await colour()));
  });

  test('a table filters and sorts, and its address holds the state', async () => {
    const page = await open(model);
    const table = page.locator('.pl-table[data-view="waves"]').first();
    const rows = table.locator('tbody tr[data-id]:visible');
    const first = await rows.count();
    const all = Number(await table.getAttribute('data-rows'));
    expect(first).toBeLessThan(all);
    await table.locator('input').fill('namespace');
    await table
      .getByText(/^\d+ of \d+ rows$/)
      .filter({ hasNotText: `${first} of` })
      .waitFor();
    const some = await rows.count();
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(all);
    expect(await table.locator('.pl-count').textContent()).toBe(`${some} of ${all} rows`);

    await table.getByRole('button', { name: 'Wave' }).click();
    expect(await table.locator('th[aria-sort="ascending"]').textContent()).toBe('Wave');
    const address = page.url();
    expect(address).toContain('namespace');

    await page.goto(address);
    await table.getByText(`${some} of ${all} rows`).waitFor();
    expect(await rows.count()).toBe(some);

    await table.locator('input').fill('');
    await table.getByRole('button', { name: /^Show \d+ more rows$/ }).click();
    expect(await rows.count()).toBe(all);
  });

  test('prints its tables no wider than a sheet, breaks no word in them, and shows its marks and first what it was held against', async () => {
    const page = await open(model, { width: sheet });
    await page.emulateMedia({ media: 'print' });
    const { tables, diagrams } = await cutOff(page);
    expect(tables.all).toBeGreaterThanOrEqual(6);
    expect([...tables.cut, ...diagrams.cut]).toEqual([]);
    const broken = await page.locator('.pl-scroll :is(td, th):visible').evaluateAll((cells) =>
      cells.flatMap((cell) => {
        const text = cell.textContent?.trim() ?? '';
        if (!/^[a-z]{2,20}$/i.test(text)) return [];
        const range = document.createRange();
        // Below a name stands where its thing is written, which may break.
        const word = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode();
        if (word !== null) range.selectNodeContents(word);
        return range.getClientRects().length > 1 ? text : [];
      }),
    );
    expect(broken).toEqual([]);
    const line = page.locator('.pl-to:visible, .pl-scroll td a:not([class])[title]:visible').first();
    expect(await line.evaluate((one) => getComputedStyle(one, '::after').content)).toMatch(/\.yaml:\d+"$/);
    const covering = await page
      .locator('.pl-to:visible')
      .evaluateAll((all) => all.filter((one) => getComputedStyle(one).position === 'absolute').length);
    expect(covering).toBe(0);
    const mark = page.locator('.pl-mark').first();
    expect(await mark.evaluate((one) => getComputedStyle(one, '::after').printColorAdjust)).toBe('exact');
    const figure = page.locator('.pl-table').first();
    expect(await figure.evaluate((one) => getComputedStyle(one).breakInside)).toBe('auto');
    const [foot, text] = await Promise.all(
      ['.pl-verified', '.sl-markdown-content'].map((one) => page.locator(one).boundingBox()),
    );
    expect(foot?.y).toBeLessThan(text?.y ?? 0);
  });

  test('prints what is verified a line each', async () => {
    const page = await open('/status/');
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 690, height: 1000 });
    const rows = page.locator('[data-view="status-all"] tbody tr');
    expect(await rows.count()).toBeGreaterThan(10);
    expect(
      await rows
        .locator('td')
        .first()
        .evaluate((cell) => getComputedStyle(cell).display),
    ).toBe('table-cell');
    expect((await cutOff(page)).tables.cut).toEqual([]);
  });

  test('reads without JavaScript', async () => {
    const page = await open(model, { javaScriptEnabled: false });
    expect(await page.locator('.pl-table tbody tr[data-id]').count()).toBeGreaterThan(20);
    expect(await page.locator('.pl-filter').count()).toBe(0);
    expect(await page.locator('.pl-as-table summary').first().isVisible()).toBe(true);

    const table = page.locator('.pl-table[data-view="waves"]').first();
    await table.locator('.pl-all').click();
    expect(await page.locator('.pl-table tbody tr[data-id]').count()).toBeGreaterThan(100);
    expect(await page.locator('h1').textContent()).toBe('Every resource that carries a wave');
    await page.getByRole('link', { name: 'GitOps model | Plumbline' }).click();
    expect(new URL(page.url()).pathname).toBe(model);
  });
});

describe.each(turn.chosen)('%s', { timeout: 60_000 }, (path) => {
  let page: Page;
  beforeAll(async () => {
    page = await open(path, { width: 360 });
  });
  afterAll(() => visits?.leave());

  test('scrolls no narrow page sideways', async () => {
    for (const width of [320, 360]) {
      await page.setViewportSize({ ...desktop, width });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width} px`).toBe(width);
    }
  });

  // All rules at both widths; the themes differ in their colours alone.
  test('has no accessibility violations at 360 and 1440 px, light, dark and in forced colours', async () => {
    const found: Record<string, string[]> = {};
    for (const width of [1440, 360]) {
      await page.setViewportSize({ ...desktop, width });
      found[`light ${width}`] = await violations(page);
    }
    const colours = { rules: ['color-contrast', 'link-in-text-block'] };
    await page.locator('html').evaluate((html) => html.setAttribute('data-theme', 'dark'));
    for (const width of [360, 1440]) {
      await page.setViewportSize({ ...desktop, width });
      found[`dark ${width}`] = await violations(page, colours);
    }
    // The contrast of forced colours is the reader's choice, and axe takes ours for them.
    await page.emulateMedia({ forcedColors: 'active' });
    found['forced 1440'] = await violations(page, { without: colours.rules });
    await page.emulateMedia({ forcedColors: null });
    expect(Object.entries(found).filter(([, own]) => own.length > 0)).toEqual([]);
  });
});

describe('every page with tables or diagrams', { timeout: 180_000 }, () => {
  afterEach(() => visits?.leave());

  // Opened at one width by turns, as a page takes longer to come than to be laid out for another.
  const widths = [1440, 1024, 360];
  const [first = 1440] = shareOfDay(widths, widths.length, 3).chosen;
  test(`cuts none of them off at any width, opened at ${first} px`, async () => {
    const cut: string[] = [];
    const figures = { tables: 0, diagrams: 0 };
    let [stops, shift, most] = [0, 0, ''];
    const { chosen, name } = shareOfDay(withFigures(), 6, 3);
    // The longest page each day.
    for (const path of new Set([model, ...chosen])) {
      const page = await open(path, { width: first });
      shift = Math.max(shift, await layoutShift(page));
      for (const width of [first, ...widths.filter((one) => one !== first)]) {
        await page.setViewportSize({ ...desktop, width });
        const own = await stopsWithin(page);
        if (own > stops) [stops, most] = [own, `${path} at ${width} px`];
        const { tables, diagrams } = await cutOff(page);
        figures.tables += tables.all;
        figures.diagrams += diagrams.all;
        cut.push(...[...tables.cut, ...diagrams.cut].map((title) => `${path} at ${width} px: ${title}`));
      }
      await visits.leave();
    }
    console.log(
      `${chosen.length} pages (${name}): ${figures.tables} tables and ${figures.diagrams} drawings at ${widths.join(', ')} px, ` +
        `${cut.length} cut off; layout shift at most ${shift.toFixed(3)} at ${first} px, ` +
        `stops of the keyboard at most ${stops}, on ${most}`,
    );
    expect(figures.tables).toBeGreaterThan(3 * 6);
    expect(cut).toEqual([]);
    expect(shift).toBeLessThan(0.05);
    expect(stops).toBeLessThanOrEqual(150);
  });

  test('a table is one stop of the keyboard, and the arrows go on in it', async () => {
    const page = await open('/resources/namespaces/events/');
    await page.locator('.pl-filter').focus();
    const inTable = () =>
      page.evaluate(() => document.activeElement?.closest<HTMLTableRowElement>('tbody tr')?.rowIndex ?? -1);
    await page.locator('.pl-sort').first().focus();
    await page.keyboard.press('ArrowDown');
    const first = await inTable();
    await page.keyboard.press('ArrowDown');
    expect(await inTable()).toBe(first + 1);
    await page.keyboard.press('Tab');
    expect(await inTable()).toBe(-1);
  });

  test('a keyboard sees where it is on a narrow page: at the heads of cards, and the tools of a drawing', async () => {
    const page = await open(model, { width: 360 });
    const sort = page.locator('.pl-table .pl-sort').first();
    await sort.focus();
    const box = await sort.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(16);
    expect(await sort.evaluate((one) => getComputedStyle(one.closest('thead') ?? one).clipPath)).toBe('none');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    const tools = page.locator('.pl-diagram:has(.pl-outline:visible) .pl-tools');
    expect(await tools.count()).toBeGreaterThan(0);
    for (const one of await tools.all()) {
      const enter = one.locator('button[tabindex="0"]');
      expect(await enter.isVisible()).toBe(true);
      await enter.focus();
      await page.keyboard.press('ArrowRight');
      expect(await one.locator('button:focus').isVisible()).toBe(true);
      expect(await one.locator('button:focus').getAttribute('title')).not.toBe(null);
    }
  });

  test('a facet does not count itself, and a row has a link of its own', async () => {
    const page = await open('/resources/?resources.filter=backstage');
    const facet = (label: string) => page.getByRole('combobox', { name: label, exact: true });
    const options = (label: string) => facet(label).locator('option:enabled').allTextContents();
    await facet('Kind').waitFor();
    const [kinds, spaces] = [await options('Kind'), await options('Namespace')];
    const secrets = kinds.find((kind) => /^Secret \(\d+\)$/.test(kind)) ?? '';
    await facet('Kind').selectOption('Secret');
    expect(await options('Kind')).toEqual(kinds);
    expect(await options('Namespace')).not.toEqual(spaces);
    const rows = page.locator('.pl-table tbody tr[data-id]:visible');
    expect(`Secret (${await rows.count()})`).toBe(secrets);
    expect(await page.locator('.pl-count').textContent()).toMatch(/^\d+ of \d+ rows$/);
    expect(page.url()).toContain('resources.is.kind=Secret');

    const id = (await rows.first().getAttribute('data-id')) ?? '';
    await rows.first().hover();
    expect(await page.locator('.pl-row-link').evaluate((link) => getComputedStyle(link).opacity)).toBe('1');
    expect(await page.locator('.pl-row-link').getAttribute('href')).toBe(
      `#resources.${encodeURIComponent(id)}`,
    );
  });
});

// What it takes is printed alone, and a slowed processor is kept busy: it is slowed at night.
const slower = isWhole ? 4 : 1;
test('an index of 4,730 rows has few of them on its page, and finds all', async () => {
  const count = 4_730;
  const folder = join(site.dist, 'many');
  try {
    writeIndex(count);
    const page = await open('/many/');
    const protocol = await page.context().newCDPSession(page);
    await protocol.send('Emulation.setCPUThrottlingRate', { rate: slower });
    await page.goto(`${site.address}/many/`);
    await page.locator('.pl-filter').waitFor();
    const ready = await page.evaluate(() => performance.now());
    const rows = page.locator('.pl-table tbody tr[data-id]');
    const first = await rows.count();
    const elements = await page.evaluate(() => document.querySelectorAll('main *').length);

    await page.locator('.pl-filter').focus();
    await page.locator('.pl-facet').first().waitFor({ timeout: 60_000 });
    const read = (await page.evaluate(() => performance.now())) - ready;
    await protocol.send('Performance.enable');
    const busyFor = async () => {
      const { metrics } = await protocol.send('Performance.getMetrics');
      const of = (name: string) => (metrics.find((one) => one.name === name)?.value ?? 0) * 1000;
      return { all: of('TaskDuration'), script: of('ScriptDuration'), layout: of('LayoutDuration') };
    };
    const before = await busyFor();
    const times = await page.evaluate(async () => {
      const filter = document.querySelector<HTMLInputElement>('.pl-filter');
      const taken: number[] = [];
      for (const text of ['c', 'co', 'con', 'config', 'config-47', '']) {
        const start = performance.now();
        if (filter) filter.value = text;
        filter?.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        taken.push(performance.now() - start);
      }
      return taken;
    });
    const after = await busyFor();
    const each = (name: keyof typeof after) => Math.round((after[name] - before[name]) / times.length);
    console.log(
      `an index of ${count} rows on a processor ${slower} times as slow: ready after ${Math.round(ready)} ms with ${first} rows, ` +
        `${elements} elements; all read ${Math.round(read)} ms after the filter was entered; ` +
        `a keystroke at most ${Math.round(Math.max(...times))} ms; on average its page is busy for ${each('all')} ms, ` +
        `of scripts ${each('script')}, of layout ${each('layout')}, at a load of ${loadavg()[0]?.toFixed(1)}`,
    );
    expect(first).toBeLessThanOrEqual(20);
    expect(elements).toBeLessThan(1_000);
    expect(await rows.count()).toBeLessThanOrEqual(100);
    await page.locator('.pl-filter').fill('config-4729');
    await page.getByText('1 of 4,730 rows').waitFor();
    expect(await rows.count()).toBe(1);
    await protocol.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await visits.leave();
  }
}, 120_000);

describe('every main page', { timeout: 60_000 }, () => {
  test('search finds a resource', async () => {
    const page = await open('/');
    // Starlight enables the button once its script runs; keys pressed before that are lost.
    await page.locator('button[data-open-modal]').click();
    await page.locator('dialog .pl-search-input').fill('obs-loki');
    await page.locator('dialog a[href*="/resources/"]').first().waitFor({ timeout: 15_000 });
  });

  test('no link leads nowhere', async () => {
    const missing: string[] = [];
    const seen = new Set<string>();
    for (const path of mainPages) {
      const html = await (await fetch(site.address + path)).text();
      for (const [, link = ''] of html.matchAll(/<a\b[^>]*?\shref="([^"]+)"/g)) {
        const url = new URL(link.replaceAll('&#38;', '&').replaceAll('&amp;', '&'), site.address + path);
        if (url.origin !== site.address || seen.has(url.pathname)) continue;
        seen.add(url.pathname);
        const response = await fetch(url.origin + url.pathname, { method: 'HEAD' });
        if (!response.ok) missing.push(`${path} → ${url.pathname}`);
      }
    }
    expect(seen.size).toBeGreaterThan(100);
    expect(missing).toEqual([]);
  });
});

/** The width of an A4 sheet between margins of 1 cm. */
const sheet = 718;

const open = (path: string, options: VisitOptions & { width?: number } = {}): Promise<Page> => {
  const { width = desktop.width, ...more } = options;
  return visits.open(site.address + path, { viewport: { ...desktop, width }, ...more });
};

/** Pages of the site that have what may be too wide; of the indexes alike two of each. */
function withFigures(): string[] {
  const found: string[] = [];
  const kinds = new Map<string, number>();
  for (const file of readdirSync(site.dist, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('index.html')) continue;
    const path = `/${file.replaceAll('\\', '/').replace(/index\.html$/, '')}`;
    const kind = path.startsWith('/resources/') ? String(path.split('/').length) : path;
    const before = kinds.get(kind) ?? 0;
    if (before >= 2 || !/class="pl-(?:table|diagram)/.test(readFileSync(join(site.dist, file), 'utf8')))
      continue;
    kinds.set(kind, before + 1);
    found.push(path);
  }
  return found.sort();
}

/** The index of resources as it would be with so many, in the page that it has here. */
function writeIndex(count: number): void {
  const page = readFileSync(join(site.dist, 'resources/index.html'), 'utf8');
  const figure = tableFigure({
    ...{ id: 'many', view: 'many', caption: 'Many', speech: english, total: count },
    columns: ['name', 'kind', 'namespace', 'wave'].map((name) => ({ name, label: name })),
    groups: [
      {
        rows: Array.from({ length: count }, (_, index) => ({
          id: `ConfigMap/space-${index % 40}/config-${index}`,
          cells: [
            h('a', { href: '/resources/' }, `config-${index}`),
            index % 3 === 0 ? 'Secret' : 'ConfigMap',
            `space-${index % 40}`,
            String(index % 5),
          ],
          at: { href: `/resources/#L${index}`, text: `K8s/space-${index % 40}/config.yaml:${index}` },
        })),
      },
    ],
  });
  const start = page.indexOf('<figure class="pl-table');
  const whole = page.slice(0, start) + toHtml(figure) + page.slice(page.indexOf('</figure>', start) + 9);
  const { html, pages } = withRowPages(whole, {
    ...{ slug: 'many', speech: english, most: 40, first: 20, hasDrawn: true },
    ...{ hrefOf: (slug) => `/${slug}/`, isFree: () => true },
  });
  for (const one of [{ slug: 'many', html }, ...pages]) {
    mkdirSync(join(site.dist, one.slug), { recursive: true });
    writeFileSync(join(site.dist, one.slug, 'index.html'), one.html);
  }
}

/** Rough lightness of `rgb(…)`. */
function luminance(colour: string): number {
  return (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
}
