/** Overlays for clusters that are not known: what each makes of one document, and what may be said of it. */
import { afterAll, describe, expect, it } from 'vitest';
import { checkPages, createEngine } from '../../plugins/engine/index.ts';
import { d2 } from '../d2/helpers.ts';
import { tree } from '../source/tree.ts';

const web = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, annotations: {argocd.argoproj.io/sync-wave: "1"}}
spec: {replicas: 1, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: main, image: "a:1"}]}}}
`;
const files = {
  'base/web.yaml': web,
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'overlays/dev/kustomization.yaml': 'resources: [../../base]\n',
  'overlays/prod/kustomization.yaml': 'resources: [../../base]\nreplicas: [{name: web, count: 3}]\n',
  'alone/one.yaml': web.replace('name: web', 'name: alone'),
};
const roots: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const dispose of roots) await dispose();
});

async function outcomesOf(page: string[], more: Record<string, string> = {}): Promise<string[]> {
  const text = `---\ntitle: Page\n---\n\n${page.map((line) => `- ${line}\n`).join('')}`;
  const engine = await createEngine({ root: tree({ ...files, 'docs/page.md': text, ...more }), d2 });
  roots.push(() => engine.dispose());
  const { pages } = await checkPages(engine);
  return pages.flatMap(({ verdicts }) => verdicts.map(({ outcome }) => outcome));
}

const of = "of=\"kind == 'Deployment' && name == 'web'\"";

describe('what several overlays make of one document', () => {
  it('is verified in what they have in common alone', async () => {
    expect(
      await outcomesOf([
        `:claim[It runs once]{${of} all="spec.replicas == 1"}`,
        `:claim[It runs three times]{${of} all="spec.replicas == 3"}`,
        `:claim[It runs four times]{${of} all="spec.replicas == 4"}`,
        `:claim[It has a container]{${of} all="spec.template.spec.containers.size() == 1"}`,
        `:claim[It has a wave]{${of} all="wave == 1"}`,
        ':fact[2]{count="kind == \'Deployment\'"}',
        ':fact[1]{value="resource(\'Deployment/web\').spec.replicas"}',
        ':claim[Some runs three times]{of="spec.?replicas.orValue(0) == 3" any="true"}',
        ':claim[The other runs once]{of="name == \'alone\'" all="spec.replicas == 1"}',
      ]),
    ).toEqual([
      ...['unverified', 'unverified', 'unverified', 'true', 'true', 'true'],
      ...['unverified', 'unverified', 'true'],
    ]);
  });

  it('makes what an application of it deploys unknown, where its source is another each time', async () => {
    const root = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: root, namespace: argocd}
spec:
  project: default
  source: {repoURL: "https://git.example.com/a.git", path: alone}
  destination: {server: "https://kubernetes.default.svc", namespace: web}
`;
    const more = {
      'plumbline.yaml': 'repository: {url: "https://git.example.com/a.git"}\n',
      'roots/base/root.yaml': root,
      'roots/base/kustomization.yaml': 'resources: [root.yaml]\n',
      'roots/east/kustomization.yaml': 'resources: [../base]\n',
      'roots/west/kustomization.yaml':
        'resources: [../base]\npatches:\n  - target: {kind: Application}\n    patch: |-\n      - {op: replace, path: /spec/source/path, value: other}\n',
      'other/two.yaml': web.replace('name: web', 'name: two'),
    };
    const claims = [
      ':claim[The root deploys one]{of="application == \'root\'" all="name == \'alone\'"}',
      ':claim[The root is in default]{over="applications" of="name == \'root\'" all="project == \'default\'"}',
    ];
    expect(await outcomesOf(claims, more)).toEqual(['unverified', 'unverified']);
    // One that deploys its own folder is deployed by nobody else.
    const own = Object.fromEntries(
      ['east', 'west'].map((name) => [
        `roots/${name}/kustomization.yaml`,
        `resources: [../base]\npatches:\n  - target: {kind: Application}\n    patch: |-\n      - {op: replace, path: /spec/source/path, value: roots/${name}}\n`,
      ]),
    );
    expect(await outcomesOf(claims.slice(1), { ...more, ...own })).toEqual(['unverified']);
  });

  it('is what the folder makes that the configuration says is applied', async () => {
    expect(
      await outcomesOf(
        [
          `:claim[It runs once]{${of} all="spec.replicas == 1"}`,
          `:claim[It runs three times]{${of} all="spec.replicas == 3"}`,
        ],
        { 'plumbline.yaml': 'deploy: [overlays/prod]\n' },
      ),
    ).toEqual(['false', 'true']);
  });
});
