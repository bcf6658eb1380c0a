import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ViteDevServer } from 'vite';
import { expect, onTestFinished, test } from 'vitest';
import { watchOpenPages } from '../../plugins/starlight/run/open-pages.ts';

const never = new AbortController().signal;

test('of the pages that are open those are reloaded that are shown otherwise, once, and no others', async () => {
  const { pages, site, visit } = await served({ '/one/': 'one', '/two/': 'two' });
  const [one, two] = [await visit('/one/'), await visit('/two/')];
  site.set('/one/', 'another');
  pages.changed([]);
  await looked(pages);
  expect([one.reloads(), two.reloads()]).toEqual([1, 0]);
  await one.ask();
  await looked(pages);
  pages.changed([]);
  await looked(pages);
  expect([one.reloads(), two.reloads()]).toEqual([1, 0]);
});

test('the page of an entry that is known to be another is reloaded before the others are looked at', async () => {
  const { pages, site, visit } = await served({ '/one/': 'one', '/two/': 'two' });
  const [one, two] = [await visit('/one/'), await visit('/two/')];
  for (const address of ['/one/', '/two/']) site.set(address, 'another');
  pages.changed(['one']);
  expect([one.reloads(), two.reloads()]).toEqual([1, 0]);
  await one.ask();
  await looked(pages);
  expect([one.reloads(), two.reloads()]).toEqual([1, 1]);
});

test('a page that was on its way when something changed is looked at when it says that it is open', async () => {
  const { pages, site, visit } = await served({ '/one/': 'one', '/two/': 'two' });
  const [one, two] = [await visit('/one/', false), await visit('/two/', false)];
  site.set('/one/', 'another');
  pages.changed([]);
  await looked(pages);
  expect([one.reloads(), two.reloads()]).toEqual([0, 0]);
  for (const tab of [one, two]) tab.tell();
  await looked(pages);
  expect([one.reloads(), two.reloads()]).toEqual([1, 0]);
});

test('what never says which page it shows is reloaded with each change', async () => {
  const { pages, visit } = await served({ '/one/': 'one' });
  const one = await visit('/one/', false);
  pages.changed([]);
  await expect.poll(one.reloads, { timeout: 10_000 }).toBe(1);
});

test('a page that was on its way is looked at though another asked for it after the change', async () => {
  const { pages, site, visit } = await served({ '/one/': 'one' });
  const early = await visit('/one/', false);
  site.set('/one/', 'another');
  pages.changed([]);
  const late = await visit('/one/', false);
  early.tell();
  await looked(pages);
  expect([early.reloads(), late.reloads()]).toEqual([1, 0]);
});

test('a page that was on its way when another at its address was told to ask again is told, too', async () => {
  const { pages, site, visit } = await served({ '/one/': 'one' });
  const early = await visit('/one/');
  const late = await visit('/one/', false);
  site.set('/one/', 'another');
  pages.changed(['one']);
  early.close();
  late.tell();
  await looked(pages);
  expect(late.reloads()).toBe(1);
});

test('two who have one page open may show each what it was at another time', async () => {
  const { pages, site, visit } = await served({ '/one/': 'one' });
  const early = await visit('/one/');
  site.set('/one/', 'another');
  const late = await visit('/one/');
  pages.changed([]);
  await looked(pages);
  expect([early.reloads(), late.reloads()]).toEqual([1, 1]);
});

test('what another change overtakes is looked at after that, and what is closed is not', async () => {
  const { pages, site, asked, visit } = await served({ '/one/': 'one', '/two/': 'two' });
  const [one, two] = [await visit('/one/'), await visit('/two/')];
  two.close();
  expect(pages.addresses()).toContain('/one/');
  site.set('/one/', 'another');
  pages.changed([]);
  pages.look(AbortSignal.abort());
  await looked(pages);
  expect(one.reloads()).toBe(1);
  expect(asked('/two/')).toBe(1);
});

test('a page that the server cannot be asked for is reloaded', async () => {
  const { pages, visit, leave } = await served({ '/one/': 'one' });
  const one = await visit('/one/');
  leave();
  pages.changed([]);
  await looked(pages);
  expect(one.reloads()).toBe(1);
});

async function looked(pages: ReturnType<typeof watchOpenPages>): Promise<void> {
  await pages.look(never);
}

/** A server of some pages, and what visits them as a browser does. */
async function served(texts: Record<string, string>) {
  const site = new Map(Object.entries(texts));
  const answered: string[] = [];
  const stack: { handle(request: IncomingMessage, response: ServerResponse, next: () => void): void }[] = [];
  const clients = new Set<{ send(): void }>();
  const heard = new Map<string, (data: unknown, client: unknown) => void>();
  const http = createServer((request, response) => {
    const { url = '' } = request;
    stack[0]?.handle(request, response, () => {
      answered.push(url);
      response.write('<p>');
      response.end(site.get(url));
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  onTestFinished(() => {
    http.close();
  });
  const { port } = http.address() as AddressInfo;
  const server = {
    middlewares: { stack },
    resolvedUrls: { local: [`http://127.0.0.1:${port}/`], network: [] } as { local: string[] } | null,
    ws: { clients, on: (event: string, hear: () => void) => heard.set(event, hear) },
  };
  const pages = watchOpenPages(server as unknown as ViteDevServer, (address, id) => address === `/${id}/`);
  const ask = async (path: string) => {
    const asking = request({ port, path, host: '127.0.0.1', headers: { accept: 'text/html' }, agent: false });
    asking.end();
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    await once(response.resume(), 'close');
  };
  return {
    ...{ pages, site },
    asked: (path: string) => answered.filter((url) => url === path).length,
    leave: () => {
      server.resolvedUrls = null;
    },
    async visit(address: string, isTold = true) {
      let reloads = 0;
      const client = {
        send: () => {
          reloads += 1;
        },
      };
      await ask(address);
      clients.add(client);
      const tell = () => heard.get('plumbline:open')?.({ address }, client);
      if (isTold) tell();
      return {
        tell,
        ask: () => ask(address),
        close: () => heard.get('vite:client:disconnect')?.(undefined, client),
        reloads: () => reloads,
      };
    },
  };
}
