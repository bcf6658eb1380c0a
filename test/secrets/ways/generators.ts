import type { Ways } from '../ways.ts';

const inKustomization = (text: string, more: Record<string, string> = {}) => ({
  'k/kustomization.yaml': text,
  ...more,
});

/** What kustomize makes a Secret of. */
export const generators: Ways = {
  literals: inKustomization(
    'secretGenerator:\n- name: NAME\n  literals: [user=me, "password=N", \'q="N"\']\n  # password=N\n',
  ),
  files: inKustomization('secretGenerator:\n- name: NAME\n  files: [f.txt, key=g.yaml, h.json]\n', {
    'k/f.txt': 'N\n',
    'k/g.yaml': 'token: N\n',
    'k/h.json': '{"token": "N"}',
  }),
  'files of environment': inKustomization('secretGenerator:\n- name: NAME\n  envs: [a.env, b.txt]\n', {
    'k/a.env': 'T=N\n',
    'k/b.txt': '# N\nU=N\n',
  }),
  'one file of environment': inKustomization('secretGenerator:\n- name: NAME\n  env: c.properties\n', {
    'k/c.properties': 'T=N\n',
  }),
  'a literal without a key': inKustomization('secretGenerator:\n- name: NAME\n  literals: ["N"]\n'),
  'a literal that is none': inKustomization('secretGenerator:\n- name: NAME\n  literals: ["x=N", {z: N}]\n'),
  'literals of one key': inKustomization('secretGenerator:\n- name: NAME\n  literals: [a=N, a=N2]\n'),
  'literals that are no list': inKustomization('secretGenerator:\n- name: NAME\n  literals: x=N\n'),
  'a generator that is no list': inKustomization('secretGenerator:\n  name: NAME\n  literals: [x=N]\n'),
  'env lines that are none': inKustomization('secretGenerator:\n- name: NAME\n  envs: [e.env]\n', {
    'k/e.env': '=N\n',
  }),
  'a merge with another': inKustomization(
    'resources: [base]\nsecretGenerator:\n- {name: NAME, behavior: merge, literals: [b=N]}\n',
    { 'k/base/kustomization.yaml': 'secretGenerator:\n- {name: NAME, literals: [a=N]}\n' },
  ),
  'a merge with nothing': inKustomization(
    'secretGenerator:\n- {name: NAME, behavior: merge, literals: [b=N]}\n',
  ),
  'two of one name': inKustomization(
    'secretGenerator:\n- {name: NAME, literals: [b=N]}\n- {name: NAME, literals: [b=N]}\n',
  ),
  'a field that there is not': inKustomization(
    'secretGenerator:\n- {name: NAME, literal: [b=N], stringData: {x: N}, data: {x: N}}\n',
  ),
  'a component': inKustomization('components: [c]\nresources: [a.yaml]\n', {
    'k/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME}\n',
    'k/c/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nsecretGenerator:\n- {name: NAME, literals: [a=N], files: [x.txt]}\n',
    'k/c/x.txt': 'N',
  }),
  'a file of another folder': inKustomization('resources: [../l]\n', {
    'l/kustomization.yaml': 'secretGenerator:\n- {name: NAME, files: [deep/x.conf]}\n',
    'l/deep/x.conf': 'password N\n',
  }),
  'a plugin in a file': inKustomization('generators: [g.yaml]\n', {
    'k/g.yaml':
      'apiVersion: builtin\nkind: SecretGenerator\nmetadata: {name: NAME}\nliterals: [x=N]\nfiles: [y=f.txt]\nenvs: [e.txt]\n',
    'k/f.txt': 'N',
    'k/e.txt': 'z=N\n',
  }),
  'a plugin within the kustomization': inKustomization(
    'generators:\n- |-\n  apiVersion: builtin\n  kind: SecretGenerator\n  metadata: {name: NAME}\n  literals: [x=N]\n  files: [y=f.txt]\n',
    { 'k/f.txt': 'N' },
  ),
  'a plugin with data': inKustomization(
    'generators:\n- |-\n  apiVersion: builtin\n  kind: SecretGenerator\n  metadata: {name: NAME}\n  literals: [x=N\n',
  ),
  'a kustomization that is broken': inKustomization(
    'secretGenerator:\n- name: NAME\n  literals: [x=N\n  - y=N\n',
  ),
};
