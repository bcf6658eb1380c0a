import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, expect } from 'vitest';
import type { Change, PlatformDiff } from '../../plugins/engine/index.ts';
import { tree } from '../source/tree.ts';
import { fileInTurns } from '../turns.ts';
import { fixtures, plumbline, project, temporaryFolder } from './cli.ts';

const { describe, test } = fileInTurns(1, 2);

const git = (root: string, ...parameters: string[]) =>
  execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...parameters], {
    encoding: 'utf8',
    // The same names for the same commits, which the page that shows an example holds.
    env: {
      ...process.env,
      GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
      GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
    },
  }).trim();

/**
 * The branch `main` holds what was before, `topic` what is after; `main` has gone on meanwhile. Made once, as
 * that takes ten processes, and copied.
 */
function repository(): string {
  made ??= makeRepository();
  const root = tree({});
  cpSync(made, root, { recursive: true });
  return root;
}
let made: string | undefined;

function makeRepository(): string {
  const root = tree({});
  const put = (side: string) => {
    for (const name of readdirSync(root)) if (name !== '.git') rmSync(join(root, name), { recursive: true });
    cpSync(join(fixtures, 'diff-shop', side), root, { recursive: true });
  };
  const commit = () => {
    git(root, 'add', '--all');
    git(root, 'commit', '-qm', 'x');
  };
  git(root, 'init', '-q', '-b', 'main');
  put('before');
  commit();
  git(root, 'checkout', '-q', '-b', 'topic');
  put('after');
  commit();
  git(root, 'checkout', '-q', 'main');
  writeFileSync(
    join(root, 'K8s/web/later.yaml'),
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: later, namespace: shop }\ndata: { a: b }\n',
  );
  commit();
  git(root, 'checkout', '-q', 'topic');
  return root;
}

