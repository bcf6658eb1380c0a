import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { outcomeKey } from '../../plugins/starlight/run/outcome-cache.ts';
import { tree } from '../source/tree.ts';
import { siteOptions } from './site-options.ts';

afterEach(() => vi.unstubAllEnvs());

test('a file that is written with as many bytes, and given the time that it had, is another', async () => {
  const { root, manifest, keyAfter } = repository();
  const first = await keyAfter(0);
  expect(await keyAfter(0)).toBe(first);
  const before = new Date(Date.now() - 60_000);
  utimesSync(manifest, before, before);
  // Long after the last change what is in a file is known by that.
  expect(await keyAfter(10_000)).toBe(first);
  expect(readdirSync(join(root, 'cache'))).toContain('content');
  expect(await keyAfter(10_000)).toBe(first);
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('2', '3'));
  utimesSync(manifest, before, before);
  const second = await keyAfter(10_000);
  expect(second).not.toBe(first);
  expect(await keyAfter(20_000)).toBe(second);
});

test('what a file holds that was just written is read each time', async () => {
  const { root, keyAfter } = repository();
  await keyAfter(0);
  expect(readdirSync(root)).not.toContain('cache');
});

/** With the key of what a check would look at, so many milliseconds from now. */
function repository() {
  const root = tree({ 'repo/K8s/a.yaml': 'replicas: 2\n', 'repo/docs/index.md': '# Home\n' });
  vi.stubEnv('PLUMBLINE_CACHE', join(root, 'cache'));
  const options = siteOptions(join(root, 'repo'));
  return {
    root,
    manifest: join(root, 'repo/K8s/a.yaml'),
    keyAfter: (later: number) =>
      outcomeKey({ ...options, docs: join(root, 'repo/docs') }, Date.now() + later),
  };
}
