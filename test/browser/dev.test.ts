import { spawn } from 'node:child_process';
import type { Browser } from 'playwright';
import { afterAll, describe, expect, test } from 'vitest';
import { cleanEnvironment } from '../starlight/environment.ts';
import { astroBin, copySite } from '../starlight/site.ts';
import { launch } from './chromium.ts';

const store = copySite('site-store');
const server = spawn(process.execPath, [astroBin, 'dev', '--port', '0', '--host', '127.0.0.1'], {
  cwd: store.root,
  env: cleanEnvironment('development'),
});
let log = '';
for (const stream of [server.stdout, server.stderr])
  stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
let browser: Browser | undefined;
afterAll(async () => {
  await browser?.close();
  const gone = new Promise((done) => server.on('close', done));
  server.kill();
  await gone;
  store.remove();
});

describe('astro dev', { timeout: 120_000 }, () => {
  const namespace = 'K8s/store/governance/namespace.yaml';
  let address = '';

  test('serves pages that follow the manifests, .md, .mdx and made ones', async () => {
    // The start takes a minute where all cores are taken.
    address = await until(async () => log.match(/http:\/\/127\.0\.0\.1:\d+\/store/)?.[0], 90_000);
    store.write('docs/guide/waves.md', store.read('docs/guide/waves.md').replace('[-5]', '[]'));
    await until(async () => (await page('guide/waves')).match(/>-5</));
    store.edit(namespace, '"-5"', '"-8"');
    await until(async () => (await page('guide/waves')).match(/>-8</));
    expect(await page('guide/live')).toMatch(/>-8</);
    expect(await page('resources/namespace/store')).toContain('wave -8');
  });

  test('shows a fault in the page and in the log, and goes on', async () => {
    store.edit(namespace, '"-8"', '"8"');
    const faulty = await until(
      async () => (await page('guide/waves')).match(/<aside class="pl-fault[\s\S]*?<\/aside>/)?.[0],
    );
    expect(faulty).toContain('claim-false');
    expect(log).toContain('docs/guide/waves.md:5:1');
    store.edit(namespace, '"8"', '"-8"');
    await until(async () => !(await page('guide/waves')).includes('<aside class="pl-fault'));
  });

  test('a renamed heading is a fault of the page that links to it, until one of the two is mended', async () => {
    store.edit('docs/guide/waves.md', '## Order', '## Sequence');
    await until(async () => (await page('')).includes('link-broken'));
    expect(log).toContain('has no heading `#order`');
    store.edit('docs/guide/waves.md', '## Sequence', '## Order');
    await until(async () => !(await page('')).includes('link-broken'));
  });

  test('a new manifest gets its page', async () => {
    store.write('K8s/store/web/config.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: late\n');
    await until(async () =>
      (await page('resources/configmap/store/late')).includes('K8s/store/web/config.yaml'),
    );
  });

  test('an edited manifest shows in the page that is open', async () => {
    browser = await launch();
    const open = await browser.newPage();
    // The first visit makes Vite bundle for the browser, which reloads by itself.
    await open.goto(`${address}/guide/live/`);
    await open.waitForLoadState('networkidle');
    const fact = open.locator('.pl-fact').last();
    expect(await fact.textContent()).toBe('-8');
    store.edit(namespace, '"-8"', '"-9"');
    await expect.poll(() => fact.textContent().catch(() => ''), { timeout: 30_000 }).toBe('-9');

    await open.goto(`${address}/guide/waves/`);
    store.edit('docs/guide/waves.md', '[]', '[-5]');
    await open.locator('aside.pl-fault').waitFor();
    store.edit('docs/guide/waves.md', '[-5]', '[-9]');
    await open.locator('aside.pl-fault').waitFor({ state: 'detached' });
  });

  async function page(path: string): Promise<string> {
    return (await fetch(`${address}/${path}/`)).text();
  }
});

/** Polls until there is an answer; fails with the server's log. */
async function until<T>(ask: () => Promise<T | undefined | null | false>, limit = 30_000): Promise<T> {
  const end = Date.now() + limit;
  while (Date.now() < end) {
    const answer = await ask().catch(() => undefined);
    if (answer) return answer;
    // Each time the server renders the page.
    await new Promise((done) => setTimeout(done, 250));
  }
  throw new Error(`nothing came; the server said:\n${log}`);
}
