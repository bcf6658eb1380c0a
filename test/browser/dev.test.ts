import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { beforeAll, expect } from 'vitest';
import { isTurn } from '../fuzz.ts';
import { cleanEnvironment } from '../starlight/environment.ts';
import { astroBin, copySite } from '../starlight/site.ts';
import { fileInTurns } from '../turns.ts';
import { launch } from './chromium.ts';

const { describe, test } = fileInTurns(2, 3);

const store = copySite('site-store');
/** Files that no page is made of: in the repository, where links of it lead, and beyond it. */
const hidden = 'Hidden7Value';
const beyond = realpathSync(mkdtempSync(join(tmpdir(), 'beyond-')));
writeFileSync(join(beyond, 'page.md'), `# ${hidden}\n`);
store.write(
  'K8s/store/secret.yaml',
  `kind: Secret\napiVersion: v1\nmetadata: {name: a}\nstringData: {a: ${hidden}}\n`,
);
store.write('.env', `A=${hidden}\n`);
symlinkSync('../K8s/store/secret.yaml', join(store.root, 'docs/inside.txt'));
symlinkSync(join(beyond, 'page.md'), join(store.root, 'docs/outside.txt'));
store.edit('astro.config.mjs', 'devToolbar: { enabled: false },', '');
// Starlight asks Git for the date each time that a page is asked for.
store.edit('astro.config.mjs', 'lastUpdated: true,', '');
let log = '';
let browser: Browser | undefined;
/** Where the file has no turn it is not started: nothing would end it. */
beforeAll(() => {
  const server = spawn(process.execPath, [astroBin, 'dev', '--port', '0', '--host', '127.0.0.1'], {
    cwd: store.root,
    env: cleanEnvironment('development'),
  });
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
  return async () => {
    await browser?.close();
    const gone = new Promise((done) => server.on('close', done));
    server.kill();
    await gone;
    store.remove();
    rmSync(beyond, { recursive: true });
  };
});

