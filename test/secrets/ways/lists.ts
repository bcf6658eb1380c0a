import type { Ways } from '../ways.ts';

const secret = '{apiVersion: v1, kind: Secret, metadata: {name: NAME}, stringData: {x: N}}';

/** A Secret within something else. */
export const lists: Ways = {
  'a List': { 'a.yaml': `apiVersion: v1\nkind: List\nitems: [${secret}]\n` },
  'a List in a List': {
    'a.yaml': `apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: List, items: [${secret}]}]\n`,
  },
  'a SecretList whose items say no kind': {
    'a.yaml': 'apiVersion: v1\nkind: SecretList\nitems:\n- metadata: {name: NAME}\n  stringData: {x: N}\n',
  },
  'a list without a kind': { 'a.yaml': `items: [${secret}]\n` },
  'a list of another kind': { 'a.yaml': `apiVersion: v1\nkind: ConfigMapList\nitems: [${secret}]\n` },
  'a list at the top': { 'a.yaml': `- ${secret}\n- N: ${secret}\n`.replace('N:', 'q:') },
  'a List in JSON': {
    'a.json':
      '{"kind": "List", "apiVersion": "v1", "items": [{"kind": "Secret", "apiVersion": "v1", "metadata": {"name": "NAME"}, "data": {"x": "E"}}]}',
  },
  'a template of OpenShift': {
    'a.yaml': `apiVersion: template.openshift.io/v1\nkind: Template\nmetadata: {name: NAME}\nobjects: [${secret}]\n`,
  },
  'an object of Crossplane': {
    'a.yaml': `apiVersion: kubernetes.crossplane.io/v1alpha2\nkind: Object\nmetadata: {name: NAME}\nspec: {forProvider: {manifest: ${secret}}}\n`,
  },
  'a text in a ConfigMap': {
    'a.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME}\ndata:\n  s.yaml: |\n    apiVersion: v1\n    kind: Secret\n    stringData: {x: N}\n',
  },
  'JSON in a ConfigMap': {
    'a.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME}\ndata: {s.json: \'{"kind": "Secret", "data": {"x": "E"}}\'}\n',
  },
  'a broken text in a ConfigMap': {
    'a.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME}\ndata:\n  s.yaml: |\n    kind: Secret\n    stringData: {x: N\n',
  },
  'a resource of a workflow': {
    'a.yaml':
      'apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nmetadata: {name: NAME}\nspec: {templates: [{name: t, resource: {action: create, manifest: "apiVersion: v1\\nkind: Secret\\nstringData:\\n  x: N\\n"}}]}\n',
  },
  'a trigger of a sensor': {
    'a.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: Sensor\nmetadata: {name: NAME}\nspec: {dependencies: [], triggers: [{template: {name: t, k8s: {operation: create, source: {resource: ${secret}}}}}]}\n`,
  },
};
