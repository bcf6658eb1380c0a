import { spawn } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { cleanEnvironment } from '../starlight/environment.ts';
import { astroBin, copySite } from '../starlight/site.ts';
import { launch } from './chromium.ts';

const store = copySite('site-store');
const server = spawn(process.execPath, [astroBin, 'dev', '--port', '0', '--host', '127.0.0.1'], {
  cwd: store.root,
  env: cleanEnvironment('development'),
});
let log = '';
server.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
server.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
const browser = await launch();
afterAll(async () => {
  await browser.close();
  const gone = new Promise((done) => server.on('close', done));
  server.kill();
  await gone;
  store.remove();
});

test('an edited manifest shows in the page that is open', { timeout: 120_000 }, async () => {
  const address = await addressOf();
  const page = await browser.newPage();
  // The first visit makes Vite bundle for the browser, which reloads by itself.
  await page.goto(`${address}/guide/live/`);
  await page.waitForLoadState('networkidle');
  const fact = page.locator('.pl-fact').last();
  expect(await fact.textContent()).toBe('-5');

  store.edit('K8s/store/governance/namespace.yaml', '"-5"', '"-9"');
  await expect.poll(() => fact.textContent().catch(() => ''), { timeout: 30_000 }).toBe('-9');

  await page.goto(`${address}/guide/waves/`);
  await page.locator('aside.pl-fault').waitFor();
  store.edit('docs/guide/waves.md', '[-5]', '[-9]');
  await page.locator('aside.pl-fault').waitFor({ state: 'detached' });
});

async function addressOf(): Promise<string> {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    const address = log.match(/http:\/\/127\.0\.0\.1:\d+\/store/)?.[0];
    if (address) return address;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`the server did not start:\n${log}`);
}
