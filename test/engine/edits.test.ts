import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { at, stableStringify } from '../../plugins/base/index.ts';
import { printedModel } from '../../plugins/checks/index.ts';
import { checkPages, createEngine, type Engine } from '../../plugins/engine/index.ts';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { d2 } from '../d2/helpers.ts';
import { isWhole, runs } from '../fuzz.ts';
import { isRecalled } from '../platform/recalled.ts';
import { tree } from '../source/tree.ts';

const shop = resolve(import.meta.dirname, '../fixtures/cli-shop');
const web = 'K8s/shop/web';

/**
 * What somebody does to a repository: each is possible in every state, and does nothing where there is
 * nothing to do it to.
 */
const edits: Record<string, (files: Files, number: number) => void> = {
  'another value': ({ replace }, number) =>
    replace(`${web}/deployment.yaml`, /replicas: \d+/, `replicas: ${number}`),
  'a comment': ({ append }, number) => append(`${web}/namespace.yaml`, `# ${number}\n`),
  'lines above what stays': ({ replace }, number) => {
    for (const file of [`${web}/deployment.yaml`, 'K8s/shop/secret.yaml'])
      replace(file, /^/, `# ${number}\n`);
  },
  'a file that Git alone knows': ({ write }, number) => write(`${web}/shop.properties`, `a=${number}\n`),
  'broken YAML': ({ append }) => append(`${web}/deployment.yaml`, 'spec: [\n'),
  'a broken kustomization': ({ append }) => append(`${web}/kustomization.yaml`, 'resources: 3\n'),
  'a manifest that is gone': ({ remove }) => remove(`${web}/namespace.yaml`),
  'a manifest that comes': ({ write, replace }, number) => {
    write(`${web}/late.yaml`, `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: late-${number}}\n`);
    replace(`${web}/kustomization.yaml`, /^resources:\n/m, 'resources:\n  - late.yaml\n');
  },
  'a folder that moves': ({ move }) => move(web, 'K8s/shop/front'),
  'and back': ({ move }) => move('K8s/shop/front', web),
  'another policy': ({ write }, number) => write('K8s/shop/policy.yaml', policy(number)),
  'an exception that comes or is gone': ({ write, remove }, number) =>
    number % 2 === 0 ? write('K8s/shop/exception.yaml', exception) : remove('K8s/shop/exception.yaml'),
  'another label of the namespace': ({ replace }, number) =>
    replace(
      `${web}/namespace.yaml`,
      /^(?: {2}labels: .*\n)? {2}name: /m,
      `  labels: { team: t${number % 2} }\n  name: `,
    ),
  'another wave': ({ replace }, number) =>
    replace(
      `${web}/deployment.yaml`,
      /^metadata:\n(?: {2}annotations: .*\n)?/m,
      `metadata:\n  annotations: { argocd.argoproj.io/sync-wave: "${number}" }\n`,
    ),
  'other options of a sync': ({ replace }, number) =>
    replace(
      'K8s/shop/applicationset-shop.yaml',
      /selfHeal: true\n(?: {8}syncOptions: .*\n)?/,
      `selfHeal: true\n        syncOptions: [${number % 2 === 0 ? 'Replace=true' : 'PruneLast=true'}]\n`,
    ),
  'another project': ({ replace }, number) =>
    replace(
      'IT/argocd/appproject-shop.yaml',
      /namespace: (?:shop|"s\*")/,
      `namespace: ${number % 2 === 0 ? 'shop' : '"s*"'}`,
    ),
  'a chart of other values': ({ write }, number) => {
    for (const [path, text] of Object.entries(chart)) write(path, text);
    write('K8s/shop/chart/values.yaml', `size: ${number}\n`);
  },
  'a definition that comes or is gone': ({ write, remove }, number) =>
    number % 2 === 0 ? write('IT/argocd/definition.yaml', definition) : remove('IT/argocd/definition.yaml'),
  'a kind that Argo CD leaves out, or none': ({ write }, number) =>
    write('IT/argocd/argocd-cm.yaml', settings(number % 2 === 0 ? 'Deployment' : 'Other')),
  'an Application of a name that is there': ({ write, remove }, number) =>
    number % 2 === 0 ? remove('IT/argocd/twin.yaml') : write('IT/argocd/twin.yaml', twin),
  'another secret': ({ write }, number) => write('K8s/shop/secret.yaml', externalSecret(number)),
  'a page that comes': ({ write }, number) =>
    write(`docs/late-${number % 2}.md`, '# Late\n\n`AppProject/shop`\n'),
  'a page that is gone': ({ remove }) => remove('docs/guides/web.md'),
  'another sentence': ({ append }, number) =>
    append('docs/index.md', `\nIt has :fact[${number}]{count="kind == 'Deployment'"} of them.\n`),
  'a setting': ({ write }, number) =>
    write('plumbline.yaml', `values: { A: "${number}" }\n${number % 2 === 0 ? 'layer: {}\n' : ''}`),
  'everything as it was': ({ restore }) => restore(),
};