describe('diff of two commits', () => {
  let root: string;
  let found: PlatformDiff;
  let code: number | null;
  const of = (reference: string): Change => {
    const change = found.changes.find((one) => one.reference === reference);
    if (!change)
      throw new Error(`nothing is told of ${reference}: ${found.changes.map((one) => one.reference)}`);
    return change;
  };

  beforeAll(async () => {
    root = repository();
    const run = await plumbline(['diff', 'main', 'topic', '--root', root, '--format', 'json']);
    code = run.code;
    found = JSON.parse(run.stdout);
  });

  test('compares with where the head left, and exits 1 for what is newly wrong', () => {
    expect(code).toBe(1);
    expect(found).toMatchObject({ version: 1, base: { name: 'main' }, head: { name: 'topic' } });
    expect(found.base.commit).toBe(git(root, 'rev-parse', '--short=12', 'main~1'));
    expect(found.changes.map(({ reference }) => reference)).not.toContain('ConfigMap/later');
    expect(found.faults.new.map(({ rule }) => rule)).toEqual(['claim-false', 'fact-stale']);
  });

  test('tells fields with their lines on both sides, list entries by their name, and waves as what they do', () => {
    const { section, fields, effects } = of('Deployment/web');
    expect(section).toBe('changed');
    expect(fields).toMatchObject([
      {
        before: { path: 'spec.replicas', value: 2, place: { file: 'K8s/web/deployment.yaml', line: 7 } },
        after: { value: 3, place: { line: 9 } },
      },
      { before: { path: 'spec.template.spec.containers[0]', value: { name: 'log' } }, after: null },
    ]);
    expect(effects).toMatchObject([
      { what: 'wave', before: 'wave 0', after: 'wave 2' },
      {
        what: 'order',
        before: expect.stringContaining('before Service/web'),
        after: 'after ConfigMap/settings, Secret/token, Service/web',
      },
    ]);
  });

  test('says what becomes in the cluster of what is gone', () => {
    expect(of('ConfigMap/dropped')).toMatchObject({
      action: 'gone',
      section: 'removed',
      fate: { outcome: 'pruned' },
    });
    expect(of('ConfigMap/kept').fate).toEqual({ outcome: 'stays', because: 'Prune=false' });
    expect(of('Application/jobs').fate).toMatchObject({ outcome: 'stays' });
    expect(of('CronJob/clean').fate).toMatchObject({
      outcome: 'stays',
      because: expect.stringContaining('no longer in Git'),
    });
  });

  test('knows what moved, what opens, and what is permitted', () => {
    expect(of('Service/web')).toMatchObject({ action: 'moved', section: 'moved' });
    expect(of('HTTPRoute/web')).toMatchObject({
      action: 'added',
      section: 'exposed',
      about: 'for shop.example.com',
    });
    expect(of('AppProject/shop')).toMatchObject({
      section: 'security',
      fields: [{ after: { path: 'spec.destinations[0].namespace', value: '*' } }],
    });
  });

  test('never shows the value of a Secret', () => {
    expect(JSON.stringify(found)).not.toMatch(/(first|second)-secret-value/);
  });

  test('tells what pages show and speak of', () => {
    expect(found.pages).toMatchObject([
      {
        file: 'docs/shop.md',
        action: null,
        verdicts: [
          { type: 'claim', before: { outcome: 'true' }, after: { outcome: 'false' } },
          { type: 'fact' },
        ],
        shown: [
          { type: 'fact', changed: ['two → one'] },
          { type: 'table', gone: [expect.stringContaining('clean')], changed: ['web: Wave 0 → 2'] },
        ],
        mentions: ['Deployment/web'],
      },
    ]);
  });

  test('is as its schema says, and has nothing that the schema does not name', () => {
    const schema = JSON.parse(
      readFileSync(join(project, 'plumbline-diff.schema.json'), 'utf8'),
      (_key, value) => (value?.type === 'object' ? { ...value, additionalProperties: false } : value),
    );
    const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
    validate(found);
    expect(validate.errors ?? []).toEqual([]);
  });

  test('is the same again, and mirrored the other way round', async () => {
    const json = async (...args: string[]): Promise<PlatformDiff> =>
      JSON.parse((await plumbline(['diff', ...args, '--root', root, '--format', 'json'])).stdout);
    expect(await json('main...topic')).toEqual({ ...found, base: { ...found.base, name: 'main' } });
    const back = await json('topic..main~1');
    const mirrored = { added: 'gone', gone: 'added' } as Record<string, string>;
    expect(back.changes.map(({ action, base, head }) => [action, head?.id, base?.id]).sort()).toEqual(
      found.changes.map(({ action, base, head }) => [mirrored[action] ?? action, base?.id, head?.id]).sort(),
    );
    expect(back.faults.mended).toEqual(found.faults.new);
    expect(await json('topic', 'topic')).toMatchObject({
      files: [],
      faults: { new: [], mended: [] },
      changes: [],
      pages: [],
      unverified: [],
    });
  });

  test('a comment holds no markup, mention, command or control character of the repository', async () => {
    const nasty =
      '@acme/security <b>new</b> |`x`| ![i](https://evil.example/p.png) #12 \u001b[31m\n::error::x\n/approve';
    writeFileSync(
      join(root, 'K8s/web/nasty.yaml'),
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: `x/${nasty}`, namespace: nasty },
        data: { a: nasty },
      }),
    );
    const { stdout } = await plumbline(['diff', 'main', '--root', root, '--format', 'markdown']);
    const text = await plumbline(['diff', 'main', '--root', root]);
    rmSync(join(root, 'K8s/web/nasty.yaml'));
    expect(stdout).toMatch(/^<!-- plumbline-diff -->\n## Plumbline: \d+ broken, 4 removed/);
    expect(stdout).toContain('&#64;');
    expect(stdout).not.toMatch(/@acme|<b>new|<img|!\[|\]\(|^\s*(::|\/approve)|https:\/\/evil/m);
    // Outside of code a host finds names in what it shows.
    expect(stdout.replaceAll(/<code>.*?<\/code>/g, '')).not.toMatch(/&#(64|35);(?!&#8288;)[\w]/);
    expect(text.stdout).not.toMatch(/^\s*(::|\/approve)/m);
    expect(stdout + text.stdout).not.toContain('\u001b');
  });

  test('the page about it shows what it tells of these two', async () => {
    const { stdout } = await plumbline(['diff', 'main', 'topic', '--root', root]);
    const page = readFileSync(join(project, 'docs/authors/diff.md'), 'utf8');
    expect(page).toContain(`\n\n\`\`\`text\n${stdout}\`\`\`\n`);
  });

  test('leaves the checkout and the temporary folder as they were', async () => {
    const before = git(root, 'status', '--porcelain=v2', '--branch');
    // Those of this process: others have theirs at the same time.
    const own = new RegExp(`^plumbline-(tree|git)-${process.pid}-`);
    const trees = () => readdirSync(process.env.TMPDIR ?? tmpdir()).filter((name) => own.test(name));
    const known = trees();
    await plumbline(['diff', 'main', 'topic', '--root', root]);
    expect(git(root, 'status', '--porcelain=v2', '--branch')).toBe(before);
    expect(trees().filter((name) => !known.includes(name))).toEqual([]);
  });
});

test('what was the data of a Secret is shown on neither side, wherever it lies', async () => {
  const value = 'Hunter2Planted';
  const excerpt = (path: string) => `\`\`\`txt source="${path}"\n\`\`\`\n\n`;
  const root = tree({
    'plumbline.yaml': 'repository: { url: "https://git.example.com/shop.git" }\nlayers: { gitops: [K8s] }\n',
    'K8s/k/kustomization.yaml': 'secretGenerator:\n- {name: s, files: [f.conf], envs: [../../x/e.txt]}\n',
    'K8s/k/f.conf': `password ${value}\n`,
    'x/e.txt': `T=${value}\n`,
    'docs/index.md': `# A\n\n${['K8s/k/f.conf', 'x/e.txt', 'K8s/moved.conf', 'moved.conf'].map(excerpt).join('')}`,
  });
  git(root, 'init', '-q', '-b', 'main');
  git(root, 'add', '--all');
  git(root, 'commit', '-qm', 'x');
  rmSync(join(root, 'K8s/k/kustomization.yaml'));
  for (const path of ['K8s/moved.conf', 'moved.conf']) writeFileSync(join(root, path), `password ${value}\n`);
  git(root, 'checkout', '-qb', 'topic');
  git(root, 'add', '--all');
  git(root, 'commit', '-qm', 'x');
  for (const sides of [
    ['main', 'topic'],
    ['topic', 'main'],
  ]) {
    const { stdout, stderr } = await plumbline([
      ...['diff', '--no-merge-base', ...sides, '--root', root, '--format', 'json'],
    ]);
    expect(JSON.parse(stdout).pages).toHaveLength(1);
    expect(stdout).toContain('moved.conf');
    expect(stdout + stderr).not.toContain(value);
  }
});

