import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tree } from '../source/tree.ts';
import { plumbline } from './cli.ts';

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
const control = '\\e]0;title\\a\\e[2J\\x9b31m\\0\\b\\x7f\\r\\u202Eover\\u2028';
const commands = '::error file=a::text';

describe('what a repository says', { timeout: 60_000 }, () => {
  const text = `"${control}\\n${commands}\\n##[error]x ##vso[y]"`;
  const root = tree({
    'K8s/all.yaml': [
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${text}, namespace: ${text}, labels: {${text}: ${text}}, annotations: {argocd.argoproj.io/sync-wave: ${text}, note: ${text}}}\ndata: {${text}: ${text}}\n`,
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${text}, namespace: argocd}\nspec: {project: ${text}, source: {repoURL: ${text}, path: ${text}, targetRevision: ${text}}, destination: {server: ${text}, namespace: ${text}}}\n`,
      `apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: p, namespace: argocd}\nspec: {sourceRepos: [${text}], destinations: [{server: ${text}, namespace: ${text}}], syncWindows: [{kind: allow, schedule: ${text}, duration: ${text}}]}\n`,
      configMap.replace('name: a', 'name: texts').replace('}', `, labels: {x: ${text}}}`),
    ].join('---\n'),
    'K8s/broken.yaml': 'a: [\x1b]0;x\x07\n::error::x\n',
    'K8s/k/kustomization.yaml': `resources: [${text}]\n`,
    'docs/a.md': `# \x1b[31mA\x9b\n\n:fact[x\x07]{count="kind == 'ConfigMap'"}\n\n::table{view="resources"}\n\n\`K8s/\x1b]0;x.yaml\`\n\n::error file=a::text\n`,
  });

  const calls = [
    ...['pretty', 'concise', 'json', 'github', 'sarif', 'junit', 'codequality', 'rdjson'].map((format) => [
      'check',
      '--format',
      format,
    ]),
    ...['md', 'json', 'csv'].flatMap((format) =>
      ['resources', 'applications', 'projects', 'sync-windows'].map((view) => [
        'table',
        view,
        '--format',
        format,
      ]),
    ),
    ['diagram', 'applications'],
    ['model'],
    ['manifests'],
    ['manifests', '\x1b]0;x\x07'],
    ['render', 'docs/a.md'],
    ['explain', 'ConfigMap/texts'],
    ['explain', 'ConfigMap/texts', '--format', 'json'],
    ['explain', '\x1b]0;x\x07'],
    ['fix'],
  ];

  test.each(calls.map((call) => [call.join(' '), call] as const))('plumbline %s', async (_name, call) => {
    const run = await plumbline([...call, '--root', root]);
    const isGithub = call.includes('github');
    for (const out of [run.stdout, run.stderr]) {
      expect(out).not.toMatch(/(?![\n\t]|\r\n)[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u);
      if (!isGithub) expect(out).not.toMatch(/^[^\S\n]*::[\w-]+[^\n]*::/m);
      expect(out).not.toMatch(/##(?:\[|vso\[)/);
      expect(out).not.toContain('internal error');
    }
    // Of our own commands none ends early, and none is the repository's.
    if (isGithub) expect(run.stdout).not.toContain(`\n${commands}`);
  });

  test('nor its configuration', async () => {
    for (const config of ['docs: "\\e]0;x\\a"\n', '\x1b]0;x\x07: [\n', '"\\e[2J": 1\n']) {
      const run = await plumbline([
        'check',
        '--root',
        tree({ 'plumbline.yaml': config, 'K8s/a.yaml': configMap }),
      ]);
      expect(run.code).toBe(2);
      expect(run.stderr).not.toMatch(/(?!\n)\p{Cc}/u);
    }
  });
});

describe('one entry never hides the rest', { timeout: 60_000 }, () => {
  const long = 'x'.repeat(5000);
  const many = Array.from({ length: 20_000 }, (_, index) => `${index === 0 ? '' : ', '}k: 1`).join('');
  const bomb = [
    'a: &a [x, x]',
    ...'bcdefghij'
      .split('')
      .map((name, index) => `${name}: &${name} [${`*${'abcdefghij'[index]}, `.repeat(9)}x]`),
  ];
  const hostile: Record<string, Record<string, string>> = {
    'paths that are too long, hold NUL or lead in circles': {
      'K8s/k/kustomization.yaml': `resources: ["${long}.yaml", "a\\0.yaml", loop]\npatches: [{path: "${long}"}, {path: "a\\0"}]\nconfigMapGenerator: [{name: m, files: ["${long}", "a\\0", loop], envs: ["${long}"]}]\ncomponents: ["${long}"]\nreplacements: [{path: "a\\0"}]\nopenapi: {path: "a\\0"}\ngenerators: ["a\\0"]\ntransformers: ["${long}"]\nhelmCharts: [{name: "a\\0", valuesFile: "${long}"}]\n`,
      'K8s/k/loop': '->loop',
    },
    'words that every object has': {
      'K8s/p.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: constructor, namespace: argocd, labels: {constructor: a, toString: b}}\nspec: {sourceRepos: [constructor], destinations: [{server: toString, namespace: valueOf}], syncWindows: [{kind: constructor, schedule: constructor, duration: toString}, {kind: allow, schedule: "@constructor", duration: 1h}]}\n---\napiVersion: constructor/v1\nkind: constructor\nmetadata: {name: hasOwnProperty, namespace: valueOf}\n---\napiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: toString, namespace: argocd}\nspec: {goTemplate: true, generators: [{constructor: {}}, {list: {elements: [{constructor: x, toString: x}]}}], template: {metadata: {name: "{{ constructor }}{{ .toString }}"}, spec: {project: constructor}}}\n`,
      'docs/b.md':
        '# B\n\n::toString\n\n:constructor[x]{valueOf="x"}\n\n::table{view="constructor"}\n\n::diagram{view="toString"}\n\n`constructor/toString`\n\n<!-- plumbline:constructor -->\n\n```sh\n$ kubectl constructor\n$ kubectl get constructor/toString\n$ argocd toString\n$ constructor\n$ kubectl __proto__ default -k K8s\n```\n\n[x](spec.constructor) [y](a.toString)\n\n```sh\nhelm valueOf a --x b\n```\n\n```d2\nconstructor: { link: "gitops:constructor/toString" }\ntoString -> constructor\n```\n',
    },
    'a mapping that has its own `toString`, where a text belongs': {
      'K8s/b.yaml': configMap.replace(
        'name: a',
        'name: b, annotations: {argocd.argoproj.io/sync-wave: {toString: 1}}',
      ),
      'K8s/c.yaml':
        'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: p}\nspec: {rules: [{name: r, match: {any: [{resources: {kinds: [ConfigMap], selector: {matchLabels: {a: {toString: 1}}}, annotations: {a: {toString: 1}}}}]}, validate: {}}]}\n',
    },
    'links that lead in circles, where a site keeps its pages': {
      'astro.config.mjs': 'export default { integrations: [plumbline()] };\n',
      'src/pages/a': '->..',
      'src/pages/b': '->..',
      'docs/c.md': '[x](/y/)\n',
    },
    'a folder in the place of what Git and Astro keep in a file': {
      'astro.config.mjs/x': '',
      '.gitmodules/x': '',
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.git/commondir/x': '',
      'docs/c.md': '[x](../K8s/good.yaml/none.yaml)\n',
    },
    'a `.git` that leads to itself': { '.git': '->.git' },
    'keys that are all the same': { 'K8s/b.yaml': `{${many}}\n` },
    'aliases that grow': { 'K8s/b.yaml': `${bomb.join('\n')}\n` },
    'a folder in the place of a file': {
      'K8s/kustomization.yaml/x': '',
      'K8s/b.yaml/c.yaml': configMap.replace('name: a', 'name: b'),
    },
    'names that are too long': {
      'K8s/b.yaml': configMap.replace('name: a', `name: ${long}`),
      [`docs/${'y'.repeat(200)}.md`]: `# ${long}\n\n[x](${long}.md) \`${long}/${long}\`\n`,
    },
  };

  test.each(Object.entries(hostile))('%s', async (_what, files) => {
    const root = tree({ 'K8s/good.yaml': configMap, 'docs/a.md': '# A\n\n`ConfigMap/a`\n', ...files });
    const run = await plumbline(['check', '--root', root, '--format', 'json']);
    expect(run.stderr).toBe('');
    expect([0, 1]).toContain(run.code);
    const model = await plumbline(['model', '--root', root]);
    expect(model.stderr).toBe('');
    const { resources } = JSON.parse(model.stdout) as { resources: { id: string }[] };
    expect(resources.map(({ id }) => id)).toContain('ConfigMap/a');
  });

  test.each([
    ['a folder', { 'plumbline.yaml/x': '' }],
    [
      'aliases that grow',
      {
        'plumbline.yaml': `docs: docs\nvalues: {${bomb.map((line) => line.replace(': ', ': ')).join(', ')}}\n`,
      },
    ],
    [
      'a word that every object has',
      { 'plumbline.yaml': 'constructor: 1\nseverity: {constructor: off, toString: error}\n' },
    ],
  ])('%s as configuration is a wrong call', async (_what, files) => {
    const run = await plumbline([
      'check',
      '--root',
      tree({ 'K8s/a.yaml': configMap, ...(files as Record<string, string>) }),
    ]);
    expect(run.code).toBe(2);
    expect(run.stderr).not.toContain('internal error');
  });

  test('a pipe is no file', async () => {
    const root = tree({
      'K8s/good.yaml': configMap,
      'docs/a.md': '# A\n\n[x](../pipe) `K8s/pipe.yaml`\n',
    });
    for (const path of ['K8s/pipe.yaml', 'pipe', 'K8s/kustomization.yaml'])
      execFileSync('mkfifo', [join(root, path)]);
    const run = await plumbline(['check', '--root', root]);
    expect(run.stderr).not.toContain('internal error');
  });

  test.each([['explain'], ['manifests'], ['table'], ['diagram'], ['render'], ['check']])(
    '%s constructor',
    async (command) => {
      const run = await plumbline([command, 'constructor', '--root', tree({ 'K8s/a.yaml': configMap })]);
      expect(run.code).toBe(2);
      expect(run.stderr).not.toContain('internal error');
    },
  );
});