/** Each day a manifest is followed and a fault comes and goes; what else is followed takes turns. */
const [inBrowser, links, files] = [isTurn(0, 3, 3), isTurn(1, 3, 3), isTurn(2, 3, 3)];

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
    expect(faulty).toMatch(/<div class="pl-fault-frame"[^>]*><code[^>]*>\d+ │ .*-wave: "8"\n +│ +\^/);
    const [, edit = ''] =
      faulty.match(/class="pl-edit" href="\/store(\/__open-in-editor\?file=[^"]+)"/) ?? [];
    expect(decodeURIComponent(edit)).toContain(`${store.root}/docs/guide/waves.md:5:1`);
    await until(async () => log.includes('docs/guide/waves.md:5:1'));
    store.edit(namespace, '"8"', '"-8"');
    await until(async () => !(await page('guide/waves')).includes('<aside class="pl-fault'));
  });

  test.runIf(links)(
    'a renamed heading is a fault of the page that links to it, until one of the two is mended',
    async () => {
      store.edit('docs/guide/waves.md', '## Order', '## Sequence');
      await until(async () => (await page('')).includes('link-broken'));
      await until(async () => log.includes('has no heading `#order`'));
      store.edit('docs/guide/waves.md', '## Sequence', '## Order');
      await until(async () => !(await page('')).includes('link-broken'));
    },
  );

  test.runIf(files)('a new manifest gets its page', async () => {
    store.write('K8s/store/web/config.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: late\n');
    await until(async () =>
      (await page('resources/configmap/store/late'))
        .replaceAll('<wbr>', '')
        .includes('K8s/store/web/config.yaml'),
    );
  });

  test.runIf(files)(
    'a drawing, an excerpt and the configuration follow their files, wherever they lie',
    async () => {
      store.write('docs/guide/box.d2', 'box: Before\n');
      store.write('Makefile', 'all: before\n');
      store.write(
        'docs/guide/parts.md',
        '---\ntitle: Parts\n---\n\n```d2 title="Box"\nthe: @box\n```\n\n```make source="Makefile"\n```\n',
      );
      await until(async () => /Before[\s\S]*all: before/.test(await page('guide/parts')));
      store.write('docs/guide/box.d2', 'box: After\n');
      await until(async () => (await page('guide/parts')).includes('After'));
      store.write('Makefile', 'all: after\n');
      await until(async () => (await page('guide/parts')).includes('all: after'));

      store.write('plumbline.yaml', `${store.read('plumbline.yaml')}layer: {}\n`);
      await until(async () => /`layer`/.test(log));
      store.edit('plumbline.yaml', 'layer: {}\n', '');
      await until(async () => /read again: |mended[^\n]*layer/.test(log));
    },
  );

  test.runIf(links)(
    'a page that is gone is a fault of the page that links to it, until it is there again',
    async () => {
      const waves = store.read('docs/guide/waves.md');
      rmSync(join(store.root, 'docs/guide/waves.md'));
      await until(async () => (await page('')).includes('link-broken'));
      store.write('docs/guide/waves.md', waves);
      await until(async () => !(await page('')).includes('link-broken'));
      await until(async () => (await page('guide/waves')).match(/>-8</));
    },
  );

  test('gives no manifest, nothing beyond the repository and no secret file, however it is asked for', async () => {
    const files = ['K8s/store/secret.yaml', 'docs/inside.txt', 'docs/outside.txt', '.env'];
    const paths = [...files.map((file) => join(store.root, file)), join(beyond, 'page.md')];
    const asked = [
      ...files.map((file) => `/${file}`),
      ...paths.flatMap((path) => [`/@fs${path}`, `/@fs/${path}`, `/@id${path}`]),
    ].flatMap((path) => ['', '?raw', '?import&raw'].map((query) => path + query));
    const pictures = paths.map((path) => `/_image?href=${encodeURIComponent(`/@fs${path}`)}`);
    const said = await Promise.all([...asked, ...pictures].map((path) => raw(`/store${path}`)));
    expect(said.filter((body) => body.includes(hidden))).toEqual([]);
    // What a page imports is given as before.
    expect(await raw('/store/src/content.config.ts?raw')).toContain('plumblineLoader');
  });

  test('a page that is linked in from beyond is told and not published', async () => {
    symlinkSync(join(beyond, 'page.md'), join(store.root, 'docs/guide/late.md'));
    await until(async () => log.includes('guide/late.md` leads out of the repository'));
    expect(await page('guide/late')).not.toContain(hidden);
    expect(await page('guide/waves')).toMatch(/>-8</);
    rmSync(join(store.root, 'docs/guide/late.md'));
  });

  test.runIf(inBrowser)('an edited manifest shows in the page that is open', async () => {
    browser = await launch();
    const open = await browser.newPage();
    // The first visit makes Vite bundle for the browser, which reloads by itself.
    await open.goto(`${address}/guide/live/`);
    await open.waitForLoadState('networkidle');
    const fact = open.locator('.pl-fact').last();
    expect(await fact.textContent()).toBe('-8');
    store.edit(namespace, '"-8"', '"-9"');
    await expect.poll(() => fact.textContent().catch(() => ''), { timeout: 30_000 }).toBe('-9');

    // All pages are followed after the one that is open, and that reload may come while the browser leaves.
    const leave = () => open.goto(`${address}/guide/waves/`).catch(() => null);
    await expect.poll(leave, { timeout: 30_000 }).not.toBeNull();
    store.edit('docs/guide/waves.md', '[]', '[-5]');
    await open.locator('aside.pl-fault').waitFor();
    await open.locator('astro-dev-toolbar button[data-app-id="plumbline"]').click();
    const panel = open.locator('astro-dev-toolbar-window').filter({ hasText: 'Plumbline' });
    await panel.getByText('✗ fact').waitFor();
    expect(await panel.textContent()).toMatch(/Plumbline: \d of \d verified/);
    store.edit('docs/guide/waves.md', '[-5]', '[-9]');
    await open.locator('aside.pl-fault').waitFor({ state: 'detached' });

    store.write('plumbline.yaml', `${store.read('plumbline.yaml')}layer: {}\n`);
    const overlay = open.locator('vite-error-overlay');
    await overlay.getByText('did you mean').waitFor();
    expect(await overlay.locator('#code h2').getAttribute('title')).toMatch(/plumbline\.yaml:\d+:1$/);
    store.edit('plumbline.yaml', 'layer: {}\n', '');
    await overlay.waitFor({ state: 'detached' });
  });

  test.runIf(inBrowser)('of the pages that are open an edit reloads those that show it, once', async () => {
    browser ??= await launch();
    const broken: string[] = [];
    const open = await Promise.all(
      ['guide/waves', 'resources/service/store/web', 'resources'].map(async (path) => {
        const tab = await (browser as Browser).newPage();
        tab.on('pageerror', ({ message }) => broken.push(`${path}: ${message}`));
        await tab.goto(`${address}/${path}/`);
        await tab.waitForLoadState('networkidle');
        let loads = 0;
        tab.on('framenavigated', () => (loads += 1));
        return { tab, loads: () => loads };
      }),
    );
    const [waves, service, list] = open;
    const shown = async () =>
      (await service?.tab
        .locator('main')
        .textContent()
        .catch(() => '')) ?? '';
    for (const port of [8080, 8081]) {
      store.write(
        'K8s/store/web/service.yaml',
        store.read('K8s/store/web/service.yaml').replace(/port: .*/, `port: ${port}`),
      );
      await expect.poll(shown, { timeout: 30_000 }).toContain(`${port}`);
    }
    // Whatever would come a second time has come when what is edited after it is shown.
    store.edit('docs/guide/waves.md', '## Order', '## Order\n\nLater.');
    await expect
      .poll(
        async () =>
          waves?.tab
            .locator('main')
            .textContent()
            .catch(() => ''),
        { timeout: 30_000 },
      )
      .toContain('Later.');
    expect([waves, service, list].map((one) => one?.loads())).toEqual([1, 2, 0]);
    // A script that breaks takes those after it with it.
    expect(broken).toEqual([]);
  });

  /** A path as it is written: `fetch` would tidy it up. */
  function raw(path: string): Promise<string> {
    const { hostname, port } = new URL(address);
    return new Promise((done, fail) => {
      const asking = request({ hostname, port, path, headers: { accept: '*/*' } }, (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () => done(body));
      });
      asking.on('error', fail).end();
    });
  }

  async function page(path: string): Promise<string> {
    return (await fetch(`${address}/${path}/`)).text();
  }
});

/** Polls until there is an answer; fails with the server's log. */
async function until<T>(ask: () => Promise<T | undefined | null | false>, limit = 60_000): Promise<T> {
  const end = Date.now() + limit;
  while (Date.now() < end) {
    const answer = await ask().catch(() => undefined);
    if (answer) return answer;
    // Each time the server renders the page.
    await new Promise((done) => setTimeout(done, 400));
  }
  throw new Error(`nothing came; the server said:\n${log}`);
}