test('what is not committed is the head, a folder of the repository may be the root', async () => {
  const root = tree({});
  cpSync(join(fixtures, 'diff-shop/before'), join(root, 'platform'), { recursive: true });
  git(root, 'init', '-q', '-b', 'main');
  git(root, 'add', '.');
  git(root, 'commit', '-qm', 'x');
  const own = join(root, 'platform');
  const file = join(own, 'K8s/web/deployment.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('log:1', 'log:2'));
  const env = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'acme/shop' };
  const run = await plumbline(['diff', 'HEAD', '--root', own, '--format', 'markdown'], { env });
  expect(run.code).toBe(0);
  expect(run.stdout).toContain('log&#58;1</code> → <code>registry.example.com/log&#58;2');
  expect(run.stdout).toContain('platform/K8s/web/deployment.yaml&#58;16');
  // Pages and folders that are new need not have been there before.
  cpSync(join(own, 'docs'), join(root, 'texts'), { recursive: true });
  const beside = await plumbline([
    'diff',
    'HEAD',
    '--root',
    own,
    '--docs',
    join(root, 'texts'),
    '--format',
    'json',
  ]);
  expect(JSON.parse(beside.stdout).pages).toMatchObject([{ action: 'added' }]);
});

test('a comment keeps within what a host takes, and counts what has no room', async () => {
  const root = repository();
  const many = Array.from(
    { length: 600 },
    (_, number) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: map-${number}, namespace: shop }\ndata: { key: "${'x'.repeat(number % 90)}${number}" }\n`,
  );
  writeFileSync(join(root, 'K8s/web/many.yaml'), many.join('---\n'));
  git(root, 'add', '.');
  git(root, 'commit', '-qm', 'x');
  writeFileSync(join(root, 'K8s/web/many.yaml'), many.join('---\n').replaceAll('key: "', 'key: "y'));
  const { stdout } = await plumbline(['diff', 'HEAD', '--root', root, '--format', 'markdown']);
  expect(stdout.length).toBeLessThanOrEqual(65_536);
  expect(stdout.length).toBeGreaterThan(60_000);
  expect(stdout).toMatch(/\n<\/details>\n\nNo room here for \d+ of 600 in Changed: /);
});

describe('what cannot be compared', () => {
  test.each([
    ['nowhere', 'there is no commit `nowhere` here'],
    ['topics', 'did you mean `topic`?'],
    ['main...topic', '`main...topic` names both sides'],
  ])('%s is a wrong call', async (base, words) => {
    const root = repository();
    const { code, stderr } = await plumbline(['diff', base, 'topic', '--root', root]);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  test('a name is never an option of Git', async () => {
    const root = repository();
    const target = join(temporaryFolder(), 'made');
    for (const name of [`--output=${target}`, '--upload-pack=touch', '-c', '--all', '--help']) {
      const { code, stderr } = await plumbline(['diff', '--root', root, '--', name, 'topic']);
      expect([code, stderr]).toEqual([2, expect.stringContaining('there is no commit')]);
    }
    expect(existsSync(target)).toBe(false);
  });

  test('a shallow clone says what would bring the base', async () => {
    const root = repository();
    const clone = join(temporaryFolder(), 'clone');
    git(root, 'clone', '-q', '--depth', '1', '--no-single-branch', `file://${root}`, clone);
    const lost = await plumbline(['diff', 'origin/main', '--root', clone]);
    expect(lost).toMatchObject({ code: 2, stderr: expect.stringContaining('fetch-depth: 0') });
    expect(lost.stderr).toContain('no commit in common');
    const direct = await plumbline(['diff', 'origin/main', '--no-merge-base', '--root', clone]);
    expect(direct.stdout).toContain('ConfigMap/later');
    const near = await plumbline(['diff', 'main', '--root', clone]);
    expect(near.stderr).toContain('did you mean `origin/main`?');
  });

  test('a configuration that is wrong in a commit is told with its name', async () => {
    const root = repository();
    writeFileSync(join(root, 'plumbline.yaml'), 'layer: {}\n');
    git(root, 'commit', '-qam', 'x');
    const { code, stderr } = await plumbline(['diff', 'main', 'HEAD', '--root', root]);
    expect(code).toBe(2);
    expect(stderr).toContain('in HEAD: `plumbline.yaml` is wrong');
  });
});
