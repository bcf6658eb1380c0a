import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nearest } from '../../plugins/base/index.ts';
import { pruneCache } from '../../plugins/source/cache/prune-cache.ts';
import { cacheDirectory, cacheKey, diagnostic, openCache } from '../../plugins/source/index.ts';
import { restoreEnvironment } from '../environment.ts';
import { read, tree } from './tree.ts';

describe('the cache', () => {
  const entryOf = (folder: string) => {
    const file = readdirSync(folder, { recursive: true, withFileTypes: true }).find((entry) =>
      entry.isFile(),
    );
    return join(file?.parentPath ?? '', file?.name ?? '');
  };

  const entriesOf = (folder: string) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => path.includes('/kind/'));

  test('gives back what was stored, to another run too', async () => {
    const folder = tree({});
    await openCache(folder).set('kind', 'key', 'text\nwith lines\n');
    expect(await openCache(folder).get('kind', 'key')).toBe('text\nwith lines\n');
    expect(openCache(folder).now('kind', 'key')?.toString()).toBe('text\nwith lines\n');
    expect(await openCache(folder).get('kind', 'other')).toBeUndefined();
    expect(openCache(folder).now('kind', 'other')).toBeUndefined();
    expect(await openCache(folder).get('other', 'key')).toBeUndefined();
  });

  test.each(['cut short', 'changed', 'emptied'])('an entry that was %s is a miss', async (how) => {
    const folder = tree({});
    const cache = openCache(folder);
    await cache.set('kind', 'key', 'a text that is long enough');
    const file = entryOf(join(folder, 'kind'));
    const text = readFileSync(file, 'utf8');
    if (how === 'cut short') truncateSync(file, text.length - 3);
    else writeFileSync(file, how === 'changed' ? text.replace('long', 'lung') : '');
    expect(await cache.get('kind', 'key')).toBeUndefined();
    expect(cache.now('kind', 'key')).toBeUndefined();
    await cache.set('kind', 'key', 'again');
    expect(await cache.get('kind', 'key')).toBe('again');
  });

  test('an entry in the place of another, or no file at all, is a miss', async () => {
    const folder = tree({});
    const cache = openCache(folder);
    await cache.set('kind', 'key', 'the answer to key');
    const right = entryOf(join(folder, 'kind'));
    const text = readFileSync(right, 'utf8');
    rmSync(right);
    await cache.set('kind', 'other', 'the answer to other');
    const other = entryOf(join(folder, 'kind'));
    writeFileSync(other, text);
    expect(await cache.get('kind', 'other')).toBeUndefined();
    rmSync(other);
    execFileSync('mkfifo', [other]);
    expect(await cache.get('kind', 'other')).toBeUndefined();
    rmSync(other);
    mkdirSync(other);
    expect(await cache.get('kind', 'other')).toBeUndefined();
  });

  test('is bounded: once a day what was not read for a month goes, and the oldest of what is too much', async () => {
    const folder = tree({});
    const cache = openCache(folder);
    const day = 86_400;
    const now = Date.now() / 1000;
    const age: [key: string, days: number][] = [
      ['old', 40],
      ['older', 3],
      ['young', 2],
      ['younger', 1],
    ];
    const put = async () => {
      rmSync(join(folder, 'kind'), { recursive: true, force: true });
      for (const [key, days] of age) {
        const before = new Set(entriesOf(folder));
        await cache.set('kind', key, 'x'.repeat(1000));
        for (const file of entriesOf(folder))
          if (!before.has(file)) utimesSync(file, now - days * day, now - days * day);
      }
      rmSync(join(folder, 'pruned'), { force: true });
      mkdirSync(join(folder, 'engine/layer'), { recursive: true });
      writeFileSync(join(folder, 'engine/layer/helm'), 'no entry');
    };
    const left = () => Promise.all(age.map(async ([key]) => (await cache.get('kind', key)) !== undefined));
    await put();
    pruneCache(folder, { bytes: 10_000 });
    expect(await left()).toEqual([false, true, true, true]);
    await put();
    pruneCache(folder, { bytes: 2500 });
    expect(await left()).toEqual([false, false, false, true]);
    // Not again on the same day; and the engines are none of the entries.
    pruneCache(folder, { bytes: 0 });
    expect(await left()).toEqual([false, false, false, true]);
    pruneCache(folder, { bytes: 0, now: Date.now() + 2 * day * 1000 });
    expect(await left()).toEqual([false, false, false, false]);
    expect(readFileSync(join(folder, 'engine/layer/helm'), 'utf8')).toBe('no entry');
  });

  test('keeps what is read, whenever it was written', async () => {
    const folder = tree({});
    await openCache(folder).set('kind', 'key', 'text');
    const file = entryOf(join(folder, 'kind'));
    const long = Date.now() / 1000 - 29 * 86_400;
    utimesSync(file, long, long);
    expect(await openCache(folder).get('kind', 'key')).toBe('text');
    expect(statSync(file).mtimeMs / 1000).toBeGreaterThan(long + 86_400);
  });

  test('lies with the caches of the user, as each system has them', () => {
    const before = { ...process.env };
    const root = tree({});
    process.env.XDG_CACHE_HOME = '/caches';
    expect(cacheDirectory(root)).toBe('/caches/plumbline');
    // The specification says to pass over one that is relative.
    process.env.XDG_CACHE_HOME = 'caches';
    const own = process.platform === 'darwin' ? 'Library/Caches' : '.cache';
    expect(cacheDirectory(root)).toBe(join(homedir(), own, 'plumbline'));
    process.env.XDG_CACHE_HOME = join(root, 'not', 'yet');
    expect(cacheDirectory(root)).toBeNull();
    process.env.PLUMBLINE_CACHE = '/named';
    expect(cacheDirectory(root)).toBe('/named');
    restoreEnvironment(before);
  });

  test('in a folder that cannot be written it is empty, not an error', async () => {
    const folder = tree({ file: 'not a folder' });
    const cache = openCache(join(folder, 'file'));
    await cache.set('kind', 'key', 'text');
    expect(await cache.get('kind', 'key')).toBeUndefined();
  });

  test('files read from it are the same as files parsed', async () => {
    const root = tree({
      'K8s/a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {x: hidden}\n',
      'K8s/broken.yaml': 'a: [\n',
      'K8s/kustomization.yaml': 'resources: [a.yaml]\n',
    });
    const folder = tree({});
    const plain = (sources: Awaited<ReturnType<typeof read>>) =>
      JSON.stringify([[...sources.files], sources.faults]);
    const cold = plain(await read(root));
    expect(plain(await read(root, { cache: openCache(folder) }))).toBe(cold);
    expect(plain(await read(root, { cache: openCache(folder) }))).toBe(cold);
    writeFileSync(join(root, 'K8s/a.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n');
    const changed = await read(root, { cache: openCache(folder) });
    expect(changed.files.get('K8s/a.yaml')?.documents[0]?.value).toMatchObject({ kind: 'ConfigMap' });
  });

  test('places remembered are those that are found, and only while the file is the same', async () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';
    const root = tree({ 'K8s/a.yaml': text });
    const cache = openCache(tree({}));
    const asked = async () => {
      const sources = await read(root, { cache });
      const document = sources.files.get('K8s/a.yaml')?.documents[0];
      const places = [
        document?.locate(['metadata', 'name']),
        document?.locate(['metadata', 'name'], { key: true }),
        document?.locate(['metadata', 'labels']),
      ];
      await sources.remember();
      return places;
    };
    const cold = await asked();
    expect(cold.map((place) => place && [place.line, place.column])).toEqual([[4, 9], [4, 3], undefined]);
    expect(await asked()).toEqual(cold);
    // That nothing is there is an answer as well.
    const folder = cache.directory ?? '';
    const kept = readdirSync(join(folder, 'places'), { recursive: true, withFileTypes: true });
    const entry = kept.find((one) => one.isFile());
    const [, json = ''] = readFileSync(join(entry?.parentPath ?? '', entry?.name ?? ''), 'utf8').split('\n');
    expect(JSON.parse(json)['K8s/a.yaml'][1]).toMatchObject({ '[0,false,"metadata","labels"]': [] });
    writeFileSync(join(root, 'K8s/a.yaml'), `# first\n${text}`);
    expect((await asked()).map((place) => place?.line)).toEqual([5, 5, undefined]);
    writeFileSync(join(entry?.parentPath ?? '', entry?.name ?? ''), 'damaged');
    expect((await asked()).map((place) => place?.line)).toEqual([5, 5, undefined]);
  });

  test('files of the same bytes are what each is alone, told at their own places', async () => {
    const texts = {
      manifest: '# one\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\nb: 1\n',
      secret: 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {x: hidden}\n',
      broken: 'a: [\n',
      // JSON takes tabs, and YAML does not.
      tabs: '{"apiVersion": "v1",\n\t"kind": "ConfigMap"}\n',
    };
    const files = Object.entries(texts).flatMap(([name, text]) =>
      ['a/NAME.yaml', 'b/NAME.yaml', 'b/NAME.json', 'c/NAME.json'].map((path): [string, string] => [
        path.replace('NAME', name),
        text,
      ]),
    );
    const together = await read(tree(Object.fromEntries(files)));
    for (const [path, text] of files) {
      const alone = await read(tree({ [path]: text }));
      const [own, other] = [together, alone].map(({ files, diagnostics }) => [
        JSON.stringify(files.get(path)),
        diagnostics.filter(({ sources }) => sources.some(({ file }) => file === path)),
        files.get(path)?.documents.map((document) => document.locate(['kind'])),
      ]);
      expect(own).toEqual(other);
    }
    const [one, two] = ['a', 'b'].map(
      (folder) => together.files.get(`${folder}/manifest.yaml`)?.documents[0],
    );
    expect(one?.value).toEqual(two?.value);
    expect(one?.value).not.toBe(two?.value);
  });

  test('of a repository of which one file changed that file alone is parsed again', async () => {
    const settings = (name: string, level: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {level: ${level}}\n`;
    const root = tree({ 'a.yaml': settings('a', 'written'), 'b.yaml': settings('b', 'written') });
    const cache = openCache(null);
    await read(root, { cache });
    // What is taken from the cache says so.
    const marked = {
      ...cache,
      now: (kind: string, key: string) =>
        Buffer.from(cache.now(kind, key)?.toString().replaceAll('"written"', '"kept"') ?? ''),
    };
    writeFileSync(join(root, 'b.yaml'), settings('b', 'changed'));
    const { files } = await read(root, { cache: marked });
    const levels = ['a.yaml', 'b.yaml'].map((path) => files.get(path)?.documents[0]?.value.data);
    expect(levels).toEqual([{ level: 'kept' }, { level: 'changed' }]);
  });

  test('keys depend on every part and on no order of keys', () => {
    expect(cacheKey('a', { x: 1, y: 2 })).toBe(cacheKey('a', { y: 2, x: 1 }));
    expect(cacheKey('a', 'b')).not.toBe(cacheKey('ab'));
  });
});

describe('helpers', () => {
  test('a fingerprint is of rule and identity, not of lines', () => {
    const at = (line: number) => ({
      file: 'a',
      line,
      column: 1,
      endLine: line,
      endColumn: 2,
      resource: null,
      path: null,
      role: 'actual',
      via: [],
    });
    const one = diagnostic({ rule: 'r', message: 'm', identity: ['a', null], sources: [at(1)] });
    const moved = diagnostic({ rule: 'r', message: 'm', identity: ['a', null], sources: [at(9)] });
    expect(one.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    expect(moved.fingerprint).toBe(one.fingerprint);
    expect(diagnostic({ rule: 's', message: 'm', identity: ['a', null] }).fingerprint).not.toBe(
      one.fingerprint,
    );
    expect(one).not.toHaveProperty('identity');
  });

  test('the nearest words are near', () => {
    expect(nearest('appproject-platform.yaml', ['appproject-policies.yaml', 'values.yaml', 'x'])[0]).toBe(
      'appproject-policies.yaml',
    );
    expect(nearest('observabilty', ['security', 'observability'])).toEqual(['observability']);
    expect(nearest('abc', ['xyz'])).toEqual([]);
  });
});