/** What one that came before tells of where the namespace decides whether it is asked. */
const policy = (number: number) => `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: size }
spec:
  validationFailureAction: Audit
  rules:
    - name: replicas
      match:
        any:
          - resources:
              kinds: [Deployment]
              namespaces: [${number % 3 === 0 ? 'other-*' : '"sh*"'}]
              namespaceSelector: { matchLabels: { team: t0 } }
      validate:
        message: It is too small.
        pattern: { spec: { replicas: ">${number}" } }
`;
const exception = `apiVersion: kyverno.io/v2
kind: PolicyException
metadata: { name: small, namespace: shop }
spec:
  exceptions: [{ policyName: size, ruleNames: [replicas, autogen-replicas] }]
  match: { any: [{ resources: { kinds: [Deployment] } }] }
`;
/** The set deploys it; what Helm makes of it hangs on what the cluster serves. */
const chart = {
  'K8s/shop/chart/Chart.yaml': 'apiVersion: v2\nname: sizes\nversion: 1.0.0\n',
  'K8s/shop/chart/templates/sizes.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: sizes }
data:
  size: {{ .Values.size | quote }}
  things: {{ .Capabilities.APIVersions.Has "example.org/v1/Thing" | quote }}
`,
};
/** What the set's own of that name deploys has a deployer of another id then. */
const twin = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop-web, namespace: argocd }
spec:
  project: shop
  source: { repoURL: https://git.example.com/shop/platform.git, path: K8s/none, targetRevision: main }
  destination: { server: https://kubernetes.default.svc, namespace: shop }
`;
const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: things.example.org }
spec:
  group: example.org
  names: { kind: Thing, plural: things }
  scope: Namespaced
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }]
`;
const settings = (kind: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: argocd-cm, namespace: argocd }
data:
  resource.exclusions: "[{ apiGroups: [apps], kinds: [${kind}] }]"
`;
const externalSecret = (number: number) => `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: login, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: vault }
  target: { name: login-${number % 2} }
  data: [{ secretKey: key-${number}, remoteRef: { key: shop } }]
`;

const one = fc.record({
  edit: fc.constantFrom(...Object.keys(edits)),
  number: fc.integer({ min: 0, max: 9 }),
});

test('after any edits the same is said as by a process that begins anew', async () => {
  let checked = 0;
  let recalled = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(one, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 5 }),
      async (steps) => {
        const files = openFiles();
        const engine = await createEngine({ root: files.root, d2, follows: true });
        try {
          for (const step of steps) {
            for (const { edit, number } of step) edits[edit]?.(files, number);
            const again = await engine.reload(files.touched()).then(() => null, String);
            const anew = await createEngine({ root: files.root, d2, cache: false }).catch(String);
            checked += 1;
            expect(again).toBe(typeof anew === 'string' ? anew : null);
            // What is wrong with a configuration is said, and the next edit may mend it.
            if (typeof anew === 'string') continue;
            const said = await saidBy(anew);
            expect(await saidBy(engine)).toBe(said);
            // There was no more than was told.
            expect(await engine.catchUp()).toBe(false);
            await anew.dispose();
            // And by one that finds what another one has made of the same files.
            await loadPlatform({ root: files.root });
            const recalling = await createEngine({ root: files.root, d2 });
            recalled += isRecalled(recalling.platform) ? 1 : 0;
            expect(await saidBy(recalling)).toBe(said);
            await recalling.dispose();
          }
        } finally {
          await engine.dispose();
          rmSync(files.root, { recursive: true });
        }
      },
    ),
    { numRuns: runs(4) },
  );
  console.log(`edits: ${checked} states ran, ${recalled} of them recalled`);
  expect(checked).toBeGreaterThan(4);
  expect(recalled).toBeGreaterThan(0);
});

