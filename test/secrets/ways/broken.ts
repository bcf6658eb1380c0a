import type { Ways } from '../ways.ts';

/** A document that is no YAML as it stands: nobody knows what it was to be. */
export const broken: Ways = {
  'an anchor before the kind of a broken one': {
    'a.yaml': 'kind: &k Secret\nstringData:\n  x: N\n  y: [N\n',
  },
  'a tag before the kind of a broken one': { 'a.yaml': 'kind: !!str Secret\nstringData:\n  x: N\n  y: "N\n' },
  'no kind': { 'a.yaml': 'metadata: {name: NAME}\nstringData:\n  password: N\n z: [\n' },
  'the kind last': { 'a.yaml': 'stringData:\n  x: N\n  y: {N\nkind: Secret\n' },
  'JSON that ends early': { 'a.json': '{"stringData": {"x": "N", "kind": "Secret"' },
  'JSON with a comma too many': { 'a.json': '{"kind": "Secret", "stringData": {"x": "N",, }, }' },
  'an alias that nothing is': { 'a.yaml': 'kind: Secret\nstringData:\n  x: *N\n' },
  'an alias into another document': {
    'a.yaml': 'kind: ConfigMap\nx: &a q\n---\nkind: Secret\nstringData:\n  x: *a\n  z: N\n',
  },
  'a quote that does not end': {
    'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData:\n  x: "N\n  z: N\n',
  },
  'a bracket that does not end': { 'a.yaml': 'apiVersion: v1\nkind: Secret\nstringData: {x: N\n' },
  'a tab': { 'a.yaml': 'apiVersion: v1\nkind: Secret\nstringData:\n\tx: N\n\tz: N\n' },
  'an indentation that is wrong': {
    'a.yaml': 'apiVersion: v1\nkind: Secret\nstringData:\n    x: N\n  z: N\n',
  },
  'an escape that is none': { 'a.yaml': 'apiVersion: v1\nkind: Secret\nstringData:\n  x: "\\q N"\n' },
  'a colon too many': { 'a.yaml': 'apiVersion: v1\nkind: Secret\nstringData:\n  x: N: N\n' },
  'a mark that is reserved': {
    'a.yaml': 'apiVersion: v1\nkind: Secret\nstringData:\n  x: @N\n  z: %N\n  q: `N`\n',
  },
  'a tag that nobody knows': {
    'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData:\n  x: !vault N\n  z: !q N\n',
  },
  'a merge of no map': {
    'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData:\n  <<: N\n  z: N\n',
  },
  'a block with a wrong head': { 'a.yaml': 'apiVersion: v1\nkind: Secret\nstringData:\n  x: |N\n    N\n' },
  'a key that is a map': {
    'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData:\n  {x: N}: N\n  [N]: q\n',
  },
  'aliases that grow': {
    'a.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData:\n  a: &a [N, N]\n${'bcdefghi'
      .split('')
      .map((name, index) => `  ${name}: &${name} [${`*${'abcdefgh'[index]},`.repeat(9)}]\n`)
      .join('')}`,
  },
  'a second document': {
    'a.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME}\n---\napiVersion: v1\nkind: Secret\nstringData:\n  x: "N\n',
  },
  'a mark of a merge conflict': {
    'a.yaml':
      'apiVersion: v1\nkind: Secret\nstringData:\n<<<<<<< HEAD\n  x: N\n=======\n  x: N2\n>>>>>>> other\n',
  },
  'a character that nothing prints': {
    'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData:\n  x: "\0N"\n',
  },
  'a template among the manifests': {
    'a.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData:\n  x: {{ .Values.a | default "N" }}\n',
  },
};
