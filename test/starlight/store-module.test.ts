import { expect, test } from 'vitest';
import { storeModule } from '../../plugins/starlight/site/store-module.ts';

test('pages that run in this process are given the content store instead of its text, and no others', async () => {
  const { transform } = storeModule();
  if (typeof transform !== 'object') throw new Error('it has no filter');
  const { filter, handler } = transform;
  const asked = (code: string, environment: object): unknown =>
    (handler as (this: unknown, code: string) => unknown).call({ environment }, code);
  const store = [['Map', 1], 'docs "a"\n'];
  const code = `export default JSON.parse(${JSON.stringify(JSON.stringify(store))})`;
  const given = asked(code, { runner: {} }) as { code: string };
  expect(given.code.length).toBeLessThan(100);
  const url = `data:text/javascript,${encodeURIComponent(given.code)}`;
  expect((await import(/* @vite-ignore */ url)).default).toEqual(store);
  expect(asked(code, {})).toBe(undefined);
  expect(asked('export default new Map()', { runner: {} })).toBe(undefined);
  expect(filter).toEqual({ id: /^\0astro:data-layer-content$/ });
});