test('what is kept of policies, syncs, projects, charts and secrets is what a process says that begins anew', async () => {
  const files = openFiles();
  const engine = await createEngine({ root: files.root, d2, follows: true });
  const said = new Set<string>();
  try {
    const names = Object.keys(edits);
    const [from, to] = ['another policy', 'another secret'].map((name) => names.indexOf(name));
    for (const number of [0, 1, 2])
      for (const name of ['another value', ...names.slice(from, (to ?? 0) + 1)]) {
        edits[name]?.(files, number);
        await engine.reload();
        const { cache } = engine.platform;
        const anew = await loadPlatform({ root: files.root, cache, isKept: false });
        const now = stableStringify(printedModel(engine.platform));
        expect(now, name).toBe(stableStringify(printedModel(anew)));
        said.add(now);
      }
  } finally {
    await engine.dispose();
    rmSync(files.root, { recursive: true });
  }
  // Nearly each of them is one that the model tells.
  expect(said.size).toBeGreaterThan(20);
});

test('a resource that an edit leaves as it was is the very same', async () => {
  const files = openFiles();
  const engine = await createEngine({ root: files.root, d2, follows: true });
  try {
    const edit = async (number: number) => {
      edits['another value']?.(files, number);
      await engine.reload();
      return engine.platform.model.resources;
    };
    // The first reads all that the cache has, which another process may have put there.
    await edit(7);
    const before = new Set(await edit(8));
    const others = (await edit(9)).filter((resource) => !before.has(resource));
    const deployment = others.find(({ kind }) => kind === 'Deployment');
    expect(at(deployment?.rendered, 'spec', 'replicas')).toBe(9);
    // What an engine makes together with it is made anew.
    expect(new Set(others.map(({ origin }) => dirname(origin.file)))).toEqual(new Set([web]));
    expect(before.size).toBeGreaterThan(others.length);
  } finally {
    await engine.dispose();
    rmSync(files.root, { recursive: true });
  }
});

test('that nobody has written a file since is kept, whether or not all is as it was', async () => {
  const files = openFiles();
  const path = `${web}/namespace.yaml`;
  utimesSync(join(files.root, path), new Date(0), new Date(0));
  // What its entry says otherwise is as new as the copy.
  await new Promise((done) => setTimeout(done, 3100));
  const engine = await createEngine({ root: files.root, d2, follows: true });
  const isStamped = () => engine.platform.sources.gathered?.raw.find((one) => one.path === path)?.stamp;
  try {
    expect(isStamped()).toBe(undefined);
    files.touched();
    edits['another value']?.(files, 7);
    expect(await engine.reload(files.touched())).toBe(true);
    expect(isStamped()).toBe(undefined);
    expect(await engine.catchUp()).toBe(false);
    expect(isStamped()).toBeDefined();
    expect(await engine.reload()).toBe(false);
    expect(isStamped()).toBeDefined();
  } finally {
    await engine.dispose();
    rmSync(files.root, { recursive: true });
  }
});

test('what nobody has told of is found when all is looked at', async () => {
  const files = openFiles();
  const engine = await createEngine({ root: files.root, d2, follows: true });
  let missed = 0;
  try {
    await engine.reload();
    for (const untold of ['a comment', 'a manifest that is gone', 'a manifest that comes', 'and back']) {
      edits['another value']?.(files, 7);
      const touched = files.touched();
      edits[untold]?.(files, 3);
      await engine.reload(touched);
      const { root } = files;
      const anew = await createEngine({ root, d2, cache: false });
      const said = await saidBy(anew);
      await anew.dispose();
      const isMissed = (await saidBy(engine)) !== said;
      missed += isMissed ? 1 : 0;
      expect(await engine.catchUp(), untold).toBe(isMissed);
      expect(await saidBy(engine), untold).toBe(said);
      files.restore();
      await engine.reload(files.touched());
    }
  } finally {
    await engine.dispose();
    rmSync(files.root, { recursive: true });
  }
  // A comment changes no model.
  expect(missed).toBe(2);
});

