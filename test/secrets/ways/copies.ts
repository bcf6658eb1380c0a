import type { Ways } from '../ways.ts';

const copied = (kustomization: string, secret = 'stringData: {x: N}') => ({
  'k/kustomization.yaml': `resources: [a.yaml, b.yaml]\n${kustomization}`,
  'k/a.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\n${secret}\n`,
  'k/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME}\ndata: {x: y, z: "a:b"}\n',
});
const into = 'targets: [{select: {kind: ConfigMap}, fieldPaths: [data.x]}]';

/** What kustomize copies out of a Secret. */
export const copies: Ways = {
  'the whole': copied(
    `replacements:\n- source: {kind: Secret, name: NAME, fieldPath: stringData.x}\n  ${into}\n`,
  ),
  'the whole of data': copied(
    `replacements:\n- source: {kind: Secret, name: NAME, fieldPath: data.x}\n  ${into}\n`,
    'data: {x: E}',
  ),
  'a part': copied(
    `replacements:\n- source: {kind: Secret, name: NAME, fieldPath: stringData.x, options: {delimiter: ":", index: 1}}\n  ${into}\n`,
    'stringData: {x: "user:N"}',
  ),
  'into a part': copied(
    'replacements:\n- source: {kind: Secret, name: NAME, fieldPath: stringData.x}\n  targets: [{select: {kind: ConfigMap}, fieldPaths: [data.z], options: {delimiter: ":", index: 1}}]\n',
  ),
  'into a name': copied(
    'replacements:\n- source: {kind: Secret, name: NAME, fieldPath: stringData.x}\n  targets: [{select: {kind: ConfigMap}, fieldPaths: [metadata.annotations.x], options: {create: true}}]\n',
  ),
  'of one that is only local': copied(
    `replacements:\n- source: {kind: Secret, name: NAME, fieldPath: stringData.x}\n  ${into}\n`,
    'stringData: {x: N}',
  ),
  'by a file': {
    ...copied('replacements: [{path: r.yaml}]\n'),
    'k/r.yaml': `source: {kind: Secret, name: NAME, fieldPath: stringData.x}\n${into}\n`,
  },
  'by a transformer': copied(
    `transformers:\n- |-\n  apiVersion: builtin\n  kind: ReplacementTransformer\n  metadata: {name: t}\n  replacements:\n  - source: {kind: Secret, name: NAME, fieldPath: stringData.x, options: {delimiter: "/"}}\n    ${into}\n`,
    'stringData: {x: "N/y"}',
  ),
  'by a variable': {
    ...copied(
      'vars: [{name: V, objref: {kind: Secret, name: NAME, apiVersion: v1}, fieldref: {fieldpath: stringData.x}}]\n',
    ),
    'k/b.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: NAME}\nspec: {template: {spec: {containers: [{name: c, args: ["--password=$(V)"]}]}}}\n',
  },
  'one that is refused': copied(
    'replacements:\n- source: {kind: Secret, name: NAME, fieldPath: stringData.none}\n  targets: [{select: {kind: Secret}, fieldPaths: [data.x]}]\n',
    'stringData: {x: N}\ndata: [N]',
  ),
};
