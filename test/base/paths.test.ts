import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isBelow, isInside, isUnder, realOf, realPath, slashed } from '../../plugins/base/index.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-paths-')));
mkdirSync(join(folder, 'docs'));
writeFileSync(join(folder, 'docs/page.md'), '');
symlinkSync(join(folder, 'docs'), join(folder, 'link'));
symlinkSync(join(folder, 'nowhere'), join(folder, 'broken'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('links', () => {
  test('are followed, also on the way', () => {
    expect(realPath(join(folder, 'link/page.md'))).toBe(join(folder, 'docs/page.md'));
    expect(realOf(join(folder, 'link'))).toBe(join(folder, 'docs'));
  });

  test('that lead to nothing are told from files, or stay as they are', () => {
    expect(realPath(join(folder, 'broken'))).toBeUndefined();
    expect(realOf(join(folder, 'broken'))).toBe(join(folder, 'broken'));
    expect(realOf('no/such/file')).toBe(resolve('no/such/file'));
  });
});

describe('a folder', () => {
  test('holds itself and what lies in it, and no neighbour whose name begins alike', () => {
    expect(isInside('/a/b', '/a/b')).toBe(true);
    expect(isInside('/a/b', '/a/b/c/d')).toBe(true);
    expect(isInside('/a/b', '/a/bc')).toBe(false);
    expect(isInside('/a/b', '/a')).toBe(false);
    expect(isInside('/a/b', '/a/b/../c')).toBe(false);
    expect(isInside('/', '/a')).toBe(true);
  });

  test('holds a file whose name begins with two dots', () => {
    expect(isInside('/a', '/a/..b')).toBe(true);
  });

  test('is not below itself', () => {
    expect(isBelow('/a/b', '/a/b')).toBe(false);
    expect(isBelow('/a/b', '/a/b/c')).toBe(true);
    expect(isBelow('/a/b', '/a')).toBe(false);
  });
});

test('paths of the repository lie under its root, their folder and themselves', () => {
  expect(isUnder('.', 'K8s/app.yaml')).toBe(true);
  expect(isUnder('K8s', 'K8s')).toBe(true);
  expect(isUnder('K8s', 'K8s/app.yaml')).toBe(true);
  expect(isUnder('K8s', 'K8s-old/app.yaml')).toBe(false);
  expect(isUnder('K8s/app', 'K8s')).toBe(false);
});

test('the way between two paths has slashes', () => {
  expect(slashed('/a/b', '/a/b/c/d.md')).toBe('c/d.md');
  expect(slashed('/a/b', '/a/c')).toBe('../c');
  expect(slashed('/a', '/a')).toBe('');
});
