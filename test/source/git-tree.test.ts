import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { copyTree, loadConfig, readSources } from '../../plugins/source/index.ts';
import { tree } from './tree.ts';

const git = (root: string, parameters: string[], input = '') =>
  execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...parameters], {
    encoding: 'utf8',
    input,
  }).trim();

async function copy(root: string, commit = 'HEAD', folders = ['']): Promise<string> {
  const made = await copyTree(root, git(root, ['rev-parse', commit]), folders);
  onTestFinished(() => made.dispose());
  return made.path;
}

function committed(files: Record<string, string>): string {
  const root = tree(files);
  git(root, ['init', '-q', '-b', 'main']);
  git(root, ['add', '--all']);
  git(root, ['commit', '-qm', 'x']);
  return root;
}

test('files are as they were committed: no attribute, filter or hook has a part in it', async () => {
  const started = join(tree({}), 'started');
  const root = committed({
    '.gitattributes':
      'hidden.yaml export-ignore\n*.yaml filter=evil ident eol=crlf\n*.txt working-tree-encoding=UTF-16\n',
    'hidden.yaml': 'a: $Id$\n',
    'ä b/c.yaml': 'b: 1\n',
    'empty.yaml': '',
  });
  appendFileSync(
    join(root, '.git/config'),
    `[filter "evil"]\n\tsmudge = touch ${started}\n\trequired = true\n`,
  );
  const path = await copy(root);
  expect(readFileSync(join(path, 'hidden.yaml'), 'utf8')).toBe('a: $Id$\n');
  expect(readFileSync(join(path, 'ä b/c.yaml'), 'utf8')).toBe('b: 1\n');
  expect(readFileSync(join(path, 'empty.yaml'), 'utf8')).toBe('');
  expect(readdirSync(await copy(root, 'HEAD', ['ä b']))).toEqual(['ä b']);
  expect(existsSync(started)).toBe(false);
});

test('links stay links, and the root stays a wall for them; a submodule is an empty folder', async () => {
  const secret = tree({ 'secret.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: secret }\n' });
  const root = committed({
    'K8s/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n',
    'K8s/out.yaml': `-> ${secret}/secret.yaml`,
    'K8s/b.yaml': '-> a.yaml',
  });
  git(root, ['update-index', '--add', '--cacheinfo', `160000,${git(root, ['rev-parse', 'HEAD'])},K8s/sub`]);
  git(root, ['commit', '-qm', 'x']);
  const path = await copy(root);
  expect(readlinkSync(join(path, 'K8s/b.yaml'))).toBe('a.yaml');
  expect(readdirSync(join(path, 'K8s/sub'))).toEqual([]);
  const config = await loadConfig({ root: path, home: root });
  const sources = await readSources(config);
  expect([...sources.files.keys()]).toEqual(['K8s/a.yaml', 'K8s/b.yaml']);
  expect(sources.faults.map(({ diagnostic }) => diagnostic.message)).toEqual([
    '`K8s/out.yaml` points outside the repository: it was not read',
  ]);
});

test('a tree that was made by hand writes nothing outside of the copy, nor through a link', async () => {
  const outside = tree({});
  const root = committed({ 'a.yaml': 'a: 1\n' });
  const blob = git(root, ['hash-object', '-w', '--stdin'], 'evil: 1\n');
  const target = git(root, ['hash-object', '-w', '--stdin'], outside);
  const raw = (entries: [mode: string, name: string, oid: string][]) => {
    const body = entries.map(([mode, name, oid]) =>
      Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, 'hex')]),
    );
    return execFileSync('git', ['-C', root, 'hash-object', '-t', 'tree', '-w', '--literally', '--stdin'], {
      input: Buffer.concat(body),
      encoding: 'utf8',
    }).trim();
  };
  const inner = raw([['100644', 'b.yaml', blob]]);
  const whole = raw([
    ['40000', '..', inner],
    ['40000', '.git', inner],
    ['120000', 'link', target],
    ['40000', 'link', inner],
    ['100644', 'ok.yaml', blob],
  ]);
  const commit = git(root, ['commit-tree', '-m', 'x', whole]);
  const path = await copy(root, commit);
  expect(readdirSync(outside)).toEqual([]);
  expect(readdirSync(path).sort()).toEqual(['link', 'ok.yaml']);
  expect(lstatSync(join(path, 'link')).isDirectory()).toBe(true);
  expect(existsSync(join(path, '..', 'b.yaml'))).toBe(false);
});

test('a clone that does not hold the files says what would bring them, and leaves no copy', async () => {
  const root = committed({ 'a.yaml': 'a: 1\n' });
  const oid = git(root, ['rev-parse', 'HEAD:a.yaml']);
  rmSync(join(root, '.git/objects', oid.slice(0, 2), oid.slice(2)));
  await expect(copyTree(root, git(root, ['rev-parse', 'HEAD']), [''])).rejects.toMatchObject({
    message: expect.stringContaining('does not hold all'),
    help: expect.stringContaining('--refetch'),
  });
});
