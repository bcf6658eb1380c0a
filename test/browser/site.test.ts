import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cleanEnvironment } from '../starlight/environment.ts';
import { launch } from './chromium.ts';
import { serve } from './server.ts';

const repository = resolve(import.meta.dirname, '../..');
const dist = join(repository, '.cache/sites/browser-dist');
let browser: Browser;
let site: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  rmSync(dist, { recursive: true, force: true });
  execFileSync(
    process.execPath,
    [join(repository, 'node_modules/astro/bin/astro.mjs'), 'build', '--outDir', dist],
    {
      cwd: repository,
      env: cleanEnvironment('production'),
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  site = await serve(dist);
  browser = await launch();
}, 300_000);
afterEach(async () => {
  for (const context of browser?.contexts() ?? []) await context.close();
});
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

describe('the GitOps model', { timeout: 60_000 }, () => {
  test('has diagrams and tables made of the manifests', async () => {
    const page = await open(model);
    expect(await page.locator('.pl-diagram svg').count()).toBeGreaterThanOrEqual(3);
    expect(await page.locator('.pl-table').count()).toBeGreaterThanOrEqual(6);
    expect(await page.locator('.pl-fault').count()).toBe(0);
    expect(await page.locator('.pl-verified').textContent()).toMatch(/\d+ claims/);
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

  test('a shape leads to the page of its resource', async () => {
    const page = await open(model);
    const link = page.locator('.pl-diagram svg a').first();
    await link.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/resources\//);
    expect(await page.locator('h1').textContent()).toMatch(/^\w+\/[\w-]+/);
    expect(await page.locator('dl.pl-facts').textContent()).toContain('Source');
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
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(site.address + model);
    expect(await page.locator('.pl-table tbody tr[data-id]').count()).toBeGreaterThan(20);
    expect(await page.locator('.pl-filter').count()).toBe(0);
    expect(await page.locator('.pl-as-table summary').first().isVisible()).toBe(true);
  });
});

describe('every main page', { timeout: 60_000 }, () => {
  test.each(mainPages)('%s scrolls no phone sideways', async (path) => {
    const page = await open(path, { width: 360 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  test.each(mainPages.flatMap((path) => [[path, 'light'] as const, [path, 'dark'] as const]))(
    '%s has no accessibility violations, %s',
    async (path, theme) => {
      const page = await open(path, { theme });
      // Expressive Code lets the keyboard into a code block that scrolls only once the page is idle.
      await page.waitForFunction(() =>
        [...document.querySelectorAll('pre')].every(
          (pre) => pre.scrollWidth <= pre.clientWidth || pre.tabIndex >= 0,
        ),
      );
      const axe = new AxeBuilder({ page });
      const { violations } = await (theme === 'light'
        ? axe
            .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
            // Experimental in axe: it takes the keys shown in Starlight's search button and SVG titles for
            // labels.
            .disableRules('label-content-name-mismatch')
        : // The themes differ in their colours alone.
          axe.withRules(['color-contrast', 'link-in-text-block'])
      ).analyze();
      const told = violations.map(
        (one) =>
          `${one.id}: ${one.nodes
            .slice(0, 3)
            .map((node) => node.html.slice(0, 200))
            .join('\n')}`,
      );
      expect(told).toEqual([]);
    },
  );

  test('search finds a resource', async () => {
    const page = await open('/');
    // Starlight enables the button once its script runs; keys pressed before that are lost.
    await page.locator('button[data-open-modal]').click();
    await page.locator('dialog input').fill('obs-loki');
    await page.locator('dialog a[href*="/resources/"]').first().waitFor({ timeout: 15_000 });
  });

  test('no link leads nowhere', async () => {
    const page = await open('/');
    const missing = new Set<string>();
    const seen = new Set(mainPages);
    for (const path of seen) {
      await page.goto(site.address + path);
      const links = await page
        .locator('main a[href], nav a[href]')
        .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
      for (const link of new Set(links)) {
        const url = new URL(link || '/', site.address + path);
        if (url.origin !== site.address || missing.has(url.pathname)) continue;
        const response = await page.request.head(url.origin + url.pathname);
        if (!response.ok()) missing.add(`${path} → ${url.pathname}`);
      }
    }
    expect([...missing]).toEqual([]);
  });
});

async function open(path: string, options: { theme?: 'light' | 'dark'; width?: number } = {}): Promise<Page> {
  const { theme = 'light', width = 1280 } = options;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.addInitScript((chosen) => localStorage.setItem('starlight-theme', chosen), theme);
  await page.goto(site.address + path);
  return page;
}

/** Rough lightness of `rgb(…)`. */
function luminance(colour: string): number {
  return (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
}