test.runIf(isWhole)(
  'five hundred edits leave what a process says that begins anew, and no more memory than a hundred',
  { timeout: 3_600_000 },
  async () => {
    const files = openFiles();
    const engine = await createEngine({ root: files.root, d2, follows: true });
    const held: number[] = [];
    try {
      const sequence = fc.sample(one, { numRuns: 500, seed: 15 });
      for (const [index, { edit, number }] of sequence.entries()) {
        edits[edit]?.(files, number);
        // Of each fourth nobody is told until all is looked at.
        const touched = index % 4 === 3 ? [] : files.touched();
        const again = await engine.reload(touched).then(async () => {
          await engine.catchUp();
          return null;
        }, String);
        const edited = index + 1;
        if (edited % 10 === 0) {
          const anew = await createEngine({ root: files.root, d2, cache: false }).catch(String);
          expect(again, `after ${edited} edits`).toBe(typeof anew === 'string' ? anew : null);
          if (typeof anew !== 'string') {
            expect(await saidBy(engine), `after ${edited} edits`).toBe(await saidBy(anew));
            await anew.dispose();
          }
        }
        if (![100, 300, 500].includes(edited)) continue;
        // What is held depends on how much there is: the same is there each time.
        files.restore();
        await engine.reload();
        await checkPages(engine);
        held.push(heapHeld());
        console.log(`after ${edited} edits: ${megabytes(held.at(-1) ?? 0)} held`);
      }
    } finally {
      await engine.dispose();
      rmSync(files.root, { recursive: true });
    }
    const [first = 0, , last = 0] = held;
    expect(last - first, `${held.map(megabytes).join(', ')}`).toBeLessThan(Math.max(first / 10, 5e6));
  },
);

/** Bytes that cannot be collected. */
function heapHeld(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let turn = 0; turn < 3; turn++) collect();
  return process.memoryUsage().heapUsed;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

async function saidBy(engine: Engine): Promise<string> {
  const { report } = await checkPages(engine);
  return stableStringify([printedModel(engine.platform), report]);
}

function openFiles(): Files {
  const root = tree({});
  const restore = () => {
    rmSync(root, { recursive: true });
    cpSync(shop, root, { recursive: true });
    files.write(`${web}/shop.properties`, 'a=1\n');
    files.append(
      `${web}/kustomization.yaml`,
      'configMapGenerator: [{ name: shop, files: [shop.properties] }]\n',
    );
  };
  /** Null where more than what is in a file is otherwise. */
  let touched: Set<string> | null = null;
  const files: Files = {
    root,
    restore() {
      touched = null;
      restore();
    },
    touched() {
      const told = touched === null ? undefined : [...touched];
      touched = new Set();
      return told;
    },
    write(path, text) {
      if (existsSync(join(root, path))) touched?.add(path);
      else touched = null;
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    append(path, text) {
      files.replace(path, /$/, text);
    },
    replace(path, from, to) {
      const at = join(root, path);
      if (existsSync(at)) files.write(path, readFileSync(at, 'utf8').replace(from, to));
    },
    move(from, to) {
      touched = null;
      if (existsSync(join(root, from)) && !existsSync(join(root, to)))
        renameSync(join(root, from), join(root, to));
    },
    remove(path) {
      touched = null;
      rmSync(join(root, path), { force: true });
    },
  };
  restore();
  return files;
}

interface Files {
  root: string;
  restore(): void;
  /** Files that were changed since this was asked; undefined where that may not be all. */
  touched(): string[] | undefined;
  write(path: string, text: string): void;
  append(path: string, text: string): void;
  replace(path: string, from: RegExp, to: string): void;
  move(from: string, to: string): void;
  remove(path: string): void;
}
