/**
 * What somebody asks who is paged at night, by stop-watch: the answer stands on the first screen, after at
 * most three clicks or twenty keys.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type Indexed, indexNames, rank, readQuery } from '../../plugins/starlight/client/search/rank.ts';
import { namedOf, type SearchIndex } from '../../plugins/starlight/search/search-index.ts';
import type { StatedFacts } from '../../plugins/starlight/trust/facts.ts';
import { shareOfDay } from '../fuzz.ts';
import { fileInTurns } from '../turns.ts';
import { launch } from './chromium.ts';
import { serveReferenceSite } from './reference-site.ts';
import { createVisits, type Visits } from './visits.ts';

const { describe, test } = fileInTurns(0, 3);

let site: Awaited<ReturnType<typeof serveReferenceSite>>;
let browser: Browser;
let visits: Visits;

beforeAll(async () => {
  site = await serveReferenceSite();
  browser = await launch();
  visits = createVisits(browser);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const screen = { width: 1440, height: 900 };
const open = (path: string) => visits.open(site.address + path, { viewport: screen });

/** Whether something stands on the first screen, without a scroll. */
async function isOnFirstScreen(page: Page, selector: string, words: string): Promise<boolean> {
  const box = await page.locator(selector).filter({ hasText: words }).first().boundingBox();
  return box !== null && box.y >= 0 && box.y + Math.min(box.height, 40) <= screen.height;
}

/** Types into the search, which a key opens, and opens what comes first; gives the keys that it took. */
async function searchAndOpen(page: Page, words: string): Promise<number> {
  await page.keyboard.press('/');
  await page.locator('dialog .pl-search-input').waitFor();
  await page.keyboard.type(words);
  await page.locator('dialog [role="option"]').first().waitFor();
  const before = page.url();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.href !== before);
  return words.length + 2;
}

function read() {
  const index = JSON.parse(readFileSync(join(site.dist, 'plumbline/search.json'), 'utf8')) as SearchIndex;
  const named = namedOf(index);
  return { things: named.filter(({ kind }) => kind !== null), indexed: indexNames(named) };
}

