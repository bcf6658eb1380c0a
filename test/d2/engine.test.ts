import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { reachable } from '../../plugins/d2/create-d2.ts';
import { createD2, type D2 } from '../../plugins/d2/index.ts';
import { openCache } from '../../plugins/source/index.ts';
import { drawnElsewhere } from '../../plugins/starlight/run/drawn-elsewhere.ts';
import { d2, input, options, sharedCache } from './helpers.ts';

const folder = mkdtempSync(join(tmpdir(), 'd2-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('many overlapping calls are answered, each its own', async () => {
  const answers = await Promise.all(
    Array.from({ length: 12 }, async (_, at) => {
      const compiled = await d2.compile(input(`a${at} -> b`));
      return compiled.ok ? compiled.shapes[0]?.id : null;
    }),
  );
  expect(answers).toEqual(Array.from({ length: 12 }, (_, at) => `a${at}`));
});

describe('the cache', () => {
  test('answers without an engine, byte for byte, and a damaged entry is made again', async () => {
    const source = input('...@gitops/classes\na: {class: set; link: "gitops:x"}\na -> b: é😀');
    const directory = join(folder, 'cache');
    const cache = openCache(directory);
    const [real, none] = [createD2({ cache, size: 1 }), createD2({ cache, size: 0 })];
    const answers = async (d2: D2) => [await d2.compile(source), await d2.render(source, options('s'))];
    const cold = await answers(real);
    // A pool of none can answer from the cache alone.
    expect(await answers(none)).toEqual(cold);
    for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) writeFileSync(join(entry.parentPath, entry.name), 'half an ent');
    }
    await expect(none.compile(source)).rejects.toThrow('no engine');
    expect(await answers(real)).toEqual(cold);
    await real.dispose();
  });

  test('waits for what another draws, and draws itself what that one did not', async () => {
    const cache = openCache(null);
    const elsewhere = drawnElsewhere();
    const theirs = createD2({ cache, size: 1, tell: elsewhere.tell });
    const ours = createD2({ cache, size: 0, others: elsewhere.wait });
    onTestFinished(() => theirs.dispose());
    const waiting = ours.render(input('a -> b'), options('s'));
    const wanting = ours.compile(input('b -> c'));
    await theirs.compile(input('a -> b'));
    expect(await waiting).toBe(await theirs.render(input('a -> b'), options('s')));
    elsewhere.end();
    await expect(wanting).rejects.toThrow('no engine');
    await expect(ours.compile(input('c -> d'))).rejects.toThrow('no engine');
  });

  test('knows the same drawing under another title, salt and link', async () => {
    const source = input('a.link: "gitops:x"');
    const one = await d2.render(source, options('one'));
    const none = createD2({ cache: sharedCache, size: 0 });
    const two = await none.render(
      source,
      options('two', { title: 'Other', resolveLink: () => ({ href: '/y', title: 'Y' }) }),
    );
    expect(two).toContain('href="/y"');
    expect(two).not.toBe(one);
  });

  test('counts only the files that a text can import', () => {
    const files = { 'gitops/classes.d2': 'x', 'gitops/a.d2': '...@classes', 'gitops/b.d2': 'y' };
    expect(Object.keys(reachable({ source: 'no imports, classes', files }))).toEqual([]);
    expect(Object.keys(reachable({ source: '...@gitops/a', files }))).toContain('gitops/classes.d2');
    expect(
      Object.keys(reachable({ source: '...@gitops/classes', files: { ...files, 'gitops/zzz.d2': '' } })),
    ).not.toContain('gitops/zzz.d2');
  });
});
