import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { factor, shareOfDay } from '../fuzz.ts';
import { violations } from './axe.ts';
import { launch } from './chromium.ts';
import { serveReferenceSite } from './reference-site.ts';
import { createVisits, desktop, type VisitOptions, type Visits } from './visits.ts';

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

/** A half of them in a browser each day, as one takes axe seconds. */
const turn = shareOfDay(mainPages, 2);
console.log(`pages of the site in a browser: ${turn.chosen.join(' ')} (${turn.name})`);

/** Of each kind of page one, since the themes differ in their colours alone; the nightly run asks all. */
const inDark = ['/', model, '/authors/writing/', '/resources/sensor/events/slo-burn/', '/expressions/'];

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
    expect(await page.locator('dl.pl-facts').textContent()).toContain('Source');
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
    const all = await rows.count();
    await table.locator('input').fill('namespace');
    const some = await rows.count();
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(all);
    expect(await table.locator('.pl-count').textContent()).toBe(`${some} of ${all} rows`);

    await table.getByRole('button', { name: 'Wave' }).click();
    expect(await table.locator('th[aria-sort="ascending"]').textContent()).toBe('Wave');
    const address = page.url();
    expect(address).toContain('namespace');

    await page.goto(address);
    await page.locator('.pl-filter').first().waitFor();
    expect(await rows.count()).toBe(some);
  });

  test('reads without JavaScript', async () => {
    const page = await open(model, { javaScriptEnabled: false });
    expect(await page.locator('.pl-table tbody tr[data-id]').count()).toBeGreaterThan(20);
    expect(await page.locator('.pl-filter').count()).toBe(0);
    expect(await page.locator('.pl-as-table summary').first().isVisible()).toBe(true);
  });
});

describe.each(turn.chosen)('%s', { timeout: 60_000 }, (path) => {
  let page: Page;
  beforeAll(async () => {
    page = await open(path, { width: 360 });
  });
  afterAll(() => visits?.leave());

  test('scrolls no phone sideways', async () => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.setViewportSize(desktop);
  });

  test('has no accessibility violations, light', async () => {
    expect(await violations(page)).toEqual([]);
  });

  if (factor === 1 && !inDark.includes(path)) return;
  test('has no accessibility violations, dark', async () => {
    await page.locator('html').evaluate((html) => html.setAttribute('data-theme', 'dark'));
    expect(await violations(page, { rules: ['color-contrast', 'link-in-text-block'] })).toEqual([]);
  });
});

describe('every main page', { timeout: 60_000 }, () => {
  test('search finds a resource', async () => {
    const page = await open('/');
    // Starlight enables the button once its script runs; keys pressed before that are lost.
    await page.locator('button[data-open-modal]').click();
    await page.locator('dialog input').fill('obs-loki');
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

const open = (path: string, options: VisitOptions & { width?: number } = {}): Promise<Page> => {
  const { width = desktop.width, ...more } = options;
  return visits.open(site.address + path, { viewport: { ...desktop, width }, ...more });
};

/** Rough lightness of `rgb(…)`. */
function luminance(colour: string): number {
  return (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
}
