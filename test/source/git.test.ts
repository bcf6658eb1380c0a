import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import {
  changedFiles,
  lastChanges,
  readBranches,
  readCommit,
  readPrefix,
  readRemotes,
} from '../../plugins/source/git/git-state.ts';
import { ignoredByGit, loadConfig } from '../../plugins/source/index.ts';
import { restoreEnvironment } from '../environment.ts';
import { everythingIn, tree } from './tree.ts';

const before = { ...process.env };
afterEach(() => {
  restoreEnvironment(before);
});

const git = (root: string, ...parameters: string[]) =>
  execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...parameters], {
    encoding: 'utf8',
  }).trim();

/** A repository with two commits; the time of its file is not that of its index, so Git looks into it. */
function repository(): string {
  const root = tree({ 'K8s/a.yaml': 'a: 1\n', '.gitattributes': '*.yaml filter=evil diff=evil\n' });
  git(root, 'init', '-q', '-b', 'trunk');
  for (const message of ['first', 'second']) {
    writeFileSync(join(root, 'K8s/a.yaml'), `${message}: 1\n`);
    git(root, 'add', '.');
    git(root, 'commit', '-qm', message);
  }
  utimesSync(join(root, 'K8s/a.yaml'), 1, 1);
  return root;
}

/** Everything by which a configuration makes Git start a program, each of which leaves a note. */
function hostile(started: string): string {
  const run = `"echo started >> ${started}"`;
  return [
    `[core]\n\tfsmonitor = ${run}\n\tpager = ${run}\n\tsshCommand = ${run}\n\talternateRefsCommand = ${run}`,
    `[filter "evil"]\n\tclean = ${run}\n\tsmudge = ${run}\n\tprocess = ${run}\n\trequired = true`,
    `[diff]\n\texternal = ${run}\n[diff "evil"]\n\ttextconv = ${run}\n\tcommand = ${run}`,
    `[pager]\n\tstatus = ${run}\n\tlog = ${run}\n\tdiff = ${run}`,
    `[log]\n\tshowSignature = true\n[gpg]\n\tprogram = ${run}\n[alias]\n\tstatus = !${run}`,
    `[extensions]\n\tpartialClone = origin\n[remote "origin"]\n\tpromisor = true\n\turl = "ext::sh -c touch% ${started}"\n\tuploadpack = ${run}`,
    '[protocol "ext"]\n\tallow = always\n',
  ].join('\n');
}

async function everything(root: string) {
  return [
    await readCommit(root, ['K8s']),
    await readBranches(root),
    await changedFiles(root, 'HEAD^1..HEAD'),
    [...(await lastChanges(root)).keys()],
  ];
}

test('nothing that a repository configures is run, and its state is read all the same', async () => {
  const root = repository();
  const started = join(tree({}), 'started');
  const plain = await everything(root);
  expect(plain).toEqual([
    git(root, 'rev-parse', '--short=12', 'HEAD'),
    ['trunk'],
    ['K8s/a.yaml'],
    ['K8s/a.yaml', '.gitattributes'],
  ]);
  appendFileSync(join(root, '.git/config'), hostile(started));
  mkdirSync(join(root, '.git/hooks'), { recursive: true });
  for (const hook of ['post-index-change', 'reference-transaction', 'fsmonitor-watchman'])
    writeFileSync(join(root, '.git/hooks', hook), `#!/bin/sh\necho ${hook} >> ${started}\n`, { mode: 0o755 });
  // What the caller's own variables say is not ours to run either.
  Object.assign(process.env, { GIT_EXTERNAL_DIFF: `touch ${started}`, GIT_PAGER: `touch ${started}` });
  expect(await everything(root)).toEqual(plain);
  writeFileSync(join(root, 'K8s/a.yaml'), 'changed: 1\n');
  expect(await readCommit(root, ['K8s'])).toBe(`${plain[0]}-dirty`);
  // An object that is not here is not fetched.
  expect(await changedFiles(root, `HEAD..${'1'.repeat(40)}`)).toBeNull();
  expect(existsSync(started)).toBe(false);
});

test('files of a pull request that form a bare repository are none', async () => {
  const origin = repository();
  const started = join(tree({}), 'started');
  const root = tree({ 'K8s/a.yaml': 'a: 1\n' });
  for (const name of ['HEAD', 'objects', 'refs', 'index'])
    cpSync(join(origin, '.git', name), join(root, name), { recursive: true });
  writeFileSync(join(root, 'config'), `[core]\n\tbare = false\n\tworktree = ${root}\n${hostile(started)}`);
  expect(await everything(root)).toEqual([null, [], null, []]);
  expect(await readRemotes(root)).toEqual([]);
  expect((await loadConfig({ root })).repository.urls).toEqual([]);
  expect(existsSync(started)).toBe(false);
});

