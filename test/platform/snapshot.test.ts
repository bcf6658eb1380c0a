import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { afterEach, describe, expect, test } from 'vitest';
import { stableStringify } from '../../plugins/base/index.ts';
import { printedModel } from '../../plugins/checks/index.ts';
import { loadPlatform, type Platform } from '../../plugins/platform/index.ts';
import { type Cache, diagnostic, openCache } from '../../plugins/source/index.ts';
import { restoreEnvironment } from '../environment.ts';
import { everythingIn, tree } from '../source/tree.ts';
import { isRecalled } from './recalled.ts';

const before = { ...process.env };
afterEach(() => restoreEnvironment(before));

const settings = (name: string, level = 'info') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  level: ${level}\n`;

/** Read twice: what the first made is there for the second. */
async function opened(files: Record<string, string>) {
  const root = tree(files);
  const cache = openCache(tree({}));
  const load = (through: Cache = cache) => loadPlatform({ root, cache: through });
  const first = await load();
  expect(isRecalled(first)).toBe(false);
  expect(isRecalled(await load())).toBe(true);
  const write = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  /** Made anew, and the same as by one who keeps nothing. */
  const isMadeAgain = async () => {
    const again = await load();
    expect(said(again)).toBe(said(await loadPlatform({ root, cache: false })));
    return !isRecalled(again);
  };
  return { root, cache, load, write, first, isMadeAgain };
}

function said(platform: Platform): string {
  const files = [...platform.sources.files.values()].map(({ path, role, hash, text, documents }) => [
    ...[path, role, hash, text],
    documents.map(({ value, place }) => [value, place]),
  ]);
  const places = platform.model.resources.map((resource) => platform.locate(resource, ['metadata', 'name']));
  const { diagnostics, undeployed, engines } = platform;
  return stableStringify([printedModel(platform), files, places, diagnostics, undeployed, engines]);
}

/** The one entry of its kind. */
function entryIn({ directory }: Cache): string {
  const all = readdirSync(join(directory ?? '', 'platform'), { recursive: true, withFileTypes: true });
  const [file, ...others] = all.filter((entry) => entry.isFile());
  expect(others).toEqual([]);
  return join(file?.parentPath ?? '', file?.name ?? '');
}

const plain = { 'K8s/a.yaml': settings('a'), 'K8s/b.yaml': settings('b') };

test('what the faults of reading are is kept for the next run, and is no part of what is told', async () => {
  const { load, first } = await opened({
    ...plain,
    'K8s/image.yaml': 'PNG\0\0',
    'K8s/twice.yaml': settings('a').replace('data:', 'data: {}\ndata:'),
    'K8s/web.yaml': `${settings('a')}{{ more }}\n`,
  });
  const again = await load();
  const kinds = ['unread', 'duplicate', 'template'];
  for (const platform of [first, again]) {
    expect(platform.sources.faults.map(({ kind }) => kind)).toEqual(kinds);
    expect(platform.diagnostics).toHaveLength(kinds.length);
    for (const one of platform.diagnostics) expect(Object.keys(one)).toEqual(toldFields);
    expect(platform.model.unverified).toMatchObject([{ what: 'file K8s/image.yaml', why: 'it is not text' }]);
  }
});

const toldFields = Object.keys(diagnostic({ rule: 'any', identity: [], message: 'any' }));

describe('what was made of a repository is read again where nothing has changed', () => {
  test('and says the same', async () => {
    const { first, load } = await opened({ ...plain, 'K8s/broken.yaml': 'kind: [\napiVersion: v1\n' });
    expect(first.diagnostics.length).toBeGreaterThan(0);
    expect(said(await load())).toBe(said(first));
    // What a caller sets stays.
    const [file] = (await load()).sources.files.values();
    Object.assign(file ?? {}, { text: 'another' });
    expect(file?.text).toBe('another');
  });

  test.each<[string, (all: Awaited<ReturnType<typeof opened>>) => void]>([
    ['a manifest that changed', ({ write }) => write('K8s/a.yaml', settings('a', 'debug'))],
    ['one that came', ({ write }) => write('K8s/c.yaml', settings('c'))],
    ['one that is gone', ({ root }) => rmSync(join(root, 'K8s/b.yaml'))],
    ['one that moved', ({ root }) => renameSync(join(root, 'K8s/b.yaml'), join(root, 'K8s/0.yaml'))],
    ['the configuration', ({ write }) => write('plumbline.yaml', 'values: { A: b }\n')],
  ])('is made again after %s', async (_, change) => {
    const all = await opened(plain);
    change(all);
    expect(await all.isMadeAgain()).toBe(true);
    expect(isRecalled(await all.load())).toBe(true);
  });

  test.each<[string, (bytes: Buffer) => Buffer]>([
    ['cut short', (bytes) => bytes.subarray(0, -9)],
    ['changed', (bytes) => Buffer.from(bytes.toString('latin1').replace('level', 'lever'), 'latin1')],
    ['emptied', () => Buffer.alloc(0)],
  ])('is made again where the entry was %s', async (_, damage) => {
    const all = await opened(plain);
    const entry = entryIn(all.cache);
    writeFileSync(entry, damage(readFileSync(entry)));
    expect(await all.isMadeAgain()).toBe(true);
  });

  test('is kept for each branch', async () => {
    const { root, load, isMadeAgain, write } = await opened(plain);
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words], { cwd: root });
    git('init', '-q', '-b', 'trunk');
    git('add', '.');
    git('commit', '-qm', 'one');
    expect(await isMadeAgain()).toBe(true);
    git('checkout', '-q', '-b', 'topic');
    write('K8s/a.yaml', settings('a', 'debug'));
    git('commit', '-qam', 'two');
    expect(await isMadeAgain()).toBe(true);
    for (const branch of ['trunk', 'topic']) {
      git('checkout', '-q', branch);
      const again = await load();
      expect(isRecalled(again)).toBe(true);
      expect(said(again)).toBe(said(await loadPlatform({ root, cache: false })));
    }
  });

  test('is nobody’s without a folder for it, and without a wish to keep it', async () => {
    const root = tree(plain);
    const cache = openCache(tree({}));
    for (let round = 0; round < 2; round++)
      expect(isRecalled(await loadPlatform({ root, cache, isKept: false }))).toBe(false);
    const memory = openCache(null);
    for (let round = 0; round < 2; round++)
      expect(isRecalled(await loadPlatform({ root, cache: memory }))).toBe(false);
  });

  test('has no value of a Secret', async () => {
    const value = 'cGxhbnRlZA';
    const { cache, load } = await opened({
      'K8s/secret.yaml': `kind: Secret\napiVersion: v1\nmetadata: { name: s }\ndata: { k: ${value} }\n`,
    });
    expect(everythingIn(cache.directory ?? '')).not.toContain(value);
    expect(said(await load())).not.toContain(value);
  });
});

describe('what an engine made is read again where nothing beyond the manifests has changed, either', () => {
  const repository = {
    'plumbline.yaml': 'layers: { gitops: [K8s] }\n',
    'K8s/web/kustomization.yaml': 'resources: [../../shared]\n',
    'shared/kustomization.yaml': 'resources: [a.yaml]\n',
    'shared/a.yaml': settings('a'),
  };

  test('a base that lies elsewhere', async () => {
    const { write, isMadeAgain, load } = await opened(repository);
    write('shared/unused.yaml', settings('unused'));
    expect(isRecalled(await load())).toBe(true);
    write('shared/a.yaml', settings('a', 'debug'));
    expect(await isMadeAgain()).toBe(true);
    write('shared/kustomization.yaml', 'resources: [a.yaml, missing.yaml]\n');
    expect(await isMadeAgain()).toBe(true);
    // What is near is told, and whether Git ignores it.
    write('shared/missing.yml', settings('near'));
    expect(await isMadeAgain()).toBe(true);
  });

  test('a folder with nothing in it, where a file is asked for', async () => {
    const { root, isMadeAgain } = await opened({
      'K8s/web/kustomization.yaml': 'resources: [a.yaml, late]\n',
      'K8s/web/a.yaml': settings('a'),
    });
    mkdirSync(join(root, 'K8s/web/late'));
    expect(await isMadeAgain()).toBe(true);
  });

  test('another version of the engine', async () => {
    const { cache, load } = await opened(repository);
    const older: Cache = {
      ...cache,
      now(kind, key) {
        const entry = cache.now(kind, key);
        if (kind !== 'platform' || entry === undefined) return entry;
        const start = entry.indexOf(10) + 1;
        const kept = deserialize(entry.subarray(start)) as Pick<Platform, 'engines'>;
        const engines = kept.engines.map((engine) => ({ ...engine, version: 'v0.0.1' }));
        return Buffer.concat([entry.subarray(0, start), serialize({ ...kept, engines })]);
      },
    };
    expect(isRecalled(await load(older))).toBe(false);
  });

  test('an engine that was cut short is asked again', async () => {
    const root = tree(repository);
    const cache = openCache(tree({}));
    const program = join(
      tree({ 'bin/kustomize': '#!/bin/sh\n[ "$1" = version ] && echo v5.0.0 || kill -9 $$\n' }),
      'bin',
    );
    chmodSync(join(program, 'kustomize'), 0o755);
    process.env.PLUMBLINE_KUSTOMIZE = join(program, 'kustomize');
    for (let round = 0; round < 2; round++)
      expect(isRecalled(await loadPlatform({ root, cache }))).toBe(false);
  });
});
