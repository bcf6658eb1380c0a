import type { ViteDevServer } from 'vite';
import { expect, test } from 'vitest';
import { settleStore } from '../../plugins/starlight/run/settle-store.ts';

test('the store is read anew once all are served who were asking while it was written', async () => {
  const { ask, write, read } = served();
  const [page, list] = [ask('/guide/'), ask('/facts.json?x')];
  write();
  const late = ask('/late/');
  page.end();
  await settled();
  expect(read()).toBe(0);
  list.end();
  await settled();
  expect(read()).toBe(1);
  late.end();
  await settled();
  expect(read()).toBe(1);
});

test('it is not where nobody asked for a page, and once where it was written twice', async () => {
  const { ask, write, read, written, sent } = served();
  const others = ['/@vite/client', '/node_modules/a.js', '/src/b.css', '/c.svg?raw'].map(ask);
  write();
  for (const one of others) one.end();
  await settled();
  expect(read()).toBe(0);
  const page = ask('/');
  write();
  write();
  page.end();
  await settled();
  expect(read()).toBe(1);
  expect(written()).toBe(3);
  expect(sent).toEqual([]);
});

test('modules that are made anew without it are waited for as well', async () => {
  const { ask, settle, read } = served();
  expect(settle()).toBe(false);
  const page = ask('/');
  expect(settle()).toBe(true);
  expect(read()).toBe(0);
  page.end();
  await settled();
  expect(read()).toBe(1);
});

test('browsers are told of all but that: of what Vite reloads for, and where an error lies over the pages', async () => {
  const { write, written, tell, sent } = served();
  const [all, error] = [{ type: 'full-reload', path: '*' }, { type: 'error' }];
  tell.send(all);
  expect(sent.splice(0)).toEqual([all]);
  expect(written()).toBe(0);
  tell.send(error);
  write();
  write();
  expect(sent).toEqual([error, all]);
  expect(written()).toBe(2);
});

test('it tells whether somebody waits for a page', async () => {
  const { ask, isAsked } = served();
  expect(isAsked()).toBe(false);
  ask('/@vite/client');
  expect(isAsked()).toBe(false);
  const [page, list] = [ask('/guide/'), ask('/facts.json')];
  page.end();
  await settled();
  expect(isAsked()).toBe(true);
  list.end();
  await settled();
  expect(isAsked()).toBe(false);
});

function served() {
  const stack: { handle(request: object, response: object, next: () => void): void }[] = [];
  const sent: unknown[] = [];
  const hot = { send: (message: unknown) => sent.push(message) };
  let read = 0;
  const pages = { send() {} };
  const server = { middlewares: { stack }, environments: { client: { hot }, ssr: { hot: pages } } };
  let written = 0;
  const store = settleStore(server as unknown as ViteDevServer, {
    readAnew: () => {
      read += 1;
    },
    written: () => {
      written += 1;
    },
  });
  return {
    ask(url: string) {
      const response = { end: () => response };
      stack[0]?.handle({ url }, response, () => {});
      return response;
    },
    write: () => {
      (pages.send as (event: string) => void)('astro:content-changed');
      hot.send({ type: 'full-reload', path: '*' });
    },
    tell: hot,
    read: () => read,
    written: () => written,
    isAsked: store.isAsked,
    settle: store.settle,
    sent,
  };
}

const settled = () => new Promise((done) => setImmediate(done));