test('worktrees and folders of a repository are read as itself', async () => {
  const root = repository();
  git(root, 'remote', 'add', 'origin', 'https://example.com/a.git');
  const other = join(tree({}), 'other');
  git(root, 'worktree', 'add', '-q', '-b', 'topic', other);
  expect(await readBranches(other)).toEqual(['topic']);
  expect(await readCommit(other, [])).toBe(await readCommit(root, []));
  expect(await readRemotes(other)).toEqual(['https://example.com/a.git']);
  expect(readPrefix(join(root, 'K8s'))).toBe('K8s/');
  expect([...(await lastChanges(join(root, 'K8s'))).keys()]).toEqual(['a.yaml']);
});

test('settings are asked of Git once for each text of the file, and what is kept of them is no token', async () => {
  const root = repository();
  const kept = join(tree({}), 'cache');
  process.env.PLUMBLINE_CACHE = kept;
  git(root, 'remote', 'add', 'origin', 'https://t0ken@example.com/a.git');
  git(root, 'config', 'http.https://example.com/.extraheader', 'AUTHORIZATION: basic t0ken');
  git(root, 'config', 'core.filemode', 'false');
  expect(await readRemotes(root)).toEqual(['https://example.com/a.git']);
  expect(everythingIn(kept)).toContain('core.filemode');
  expect(everythingIn(kept)).not.toContain('t0ken');
  // Another process knows nothing of this one's answers, nor does this one of a file that was written again.
  utimesSync(join(root, '.git/config'), 1, 1);
  process.env.PATH = '';
  expect(await readRemotes(root)).toEqual(['https://example.com/a.git']);
  process.env.PATH = before.PATH;
  git(root, 'remote', 'set-url', 'origin', 'git@example.com:b.git');
  expect(await readRemotes(root)).toEqual(['git@example.com:b.git']);
});

test('branches are named by files where those say all, and else by Git', async () => {
  const root = repository();
  const branches = async (head: string, remote?: string) => {
    writeFileSync(join(root, '.git/HEAD'), head);
    if (remote !== undefined) writeFileSync(join(root, '.git/refs/remotes/origin/HEAD'), remote);
    return readBranches(root);
  };
  expect(await branches('ref: refs/heads/feat/a.b-c\n')).toEqual(['feat/a.b-c']);
  git(root, 'update-ref', 'refs/remotes/origin/main', 'trunk');
  expect(await branches('ref: refs/heads/topic\n', 'ref: refs/remotes/origin/main\n')).toEqual([
    'topic',
    'main',
  ]);
  expect(await branches('ref: refs/heads/main\n')).toEqual(['main']);
  expect(await branches('ref: refs/heads/größe\n')).toEqual(['größe', 'main']);
  expect(await branches(`${git(root, 'rev-parse', 'trunk')}\n`)).toEqual(['trunk', 'main']);
  expect(await branches('ref: refs/heads/a/../trunk\n')).toEqual(['main']);
});

test('a git that the repository brings along is not run', async () => {
  const root = repository();
  const started = join(root, 'started');
  writeFileSync(join(root, 'git'), `#!/bin/sh\necho git >> ${started}\n`, { mode: 0o755 });
  process.env.PATH = [root, process.env.PATH].join(delimiter);
  expect(await readBranches(root)).toEqual(['trunk']);
  expect(existsSync(started)).toBe(false);
});

test('what a sparse checkout leaves out is not called missing', async () => {
  const root = tree({
    'docs/a.md': '',
    'K8s/web/a.yaml': '',
    'K8s/web/more/b.yaml': '',
    'K8s/c.yaml': '',
    'd.txt': '',
  });
  git(root, 'init', '-q');
  git(root, 'add', '.');
  git(root, 'commit', '-qm', 'all');
  git(root, 'sparse-checkout', 'set', '--no-cone', '/docs/', '/d.txt', '/K8s/c.yaml');
  const config = await loadConfig({ root });
  expect(config.repository.submodules).toEqual(['K8s/web']);
  const asked = ['K8s/web/a.yaml', 'K8s/web/more/', 'K8s/web/gone.yaml', 'K8s/gone.yaml', 'd.txt'];
  expect([...(await ignoredByGit(config, asked))]).toEqual(['K8s/web/a.yaml', 'K8s/web/more/']);
  git(root, 'sparse-checkout', 'disable');
  expect((await loadConfig({ root })).repository.submodules).toEqual([]);
});

test('what a repository ignores is what its .gitignore names, and nothing where another ignores all of it', async () => {
  const root = tree({ '.gitignore': 'made.yaml\n.cache\n', '.cache/copy/a.txt': '', 'a.txt': '' });
  execFileSync('git', ['init', '--quiet', root]);
  const ignored = async (folder: string) => {
    const config = await loadConfig({ root: folder });
    return [...(await ignoredByGit(config, ['a.txt', 'made.yaml']))];
  };
  expect(await ignored(root)).toEqual(['made.yaml']);
  expect(await ignored(join(root, '.cache/copy'))).toEqual([]);
});
