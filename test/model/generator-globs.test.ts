import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listFiles } from '../../plugins/model/argocd/sets/generators/git-files.ts';
import { shareOfDay } from '../fuzz.ts';

const files = [
  '.h/a.yaml',
  'A.yaml',
  'a.yaml',
  'a/b/a.yaml',
  'ab/ba/a',
  'c.json',
  'x/[b].yaml',
  'x/a.yaml',
  'x/b',
  'x/y-z/a',
  'x/y/a.yaml',
  'x/y/b.json',
  'z/c.json',
];
const pieces =
  'a b x y / / * ** ? [ab] [!a] [^b] [a-c] . .yaml \\a \\* [ ] [[:alpha:]] []a] - {a,b} z **/ /** ./ [a- [x-a] [[] [!]] [\\]]'.split(
    ' ',
  );

describe('patterns of git files', () => {
  let root = '';
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'plumbline-globs-'));
    for (const file of files) {
      mkdirSync(join(root, dirname(file)), { recursive: true });
      writeFileSync(join(root, file), '');
    }
    execFileSync('git', ['init', '--quiet'], { cwd: root });
    execFileSync('git', ['add', '--all'], { cwd: root });
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it('take what git itself lists, whatever the pattern', () => {
    const all = patterns(200);
    const { chosen, name } = shareOfDay(all, 4);
    console.log(`git: ${chosen.length} of ${all.length} patterns asked (${name})`);
    expect(chosen.length).toBeGreaterThan(40);
    for (const pattern of chosen) {
      const listed = listFiles(pattern, { files, fileGlobs: 'pathspec' });
      const real = gitLists(pattern);
      expect([pattern, listed.ok ? listed.value : null]).toEqual([pattern, real]);
    }
  });

  /** Null where git refuses the pattern. */
  function gitLists(pattern: string): string[] | null {
    try {
      const output = execFileSync('git', ['ls-files', '-z', '--', pattern], {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      return output.split('\0').filter((file) => file !== '');
    } catch {
      return null;
    }
  }
});

/** The same every time; some with magic. */
function patterns(count: number): string[] {
  let seed = 7;
  const next = (limit: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(seed / 256) % limit;
  };
  return Array.from({ length: count }, () => {
    const body = Array.from({ length: 1 + next(5) }, () => pieces[next(pieces.length)] ?? '').join('');
    const magic = ['', '', '', '', ':(glob)', ':(icase)'][next(6)] ?? '';
    return magic + body.replace(/^\/+/, '');
  }).filter((pattern) => pattern !== '' && !pattern.endsWith(')'));
}
