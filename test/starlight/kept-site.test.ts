import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { type Cache, openCache } from '../../plugins/source/cache/cache.ts';
import { changeOnce } from '../../plugins/starlight/slim/kept-site.ts';
import { tree } from '../source/tree.ts';

const site = { 'index.html': 'one', 'a/index.html': 'two', '_astro/old.css': 'style', 'facts.json': '{}' };

test('a built site is changed once, and again only where it or what the change rests on is otherwise', async () => {
  const cache = openCache(null);
  let changed = 0;
  const built = async (files: Record<string, string>, made = 'code') => {
    const root = tree(files);
    const change = async () => {
      changed += 1;
      writeFileSync(join(root, 'a/index.html'), `${readFileSync(join(root, 'a/index.html'), 'utf8')}, short`);
      for (const name of ['css', 'svg']) writeFileSync(join(root, `_astro/new.${name}`), name);
      rmSync(join(root, '_astro/old.css'));
      return () => writeFileSync(join(root, '_astro/new.svg'), 'svg, at last');
    };
    await changeOnce(cache, pathToFileURL(`${root}/`), made, change, (written) =>
      written.map(([path, text]) => [path, path.endsWith('.svg') ? `${text}, at last` : text]),
    );
    const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\./.test(name));
    return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(root, name), 'utf8')]));
  };
  const first = await built(site);
  expect(first).toEqual({
    '_astro/new.css': 'css',
    '_astro/new.svg': 'svg, at last',
    'a/index.html': 'two, short',
    'facts.json': '{}',
    'index.html': 'one',
  });
  expect([await built(site), changed]).toEqual([first, 1]);
  // What is in other files changes no page; that they are there may.
  expect([await built({ ...site, 'facts.json': '[]' }), changed]).toEqual([
    { ...first, 'facts.json': '[]' },
    1,
  ]);
  const others = [{ 'b.json': '' }, { 'index.html': 'other' }, { '_astro/old.css': 'other' }];
  for (const [index, other] of others.entries()) {
    await built({ ...site, ...other });
    expect(changed).toBe(index + 2);
  }
  await built(site, 'other code');
  expect(changed).toBe(5);
});

test('what a cache says of files beside the site is not written: the site is changed anew', async () => {
  const root = tree({ 'dist/index.html': 'one', 'beside.txt': 'mine' });
  const kept = new Map<string, Buffer>();
  const cache: Cache = {
    ...openCache(null),
    now: (kind, key) => kept.get(`${kind} ${key}`),
    set: async (kind, key, text) => void kept.set(`${kind} ${key}`, Buffer.from(text)),
  };
  const build = () =>
    changeOnce(
      cache,
      pathToFileURL(`${join(root, 'dist')}/`),
      'code',
      async () => {
        writeFileSync(join(root, 'dist/index.html'), 'short');
        return () => {};
      },
      (written) => written,
    );
  await build();
  for (const [key] of kept)
    kept.set(key, Buffer.from(JSON.stringify({ written: [['../beside.txt', 'theirs']], removed: [] })));
  writeFileSync(join(root, 'dist/index.html'), 'one');
  await build();
  expect(readFileSync(join(root, 'beside.txt'), 'utf8')).toBe('mine');
  expect(readFileSync(join(root, 'dist/index.html'), 'utf8')).toBe('short');
});
