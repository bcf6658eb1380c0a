import type { Ways } from '../ways.ts';

/** A Secret that stands in a file of its own, however YAML and JSON let one write it. */
export const documents: Ways = {
  'data in Base64': { 'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\ndata: {x: E}\n' },
  'data that is no Base64': {
    'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\ndata: {x: N!}\n',
  },
  'data in Base64 twice': {
    'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\ndata: {x: EE}\n',
  },
  stringData: { 'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData:\n  x: N\n' },
  'data deep below': {
    'a.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\ndata: {x: [N, {z: N}], q: {r: {s: N}}}\n',
  },
  'data that is a text': { 'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\ndata: N\n' },
  'stringData that is a list': {
    'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData: [N, x=N]\n',
  },
  'binary by a tag': {
    'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\ndata: {x: !!binary E}\n',
  },
  'a comment beside it': {
    'a.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData:\n  # was N\n  x: "q" # not N\n',
  },
  'a comment at the top': {
    'a.yaml': '# N\napiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData: {x: N}\n',
  },
  'a comment at the end': {
    'a.yaml': 'apiVersion: v1\nkind: Secret\nstringData: {x: N}\nmetadata: {name: NAME} # N\n# N\n',
  },
  'a comment between documents': {
    'a.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData: {x: N}\n---\n# N\napiVersion: v1\nkind: Secret\nmetadata: {name: NAME-2}\nstringData: {x: N}\n...\n',
  },
  'one that is commented out': {
    'a.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\n# stringData:\n#   x: N\n---\n# apiVersion: v1\n# kind: Secret\n# stringData:\n#   x: N\n',
  },
  'a literal block': {
    'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData:\n  x: |\n    N\n    N\n',
  },
  'a folded block with marks': {
    'a.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData:\n  x: >1-\n    N\n\n  z: |+\n   N\n\n\n',
  },
  'a plain text over lines': {
    'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData:\n  x: q\n    N\n    N\n',
  },
  'a quoted text over lines': {
    'a.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData:\n  x: "q\n    N \\\n    N"\n  z: \'N\'\n',
  },
  'an explicit key': {
    'a.yaml': 'apiVersion: v1\n? kind\n: Secret\nmetadata: {name: NAME}\n? stringData\n: ? x\n  : N\n',
  },
  'an anchor and its alias': {
    'a.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME, annotations: {note: &v N}}\nstringData: {x: *v}\n',
  },
  'a merge key': {
    'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData: {<<: {x: N}}\n',
  },
  'a merge from elsewhere': {
    'a.yaml': 'base: &b {stringData: {x: N}}\nkind: Secret\napiVersion: v1\nmetadata: {name: NAME}\n<<: *b\n',
  },
  'a merge that brings the kind': {
    'a.yaml': 'base: &b {kind: Secret}\n<<: *b\napiVersion: v1\nmetadata: {name: NAME}\nstringData: {x: N}\n',
  },
  'an anchor of another document': {
    'a.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData: &s {x: N}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: NAME-2}\nstringData: *s\n',
  },
  'an anchor before the kind': {
    'a.yaml': 'apiVersion: v1\nkind: &k Secret\nmetadata: {name: NAME}\nstringData: {x: N}\n',
  },
  'a tag before the kind': {
    'a.yaml': 'apiVersion: v1\nkind: !!str Secret\nmetadata: {name: NAME}\nstringData: {x: N}\n',
  },
  'a kind in quotes': {
    'a.yaml': '"apiVersion": "v1"\n"kind": "\\x53ecret"\nmetadata: {name: NAME}\n"stringData": {x: N}\n',
  },
  'a kind over lines': {
    'a.yaml': 'apiVersion: v1\nkind: >-\n  Secret\nmetadata: {name: NAME}\nstringData: {x: N}\n',
  },
  'two kinds': {
    'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nkind: Secret\nmetadata: {name: NAME}\nstringData: {x: N}\n',
    'b.yaml': 'apiVersion: v1\nkind: Secret\nkind: ConfigMap\nmetadata: {name: NAME}\nstringData: {x: N}\n',
  },
  'a key given twice': {
    'a.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData: {x: N, x: N}\nstringData: {x: N}\n',
  },
  'no apiVersion': { 'a.yaml': 'kind: Secret\nmetadata: {name: NAME}\nstringData: {x: N}\n' },
  'no name': {
    'a.yaml':
      'apiVersion: v1\nkind: Secret\nstringData: {x: N}\n---\napiVersion: v1\nkind: Secret\nmetadata: [q]\ndata: {x: N}\n',
  },
  'a type of its own': {
    'a.yaml':
      'apiVersion: v1\nkind: Secret\nimmutable: true\ntype: kubernetes.io/dockerconfigjson\nmetadata: {name: NAME}\nstringData:\n  .dockerconfigjson: |\n    {"auths": {"r.example": {"password": "N", "auth": "E"}}}\n',
  },
  'the last configuration applied': {
    'a.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: NAME\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      {"apiVersion":"v1","kind":"Secret","stringData":{"x":"N"}}\n',
  },
  JSON: {
    'a.json': '{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "NAME"}, "data": {"x": "E"}}',
  },
  'JSON in a file of YAML': {
    'a.yaml':
      '{\n\t"apiVersion": "v1",\n\t"kind": "Secret",\n\t"metadata": {"name": "NAME"},\n\t"stringData": {"x": "N"}\n}\n',
  },
  'JSON with the data first': {
    'a.json':
      '{"stringData": {"x": "N"}, "kind": "Secret", "apiVersion": "v1", "metadata": {"name": "NAME"}}',
  },
  'lines as on Windows': {
    'a.yaml':
      '\ufeffapiVersion: v1\r\nkind: Secret\r\nmetadata: {name: NAME}\r\nstringData:\r\n  x: N\r\n  z: |\r\n    N\r\n',
  },
  'a file without an end of YAML': {
    'a.json.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData: {x: N}',
  },
};
