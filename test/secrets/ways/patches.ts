import type { Ways } from '../ways.ts';

const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\ndata: {}\n';
const over = (kustomization: string, more: Record<string, string> = {}) => ({
  'k/kustomization.yaml': `resources: [a.yaml]\n${kustomization}`,
  'k/a.yaml': secret,
  ...more,
});
const merged = 'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData: {x: N}\n';

/** What kustomize writes into a Secret, or tries to. */
export const patches: Ways = {
  'a merge patch': over(`patches:\n- patch: |-\n    ${merged.replaceAll('\n', '\n    ')}\n`),
  'a merge patch in one line': over(
    `patches:\n- patch: '{apiVersion: v1, kind: Secret, metadata: {name: NAME}, stringData: {x: N}}'\n`,
  ),
  'a merge patch in a file': over('patches: [{path: p.yaml}]\n', { 'k/p.yaml': merged }),
  'a merge patch without a kind': over('patches:\n- target: {kind: Secret}\n  patch: "stringData: {x: N}"\n'),
  'a merge patch in a file without a kind': over('patches: [{path: p.yaml, target: {kind: Secret}}]\n', {
    'k/p.yaml': 'metadata: {name: q}\nstringData: {x: N}\n',
  }),
  'an old merge patch': over(`patchesStrategicMerge:\n- |-\n  ${merged.replaceAll('\n', '\n  ')}\n`),
  'an old merge patch in a file': over('patchesStrategicMerge: [p.yaml]\n', { 'k/p.yaml': merged }),
  'an operation': over(
    'patches:\n- target: {kind: Secret}\n  patch: |-\n    - {op: add, path: /data/x, value: E}\n',
  ),
  'an operation in JSON': over(
    `patches:\n- target: {kind: Secret}\n  patch: '[{"op": "add", "path": "/stringData", "value": {"x": "N"}}]'\n`,
  ),
  'an operation in a file': over('patches: [{path: p.yaml, target: {kind: Secret, name: NAME}}]\n', {
    'k/p.yaml': '- {op: add, path: /data/x, value: N}\n',
  }),
  'an operation in a file of JSON': over('patches: [{path: p.json, target: {kind: Secret}}]\n', {
    'k/p.json': '[{"op": "add", "path": "/data/x", "value": "E"}]',
  }),
  'an old operation': over(
    'patchesJson6902:\n- target: {version: v1, kind: Secret, name: NAME}\n  patch: "[{op: add, path: /data/x, value: N}]"\n',
  ),
  'an old operation in a file': over(
    'patchesJson6902: [{target: {version: v1, kind: Secret, name: NAME}, path: p.yaml}]\n',
    { 'k/p.yaml': '- {op: add, path: /data/x, value: N}\n' },
  ),
  'a test that fails': over(
    'patches:\n- target: {kind: Secret}\n  patch: |-\n    - {op: test, path: /data/x, value: N}\n',
  ),
  'an operation on the whole': over(
    'patches:\n- target: {kind: Secret}\n  patch: |-\n    - {op: replace, path: "", value: {data: {x: N}}}\n',
  ),
  'an operation that is none': over(
    'patches:\n- target: {kind: Secret}\n  patch: |-\n    - {op: set, path: /data/x, value: N}\n',
  ),
  'no kind of the target': over(
    'patches:\n- target: {name: NAME}\n  patch: |-\n    - {op: add, path: /data/x, value: N}\n',
  ),
  'a pattern of the target': over(
    'patches:\n- target: {kind: Sec.*}\n  patch: |-\n    - {op: add, path: /data/x, value: N}\n',
  ),
  'a label of the target': over(
    'patches:\n- target: {labelSelector: a=b}\n  patch: |-\n    - {op: add, path: /data/x, value: N}\n',
  ),
  'no kind of the target of a file': over('patches: [{path: p.yaml, target: {name: NAME}}]\n', {
    'k/p.yaml': '- {op: add, path: /data/x, value: N}\n',
  }),
  'a Secret that is not there': over(
    `patches:\n- patch: |-\n    ${merged.replace('NAME', 'q').replaceAll('\n', '\n    ')}\n`,
  ),
  'a patch that is no YAML': over(
    'patches:\n- target: {kind: Secret}\n  patch: |-\n    kind: Secret\n    stringData: {x: N\n',
  ),
  'a patch of a component': over('components: [c]\n', {
    'k/c/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n- patch: |-\n    ${merged.replaceAll('\n', '\n    ')}\n`,
  }),
  'a transformer': over(
    'transformers:\n- |-\n  apiVersion: builtin\n  kind: PatchTransformer\n  metadata: {name: t}\n  target: {kind: Secret}\n  patch: "[{op: add, path: /data/x, value: N}]"\n',
  ),
  'a transformer in a file': over('transformers: [t.yaml]\n', {
    'k/t.yaml':
      'apiVersion: builtin\nkind: PatchJson6902Transformer\nmetadata: {name: t}\ntarget: {version: v1, kind: Secret, name: NAME}\njsonOp: "[{op: add, path: /data/x, value: N}]"\n',
  }),
  'a transformer of merges': over('transformers: [t.yaml]\n', {
    'k/t.yaml':
      'apiVersion: builtin\nkind: PatchStrategicMergeTransformer\nmetadata: {name: t}\npatches: "{apiVersion: v1, kind: Secret, metadata: {name: NAME}, stringData: {x: N}}"\n',
  }),
  'a patch of an Application': {
    'a.yaml':
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: NAME, namespace: argocd}\nspec: {project: default, destination: {server: https://kubernetes.default.svc}, source: {repoURL: https://git.example.com/r.git, path: K8s/none, kustomize: {patches: [{target: {kind: Secret}, patch: "[{op: add, path: /data/x, value: N}]"}, {patch: "{apiVersion: v1, kind: Secret, metadata: {name: q}, stringData: {x: N}}"}]}}}\n',
  },
  'a patch of Flux': {
    'a.yaml':
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: NAME}\nspec: {path: ./x, sourceRef: {kind: GitRepository, name: g}, patches: [{target: {kind: Secret}, patch: "- {op: add, path: /data/x, value: N}"}]}\n',
  },
};
