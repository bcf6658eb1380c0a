import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { storeModule } from '../../plugins/starlight/site/store-module.ts';

const store = [['Map', 1], 'docs "a"\n'];

test('pages that run in this process are given the content store instead of its text, and no others', async () => {
  const { transform } = storeModule(null);
  const asked = (code: string, environment: object): unknown => call(transform, environment, code);
  const code = `export default JSON.parse(${JSON.stringify(JSON.stringify(store))})`;
  const given = asked(code, { runner: {} }) as { code: string };
  expect(await said(given)).toEqual(store);
  expect(asked(code, {})).toBe(undefined);
  expect(asked('export default new Map()', { runner: {} })).toBe(undefined);
});

test('so are those of a build, in which Vite never sees the text', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-store-'));
  const file = pathToFileURL(join(folder, 'data-store.json'));
  const { load } = storeModule(file);
  expect(call(load, { name: 'prerender' })).toBe(undefined);
  writeFileSync(file, JSON.stringify(store));
  const given = call(load, { name: 'prerender' }) as { code: string };
  expect(await said(given)).toEqual(store);
  writeFileSync(file, '[]');
  expect(call(load, { name: 'prerender' })).not.toEqual(given);
  expect(call(load, { name: 'ssr' })).toBe(undefined);
  expect(call(storeModule(null).load, { name: 'prerender' })).toBe(undefined);
  rmSync(folder, { recursive: true });
});

function call(hook: unknown, environment: object, ...given: string[]): unknown {
  const { filter, handler } = hook as {
    filter: unknown;
    handler: (this: unknown, ...all: string[]) => unknown;
  };
  expect(filter).toEqual({ id: /^\0astro:data-layer-content$/ });
  return handler.call({ environment }, ...given);
}

async function said({ code }: { code: string }): Promise<unknown> {
  expect(code.length).toBeLessThan(200);
  const url = `data:text/javascript,${encodeURIComponent(code)}`;
  return (await import(/* @vite-ignore */ `${url}#${Math.random()}`)).default;
}
