import { type ChildProcess, spawnSync } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { reachable } from '../../plugins/d2/create-d2.ts';
import { createD2 } from '../../plugins/d2/index.ts';
import { openCache } from '../../plugins/source/index.ts';
import { engine, input, memory, options } from './helpers.ts';

const folder = mkdtempSync(join(tmpdir(), 'd2-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const started: ChildProcess[] = [];
subscribe('child_process', (message) => started.push((message as { process: ChildProcess }).process));
const running = () => started.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);

describe('the pool', () => {
  test('answers many overlapping calls, each its own', async () => {
    const d2 = engine();
    const answers = await Promise.all(
      Array.from({ length: 30 }, async (_, at) => {
        const compiled = await d2.compile(input(`a${at} -> b`));
        return compiled.ok ? compiled.shapes[0]?.id : null;
      }),
    );
    expect(answers).toEqual(Array.from({ length: 30 }, (_, at) => `a${at}`));
    await d2.dispose();
  });

  test('ends a diagram that takes too long, as an error, and goes on', async () => {
    const cache = memory();
    const d2 = createD2({ cache, size: 1, timeLimit: 4000 });
    const many = Array.from({ length: 4000 }, (_, at) => `a${at} -> b${(at * 7) % 4000}: ${at}`).join('\n');
    const slow = d2.compile(input(many));
    const next = d2.compile(input('still -> here'));
    expect(await slow).toEqual({
      ok: false,
      errors: [{ message: 'D2 did not finish within 4 s', range: null }],
    });
    expect((await next).ok).toBe(true);
    await d2.dispose();
  });

  test('rejects what still waits when it is disposed of, and whatever comes after', async () => {
    const d2 = engine();
    const waiting = d2.compile(input('a'));
    const outcome = expect(waiting).rejects.toThrow('disposed');
    await d2.dispose();
    await outcome;
    await expect(d2.compile(input('b'))).rejects.toThrow('disposed');
  });

  test('rests, gives its memory back, and draws again when it is asked', async () => {
    const d2 = engine();
    expect((await d2.compile(input('before'))).ok).toBe(true);
    expect(running()).toHaveLength(1);
    await d2.rest();
    expect(running()).toEqual([]);
    expect((await d2.compile(input('after'))).ok).toBe(true);
    await d2.dispose();
    expect(running()).toEqual([]);
  });

  test('replaces an engine that died', async () => {
    const d2 = engine();
    expect((await d2.compile(input('before'))).ok).toBe(true);
    const during = d2.compile(input('during'));
    for (const one of running()) one.kill('SIGKILL');
    expect((await during).ok).toBe(true);
    for (const one of running()) one.kill('SIGKILL');
    expect((await d2.compile(input('after'))).ok).toBe(true);
    await d2.dispose();
  });

  test.each(['await d2.dispose();', ''])('lets the process end (%s)', (ending) => {
    const program = join(folder, 'program.ts');
    const module = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
    writeFileSync(
      program,
      `import { createD2 } from ${module('../../plugins/d2/index.ts')};
       import { openCache } from ${module('../../plugins/source/index.ts')};
       const d2 = createD2({ cache: openCache(null) });
       const compiled = await d2.compile({ source: 'a -> b', files: {}, layout: 'dagre' });
       ${ending}
       console.log(compiled.ok);`,
    );
    const { stdout, status } = spawnSync(process.execPath, [program], { encoding: 'utf8', timeout: 60_000 });
    expect([stdout, status]).toEqual(['true\n', 0]);
  });
});

describe('the cache', () => {
  test('answers without an engine, byte for byte, and a damaged entry is made again', async () => {
    const source = input('...@gitops/classes\na: {class: set; link: "gitops:x"}\na -> b: é😀');
    const directory = join(folder, 'cache');
    const run = async (size: number) => {
      const d2 = createD2({ cache: openCache(directory), size });
      const answer = [await d2.compile(source), await d2.render(source, options('s'))];
      await d2.dispose();
      return answer;
    };
    const cold = await run(1);
    // A pool of none can answer from the cache alone.
    expect(await run(0)).toEqual(cold);
    for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) writeFileSync(join(entry.parentPath, entry.name), 'half an ent');
    }
    expect(await run(1)).toEqual(cold);
  });

  test('knows the same drawing under another title, salt and link', async () => {
    const cache = memory();
    const source = input('a.link: "gitops:x"');
    const first = createD2({ cache, size: 1 });
    const one = await first.render(source, options('one'));
    await first.dispose();
    const none = createD2({ cache, size: 0 });
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
