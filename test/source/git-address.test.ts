import { expect, test } from 'vitest';
import { resolveRevision } from '../../plugins/engine/fetch/resolve-revision.ts';
import { gitAddress, isFileAddress, remoteBase } from '../../plugins/source/index.ts';

test.each([
  ['https://me:hidden@git.example.com/a/b.git/', 'https://git.example.com/a/b.git'],
  ['ssh://git:hidden@git.example.com:2222/a/b', 'ssh://git@git.example.com:2222/a/b'],
  ['git@github.com:a/b.git', 'git@github.com:a/b.git'],
  ['git://127.0.0.1:9418/a', 'git://127.0.0.1:9418/a'],
  ['HTTPS://git.example.com/a', 'https://git.example.com/a'],
  ['ext::sh -c true', null],
  ['ext::true', null],
  ['file:///etc', null],
  ['/etc', null],
  ['../up', null],
  ['--upload-pack=true', null],
  ['https://git.example.com', null],
  ['shop', null],
])('the address of %s', (written, address) => {
  expect(gitAddress(written)).toBe(address);
});

/** After `TestNewRepoSpecFromUrl` of kustomize's `api/internal/git`. */
test.each([
  ['github.com/org/repo//deploy/base?ref=v1', 'https://github.com/org/repo', 'v1', 'deploy/base'],
  ['https://github.com/org/repo/deploy/base?version=v2', 'https://github.com/org/repo', 'v2', 'deploy/base'],
  [
    'git@github.com:org/repo.git//a?ref=v1&timeout=90s&submodules=false',
    'git@github.com:org/repo.git',
    'v1',
    'a',
  ],
  ['git::https://gitlab.com/group/sub/repo.git/a/b', 'https://gitlab.com/group/sub/repo.git', null, 'a/b'],
  ['https://me@dev.azure.com/org/p/_git/repo/a?ref=x', 'https://dev.azure.com/org/p/_git/repo', 'x', 'a'],
  ['ssh://git@git.example.com:22/org/repo.git', 'ssh://git@git.example.com:22/org/repo.git', null, '.'],
  ['https://me:hidden@git.example.com/org/repo//a', 'https://git.example.com/org/repo', null, 'a'],
  ['gh:org/repo', 'https://github.com/org/repo', null, '.'],
])('the base %s', (target, repository, asked, folder) => {
  expect(remoteBase(target)).toEqual({ repository, asked, paths: [folder], folder });
});

test.each([
  '../base',
  'base/',
  '/abs/base',
  'gitlab.com/org/repo//a',
  'https://github.com/org/repo//../../a',
])('no base: %s', (target) => {
  expect(remoteBase(target)).toBeNull();
});

test('a file by its address is no repository', () => {
  expect(isFileAddress('https://example.com/a/crd.yaml?x=1')).toBe(true);
  expect(isFileAddress('https://github.com/org/repo//a.yaml')).toBe(false);
  expect(isFileAddress('https://github.com/org/repo')).toBe(false);
});

const one = '1'.repeat(40);
const listed = [
  [one, 'HEAD'],
  [one, 'refs/heads/main'],
  ['2'.repeat(40), 'refs/heads/v2'],
  ['3'.repeat(40), 'refs/tags/v1.2.0'],
  ['4'.repeat(40), 'refs/tags/v1.2.0^{}'],
  ['5'.repeat(40), 'refs/tags/1.3.0'],
  ['6'.repeat(40), 'refs/tags/v2.0.0-rc.1'],
  ['9'.repeat(40), 'refs/tags/v1'],
  ['7'.repeat(40), 'refs/pull/1/head'],
]
  .map((line) => line.join('\t'))
  .join('\n');

/** Source: `lsRemote` of Argo CD's `util/git`, `MaxVersion` of its `util/versions`. */
test.each([
  [null, '1'],
  ['main', '1'],
  ['v2', '2'],
  ['v1.2.0', '4'],
  ['refs/tags/v1.2.0', '4'],
  ['refs/pull/1/head', '7'],
  ['1.x', '5'],
  ['~1.2', '4'],
  ['>=1.0.0, <1.3.0', '4'],
  ['=1.2.0', '4'],
  ['>=2.0.0-0', '6'],
  ['>=2.0.0', null],
  ['5555555', '5'],
  ['1.3', null],
  ['v1', '9'],
  ['=1.3', '5'],
  ['nobody', null],
  ['8'.repeat(40), '8'],
])('the revision %s', (revision, commit) => {
  expect(resolveRevision(revision, listed)?.[0] ?? null).toBe(commit);
});
