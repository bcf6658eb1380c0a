import fc from 'fast-check';
import { expect, test } from 'vitest';
import { build, findEngine } from '../../plugins/render/engines/find-engine.ts';
import { startTogether } from '../../plugins/render/kustomize/attempt.ts';
import { areStrangers, memberOf } from '../../plugins/render/kustomize/batch-member.ts';
import { foresee } from '../../plugins/render/kustomize/foresee.ts';
import { openStage } from '../../plugins/render/kustomize/stage.ts';
import { openTogether } from '../../plugins/render/kustomize/together.ts';
import { disposePass, openPass, type RenderPass } from '../../plugins/render/render-pass.ts';
import { openCache } from '../../plugins/source/index.ts';
import { runs } from '../fuzz.ts';
import { read, tree } from '../source/tree.ts';

/** A platform's folders with the engine, and the copy that it runs over. */
async function opened(files: Record<string, string>, use: (pass: RenderPass) => Promise<void>) {
  const sources = await read(tree(files));
  const cache = openCache(null);
  const pass = openPass(sources, { cache });
  pass.engine = await findEngine(cache, sources.home);
  pass.stage = openStage(pass.repository);
  try {
    await use(pass);
  } finally {
    await disposePass(pass);
  }
}

async function alone(directory: string, { stage, engine }: RenderPass): Promise<string | null> {
  if (stage === undefined || engine === undefined) throw new Error('nothing was opened');
  const output = await build(engine, stage.directory(directory), stage.home, [], 60_000);
  return output.ok ? output.text : null;
}

const account = (name: string, namespace: string) =>
  `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ${name}, namespace: ${namespace}}\n`;
const binding = (name: string, subject: string) =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: ${name}}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${subject}-role}\nsubjects: [{kind: ServiceAccount, name: ${subject}}]\n`;

const deployment = (own: string, used: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${own}}\nspec:\n  selector: {matchLabels: {app: ${own}}}\n  template:\n    metadata: {labels: {app: ${own}}}\n    spec:\n      serviceAccountName: ${used}\n      containers: [{name: main, image: "shop:1", envFrom: [{configMapRef: {name: ${used}}}]}]\n`;

test('folders are built alone whose objects would be taken for each other', async () => {
  const files = {
    'K8s/a/kustomization.yaml': 'resources: [own.yaml]\n',
    'K8s/a/own.yaml': deployment('of-a', 'settings'),
    'K8s/b/kustomization.yaml': 'configMapGenerator: [{name: settings, literals: [a=b]}]\n',
    'K8s/c/kustomization.yaml': 'resources: [own.yaml]\n',
    'K8s/c/own.yaml': deployment('of-c', '"s\\u0065ttings"'),
  };
  await opened(files, async (pass) => {
    const together = openTogether(pass);
    const folders = ['K8s/a', 'K8s/b', 'K8s/c'];
    const texts = await Promise.all(folders.map((folder) => together.textOf(folder)));
    expect(texts).toEqual([expect.any(String), null, expect.any(String)]);
    const { stage, closures, repository } = pass;
    if (stage === undefined) throw new Error('no copy was made');
    const said = await startTogether(['K8s/a', 'K8s/b'], { stage, pass });
    // As if they were one, kustomize writes the name that the one's map has in the end into the other.
    expect(said).toMatchObject({ ok: true, text: expect.stringContaining('serviceAccountName: settings') });
    expect(said).toMatchObject({ text: expect.stringMatching(/configMapRef:\n +name: settings-\w{10}\n/) });
    expect(await alone('K8s/a', pass)).toMatch(/configMapRef:\n +name: settings\n/);
    const [a, b, c] = folders.map((folder) => {
      const analysis = closures.analysis(folder);
      const foreseen = analysis && foresee(analysis, { closures, repository, readAs: ({ value }) => value });
      return memberOf(folder, closures.closure(folder), foreseen ?? null, repository);
    });
    if (!a || !b || !c) throw new Error('a folder was not foreseen');
    expect([areStrangers(a, b), areStrangers(b, c), areStrangers(a, c)]).toEqual([false, false, true]);
  });
});

/** Names are few, so that folders have some in common, and some are what others' names begin with. */
const names = ['web', 'web-settings', 'robot', 'db', 'queue', 'cache', 'mail', 'shop', 'pay', 'cart'];
const name = fc.constantFrom(...names);
const namespace = fc.constantFrom('one', 'two', 'web');
const settings = (own: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${own}}\ndata:\n  text: |\n    ---\n    metadata:\n      name: other\n`;
const manifest = fc.oneof(
  fc.tuple(name, namespace).map(([own, space]) => account(own, space)),
  fc.tuple(name, name).map(([own, used]) => binding(own, used)),
  fc.tuple(name, name).map(([own, used]) => deployment(own, used)),
  name.map(settings),
  fc
    .tuple(name, name)
    .map(
      ([own, used]) =>
        `apiVersion: v1\nkind: Secret\nmetadata: {name: ${own}, annotations: {for: ${used}}}\nstringData: {a: secret}\n`,
    ),
  name.map((own) => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${own}}\n`),
);
const fields = fc.constantFrom(
  '',
  'namespace: one\n',
  'namespace: web\nlabels: [{pairs: {team: a}, includeSelectors: true}]\n',
  'images: [{name: shop, newTag: "2"}]\n',
  'configMapGenerator: [{name: queue, literals: [a=b]}]\n',
  'configMapGenerator: [{name: cache, literals: [a=b]}]\nnamespace: two\n',
  'patches: [{target: {kind: ConfigMap}, patch: "[{op: add, path: /data/more, value: mail}]"}]\n',
  'patches: [{target: {kind: Deployment}, patch: "{apiVersion: v1, kind: x, metadata: {name: x}, $patch: delete}"}]\n',
  'commonAnnotations: {owner: shop}\n',
  'namePrefix: web-\n',
  'nameSuffix: -settings\nnamespace: one\n',
  'patches: [{target: {kind: Deployment}, patch: "[{op: replace, path: /metadata/name, value: cart}]"}]\n',
  'patches: [{target: {kind: ConfigMap}, patch: "[{op: replace, path: /metadata/name, value: web-settings}]"}]\n',
  'sortOptions: {order: fifo}\n',
  'secretGenerator: [{name: mail, literals: [password=robot]}]\n',
);
const folder = fc.record({ manifests: fc.array(manifest, { minLength: 1, maxLength: 2 }), fields });

/** All of them share a build. */
const strangers = names.slice(2).map((own) => ({ manifests: [account(own, 'one')], fields: '' }));

test('what kustomize writes of a folder is the same, byte for byte, alone and with others', async () => {
  let shared = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(folder, { minLength: 8, maxLength: 8 }), async (folders) => {
      const files = folders.flatMap(({ manifests, fields }, index) => [
        [`K8s/${index}/kustomization.yaml`, `resources: [own.yaml]\n${fields}`],
        [`K8s/${index}/own.yaml`, manifests.join('---\n')],
      ]);
      files.push(['K8s/none/kustomization.yaml', 'resources: []\nnamespace: one\n']);
      await opened(Object.fromEntries(files), async (pass) => {
        const together = openTogether(pass);
        const told = await Promise.all(
          pass.standing.map(async (one) => [one, await together.textOf(one)] as const),
        );
        for (const [one, text] of told) {
          if (text === null) continue;
          shared++;
          expect(text).toBe(await alone(one, pass));
        }
      });
    }),
    { numRuns: runs(4), examples: [[strangers]] },
  );
  // Those of the example, and of the others as many as kustomize does not refuse.
  expect(shared).toBeGreaterThanOrEqual(strangers.length);
});