describe('the search', { timeout: 60_000 }, () => {
  afterEach(() => visits?.leave());

  const first = (indexed: Indexed[], query: string, limit = 1) =>
    rank(indexed, readQuery(query), limit).found;

  test('has the thing first that is called exactly so, and the kind that is named with it', () => {
    const { things, indexed } = read();
    const names = [...new Set(things.map(({ name }) => name))];
    const found = names.filter((name) => first(indexed, name)[0]?.name === name);
    const both = things.filter(({ kind, name }) => {
      const [one] = first(indexed, `${kind} ${name}`);
      return one?.kind === kind && one?.name === name;
    });
    console.log(`exact names first: ${found.length} of ${names.length}`);
    console.log(`kind and name first: ${both.length} of ${things.length}`);
    expect(names.length).toBeGreaterThan(100);
    expect(found).toEqual(names);
    expect(both).toEqual(things);
  });

  test('answers what somebody on call asks among its first three', () => {
    const { indexed } = read();
    const asked = Object.entries(questions);
    const answered = asked.filter(([question, answer]) =>
      first(indexed, question, 3).some(({ slug }) => slug === answer),
    );
    console.log(`questions answered in the top three: ${answered.length} of ${asked.length}`);
    expect(answered).toEqual(asked);
  });

  test('narrows by prefixes, knows parts, initials and one wrong letter', () => {
    const { indexed } = read();
    const told = (query: string) => first(indexed, query, 3).map(({ kind, name }) => `${kind}/${name}`);
    expect(told('secret:chat')[0]).toBe('Secret/chat-webhook');
    // The route is called so alone, but is no Secret.
    expect(told('secret grafana')[0]).toBe('Secret/grafana-admin');
    expect(first(indexed, 'ns:cicd', 500).every(({ namespace }) => namespace === 'cicd')).toBe(true);
    expect(told('wt build')[0]).toBe('WorkflowTemplate/build-and-test');
    expect(told('grafna')[0]).toContain('grafana');
    expect(told('nothingthatthereis')).toEqual([]);
  });

  test('finds one among five thousand', () => {
    const { things } = read();
    const many = Array.from({ length: 5000 }, (_, index) => {
      const one = things[index % things.length];
      return { ...one, name: `${one?.name}-${index}`, slug: `${one?.slug}-${index}` };
    }) as ReturnType<typeof namedOf>;
    let indexed: Indexed[] = [];
    const ready = processorTime(() => {
      indexed = indexNames(many);
    });
    const typed = ['g', 'gr', 'grafana', 'which policy blocked my pod', 'secret backstage 12'];
    for (const query of typed) first(indexed, query, 8);
    const times = typed.map((query) => processorTime(() => first(indexed, query, 8)));
    const usual = times.sort((a, b) => a - b)[2] ?? 0;
    // The goals are a second and a tenth of one on a processor four times as slow.
    console.log(`5000 names: ready in ${ready.toFixed(0)} ms, a key in ${usual.toFixed(0)} ms`);
    expect(indexed).toHaveLength(many.length);
    expect(first(indexed, many[4321]?.name ?? '')[0]?.slug).toBe(many[4321]?.slug);
  });

  test('opens by a key, is walked by arrows, and says what a page says', async () => {
    const page = await open('/stacks/cicd/');
    await page.keyboard.press('/');
    const input = page.locator('dialog .pl-search-input');
    await input.fill('backstage');
    const options = page.locator('dialog [role="option"]');
    await options.first().waitFor();
    await page.locator('dialog [role="group"]').nth(1).locator('[role="option"]').first().waitFor();
    expect(await options.first().getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('ArrowDown');
    expect(await options.nth(1).getAttribute('aria-selected')).toBe('true');
    await page.locator('dialog select').first().selectOption('secret');
    await options.filter({ hasText: 'Deployment' }).waitFor({ state: 'detached' });
    expect(await page.locator('dialog .pl-search-kind').allTextContents()).toContain('Secret');
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog').isVisible()).toBe(false);
  });

  test('can have its single key turned off, which the browser remembers', async () => {
    const page = await open('/stacks/cicd/');
    const dialog = page.locator('dialog.pl-search');
    await page.keyboard.press('/');
    await dialog.getByRole('checkbox', { name: '/ opens the search' }).uncheck();
    await page.keyboard.press('Escape');
    await page.reload();
    await page.locator('button[data-open-modal]:enabled').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.press('Control+k');
    await dialog.getByRole('checkbox').check();
    expect(await dialog.locator('.pl-search-input').inputValue()).toBe('');
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await dialog.waitFor();
  });

  test('stays with the keyboard when all is shown by a press, and leaves its keys to an input method', async () => {
    const page = await open('/stacks/cicd/');
    let isOffline = true;
    await page.route('**/plumbline/search.json', (route) => (isOffline ? route.abort() : route.continue()));
    await page.evaluate(() => addEventListener('unhandledrejection', (event) => event.preventDefault()));
    await page.keyboard.press('/');
    const input = page.locator('dialog .pl-search-input');
    await input.waitFor();
    isOffline = false;
    await input.fill('backstage');
    const more = page.locator('dialog .pl-search-more');
    await more.click();
    await more.waitFor({ state: 'detached' });
    expect(await input.evaluate((one) => one === document.activeElement)).toBe(true);
    expect(await page.locator('dialog [aria-selected="true"]').count()).toBe(1);
    const before = page.url();
    await input.evaluate((one) => {
      const keys = { key: 'Enter', isComposing: true, bubbles: true, cancelable: true };
      one.dispatchEvent(new KeyboardEvent('keydown', keys));
      one.dispatchEvent(new KeyboardEvent('keydown', { ...keys, key: 'Escape' }));
    });
    expect(await page.locator('dialog').isVisible()).toBe(true);
    expect(page.url()).toBe(before);
  });
});

/** Milliseconds that no other process is counted in. */
function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('the ways into the site', { timeout: 60_000 }, () => {
  afterEach(() => visits?.leave());
  const fileOf = (path: string) => readFileSync(join(site.dist, path), 'utf8');

  test('a reader whose address leads nowhere finds what comes nearest, and ways in without a script', async () => {
    const page = await open('/resources/secret/cicd/chatwebhook/');
    const near = page.locator('.pl-lost-near a').first();
    await near.waitFor();
    expect(await near.getAttribute('href')).toBe('/resources/secret/cicd/chat-webhook/');
    const bare = await visits.open(`${site.address}/nowhere/`, { javaScriptEnabled: false });
    expect(await bare.locator('.pl-lost a[href="/resources/"]').isVisible()).toBe(true);
  });

  test('the first page tells of commit, gaps and stacks, and asks what somebody on call asks', async () => {
    const page = await open('/');
    expect(await page.locator('.pl-state a[href="/status/"]').count()).toBeGreaterThan(0);
    expect(await page.locator('.pl-card').count()).toBeGreaterThanOrEqual(5);
    expect(await page.locator('.pl-asked a').count()).toBe(8);
    expect(await page.locator('.pl-wave-map th[scope=row]').count()).toBeGreaterThan(10);
    for (const link of await page.locator('.pl-asked a, .pl-card a').all()) {
      const path = (await link.getAttribute('href')) ?? '';
      expect(existsSync(join(site.dist, path, 'index.html')), path).toBe(true);
    }
  });

  test('a line of a source is shown when its address is asked for, linked to or not', async () => {
    const page = await open('/resources/deployment/backstage/backstage/');
    const numbered = await page.locator('.pl-source a[id^="L"]').count();
    const lines = page.locator('.pl-source pre[style] a');
    expect(numbered).toBeLessThan(await lines.count());
    const before = await page.locator('.pl-source pre[style]').first().getAttribute('style');
    const second = Number(/\d+/.exec(before ?? '')?.[0]) + 2;
    await page.goto(`${page.url()}#L${second}`);
    await expect.poll(() => page.locator(`#L${second}:target`).count()).toBe(1);
    expect(await page.locator(`#L${second}`).textContent()).toBe(await lines.nth(1).textContent());
  });

  test('a drawing is shown as tables, also where the page leaves them to pages of rows', async () => {
    const page = await visits.open(`${site.address}/concepts/gitops-model/`, { viewport: screen });
    const figure = page.locator('.pl-diagram').filter({ hasText: 'Sets generate Applications' }).first();
    const tables = figure.locator('.pl-as-table');
    expect(await tables.locator('tbody').count()).toBe(0);
    await tables.locator('summary').click();
    const row = tables.getByRole('row').filter({ hasText: 'permits' }).first();
    await row.waitFor();
    // With all that a table has.
    await tables.getByRole('searchbox').first().fill('AppProject');
    await expect.poll(() => tables.locator('.pl-count').first().textContent()).toMatch(/^7 of \d+ rows$/);
  });

  test('a table that is too short for a filter shows its other rows when it is asked, and one by its link', async () => {
    const address = `${site.address}/concepts/gitops-model/`;
    const page = await visits.open(address, { viewport: screen });
    const table = page.locator('[id="what-bootstrap-installs.table"]');
    expect(await table.locator('.pl-bar').count()).toBe(0);
    const rows = table.locator('tbody tr');
    expect(await rows.count()).toBeLessThan(8);
    await table.getByRole('button', { name: /^Show \d more rows$/ }).click();
    await expect.poll(() => rows.count()).toBe(8);
    expect(await table.locator('.pl-count').textContent()).toBe('8 of 8 rows');
    const other = await visits.open(`${address}#what-bootstrap-installs.IT%2Fvault`, { viewport: screen });
    await other.locator('[id="what-bootstrap-installs.table"] tr.pl-target').waitFor();
  });

  test('a tapped shape tells its neighbours, also those that the page leaves to a page of rows', async () => {
    const page = await visits.open(`${site.address}/concepts/gitops-model/`, {
      viewport: screen,
      hasTouch: true,
    });
    const figure = page.locator('.pl-diagram').filter({ hasText: 'Sets generate Applications' }).first();
    expect(await figure.locator('.pl-as-table [data-of]').count()).toBe(2);
    await figure.locator('.pl-canvas a[href$="/appproject/argocd/backstage/"]').tap();
    const card = figure.locator('.pl-shape-card');
    const neighbours = card.getByRole('list', { name: 'Neighbours' }).getByRole('listitem');
    await expect.poll(() => neighbours.allTextContents()).toEqual(['backstage →', 'permits → backstage']);
  });

  test('a mark beside the title opens what the page rests on, by the keyboard too', async () => {
    const page = await open('/concepts/gitops-model/');
    await page.locator('.pl-trust summary').focus();
    await page.keyboard.press('Enter');
    const facts = page.locator('.pl-trust-facts');
    expect(await facts.isVisible()).toBe(true);
    expect(await facts.textContent()).toMatch(/\d+ claims/);
    await facts.locator('a[href="/status/"]').click();
    await page.waitForURL(/\/status\//);
    expect(await page.locator('.pl-table[data-view="status-pages"] tbody tr').count()).toBeGreaterThan(10);
    expect(await page.locator('.pl-table[data-view="status-open"] tbody tr').count()).toBeGreaterThan(0);
  });

  test('programs find facts, names, Markdown and a list of it', () => {
    const facts = JSON.parse(fileOf('facts.json')) as StatedFacts;
    expect(facts.pages.flatMap(({ statements }) => statements).length).toBeGreaterThan(100);
    expect(facts.unverified.length).toBeGreaterThan(0);
    for (const { url } of facts.pages)
      expect(existsSync(join(site.dist, url ?? '', 'index.html'))).toBe(true);
    const links = [...fileOf('llms.txt').matchAll(/\]\((\/[^)]+\.md)\)/g)].map(([, file = '']) => file);
    expect(links.length).toBeGreaterThan(20);
    for (const file of links) expect(existsSync(join(site.dist, file)), file).toBe(true);
    expect(fileOf('resources/secret/cicd/chat-webhook.md')).toMatch(/^# Secret cicd\/chat-webhook\n/);
  });

  test('no two pages have one title, and none is large', () => {
    const files = readdirSync(site.dist, { recursive: true, encoding: 'utf8' });
    const pages = files.filter((file) => file.endsWith('.html'));
    const titles = Map.groupBy(pages, (file) => /<title>([^<]*)<\/title>/.exec(fileOf(file))?.[1] ?? file);
    const shared = [...titles].filter(([, own]) => own.length > 1);
    const sized = pages.map((file) => [file, Buffer.byteLength(fileOf(file))] as const);
    const largest = sized.sort(([, a], [, b]) => b - a).slice(0, 5);
    const all = files.map((file) => statSync(join(site.dist, file))).filter((stat) => stat.isFile());
    const total = all.reduce((sum, { size }) => sum + size, 0);
    console.log(
      `${pages.length} pages, ${shared.length} titles of several; the largest: ` +
        `${largest.map(([file, bytes]) => `${file} ${kilobytes(bytes)}`).join(', ')}; ` +
        `all files for each of ${read().things.length} resources: ${kilobytes(total / read().things.length)}`,
    );
    expect(shared).toEqual([]);
    // Also the page with the most diagrams, tables and claims.
    expect(largest[0]?.[1]).toBeLessThan(120_000);
    // Pages, lists and their Markdown; with the search, and links to it elsewhere, it is some 15 kB.
    const own = files
      .filter((file) => /^resources[/.].*\.\w+$/.test(file.replaceAll('\\', '/')))
      .reduce((sum, file) => sum + statSync(join(site.dist, file)).size, 0);
    const each = Math.round(own / read().things.length);
    console.log(`bytes of a resource: ${each}`);
    expect(each).toBeLessThan(13_500);
  });

  test('a page that is made for each resource is light', () => {
    const { things } = read();
    const pages = things.map(({ slug }) => fileOf(`${slug}/index.html`));
    const bytes = (texts: string[]) =>
      texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / texts.length;
    const lists = pages.map(
      (html) => /<ul class="?pl-brief"?>.*<ul class="?pl-brief"?>.*?<\/ul>/s.exec(html)?.[0] ?? '',
    );
    const markdown = things.map(({ slug }) => fileOf(`${slug}.md`));
    console.log(
      `a resource: ${kilobytes(bytes(pages))} of HTML, ${kilobytes(bytes(lists))} of it the sidebar, ${kilobytes(bytes(markdown))} of Markdown; the largest ${kilobytes(Math.max(...pages.map((html) => Buffer.byteLength(html))))}`,
    );
    expect(lists).not.toContain('');
    expect(bytes(lists)).toBeLessThan(600);
    expect(bytes(pages)).toBeLessThan(12_500);
    expect(bytes(markdown)).toBeLessThan(4_000);
    expect(Math.max(...pages.map((html) => Buffer.byteLength(html)))).toBeLessThan(30_000);
  });
});

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

/** What is asked, and the page that answers it. */
const questions: Record<string, string> = {
  'why may obs-loki be out of sync': 'resources/application/argocd/obs-loki',
  'what deploys the namespace cicd': 'resources/namespace/cicd',
  'who owns the namespace cicd': 'resources/namespace/cicd',
  'who reads the Secret backstage': 'resources/secret/backstage/backstage',
  'what happens on an SLO burn': 'resources/sensor/events/slo-burn',
  'which policy blocked my Pod: "A container needs limits for CPU and memory."':
    'resources/clusterpolicy/require-limits',
  'what must exist before Deployment/backstage': 'resources/deployment/backstage/backstage',
  'which wave has HTTPRoute/grafana': 'resources/httproute/observability/grafana',
};

describe('a task', { timeout: 60_000 }, () => {
  afterEach(() => visits?.leave());
  const tasks: [string, () => Promise<void>][] = [];
  const task = (name: string, done: () => Promise<void>) => tasks.push([name, done]);

  task('what deploys the namespace cicd', async () => {
    const page = await open('/');
    expect(await searchAndOpen(page, 'namespace cicd')).toBeLessThanOrEqual(20);
    expect(await isOnFirstScreen(page, 'main a', 'cicd-governance')).toBe(true);
  });

  task('why may obs-loki be out of sync', async () => {
    const page = await open('/');
    expect(await searchAndOpen(page, 'obs-loki')).toBeLessThanOrEqual(20);
    for (const words of [
      'not rendered here: helm chart loki 18.11.0',
      'ClusterPolicy/add-default-labels may change what is not rendered',
      'ignored: .webhooks[]?.clientConfig.caBundle',
      'argocd app diff obs-loki',
    ])
      expect(await isOnFirstScreen(page, 'main :is(dd li, dd, .pl-look code)', words), words).toBe(true);
  });

  task('what happens on an SLO burn', async () => {
    const page = await open('/');
    expect(await searchAndOpen(page, 'slo-burn')).toBeLessThanOrEqual(20);
    for (const words of ['severity is critical', 'at most once an hour', 'POST https://chat.example.com'])
      expect(await isOnFirstScreen(page, 'main dd', words), words).toBe(true);
    // Each step with its line.
    const steps = page.locator('main section').first().locator('ol > li');
    expect(await steps.count()).toBeGreaterThan(6);
    expect(await steps.getByText(/\.yaml:\d+$/).count()).toBe(await steps.count());
  });

  task('which policy blocked my Pod, by the message', async () => {
    const message = 'A container needs limits for CPU and memory.';
    const page = await open('/');
    await page.keyboard.press('/');
    await page.locator('dialog .pl-search-input').waitFor();
    // Pasted.
    await page.keyboard.insertText(message);
    await page.locator('dialog [role="option"]').first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/require-limits/);
    expect(await isOnFirstScreen(page, 'main dd', message)).toBe(true);
  });

  task('which wave has HTTPRoute/grafana', async () => {
    const page = await open('/');
    expect(await searchAndOpen(page, 'httproute grafana')).toBeLessThanOrEqual(20);
    expect(await isOnFirstScreen(page, 'main dd', 'wave 10')).toBe(true);
    expect(
      await page
        .locator('figure > ol > li')
        .filter({ has: page.locator('[aria-current]') })
        .locator('> span')
        .textContent(),
    ).toContain('wave 10');
  });

  task('who owns the namespace cicd', async () => {
    const page = await open('/');
    expect(await searchAndOpen(page, 'namespace cicd')).toBeLessThanOrEqual(20);
    expect(await isOnFirstScreen(page, 'main dd', 'delivery-team')).toBe(true);
  });

  task('who reads the Secret backstage', async () => {
    const page = await open('/');
    expect(await searchAndOpen(page, 'secret backstage')).toBeLessThanOrEqual(20);
    expect(await isOnFirstScreen(page, 'main dd', 'Deployment/backstage')).toBe(true);
  });

  task('what must exist before Deployment/backstage', async () => {
    const page = await open('/');
    // What is typed is the whole of the name; what comes first names the kind.
    expect(await searchAndOpen(page, 'deploy backstage')).toBeLessThanOrEqual(20);
    for (const needed of ['Namespace/backstage', 'SecretStore/backstage/vault'])
      expect(await isOnFirstScreen(page, 'main dd', needed), needed).toBe(true);
  });

  task('commands and sources are copied by a key, which is said aloud', async () => {
    const page = await open('/resources/deployment/backstage/backstage/');
    await page.evaluate(() => {
      navigator.clipboard.writeText = async (text) => {
        document.body.dataset.copied = text;
      };
    });
    const copied = () => page.evaluate(() => document.body.dataset.copied ?? '');
    const command = await page.locator('.pl-look code').first().textContent();
    await page.getByRole('button', { name: `Copy: ${command}` }).press('Enter');
    expect(await copied()).toBe(command);
    await page.locator('[aria-live]', { hasText: `Copied: ${command}` }).waitFor({ state: 'attached' });
    // What made a line so is no part of what is copied.
    await page.locator('.pl-source:has(.pl-cause) .pl-copies').click();
    expect(await copied()).toMatch(/^metadata:\n {2}labels:\n/);
    const cause = (await page.locator('.pl-cause').first().textContent()) ?? '';
    expect(await copied()).not.toContain(cause);
  });

  task('a table is copied where a site has no TLS, too, which is said aloud', async () => {
    const page = await open('/resources/namespaces/events/');
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      document.addEventListener('copy', () => {
        document.body.dataset.copied = String((document.activeElement as HTMLTextAreaElement).value);
      });
    });
    const button = page.getByRole('button', { name: 'Copy the rows shown as CSV' }).first();
    await button.press('Enter');
    await page.locator('[aria-live]', { hasText: 'Copied: CSV' }).waitFor({ state: 'attached' });
    expect(await page.evaluate(() => document.body.dataset.copied)).toMatch(/^\w+.*\r?\n/);
    expect(await button.evaluate((one) => one === document.activeElement)).toBe(true);
  });

  task('the way from a thing to the pages that speak of it, and back', async () => {
    const page = await open('/resources/deployment/backstage/backstage/');
    await page.getByRole('link', { name: 'Backstage', exact: true }).last().click();
    await page.waitForURL(/\/stacks\/backstage\//);
    expect(
      await page.locator('main a[href$="/resources/deployment/backstage/backstage/"]').count(),
    ).toBeGreaterThan(0);
  });

  // A third of them each day.
  test.each(shareOfDay(tasks, 3, 3).chosen)('%s', (_name, done) => done());
});
