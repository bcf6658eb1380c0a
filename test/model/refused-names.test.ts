import { expect, it } from 'vitest';
import { isRefusedName } from '../../plugins/model/refused-names.ts';

it.each<[string, string, string, boolean]>([
  ['', 'ConfigMap', 'with_underscore', true],
  ['apps', 'Deployment', 'web', false],
  // Servers of their own take any one segment of a path.
  ['rbac.authorization.k8s.io', 'ClusterRole', 'system:aggregate', false],
  ['user.openshift.io', 'Group', 'demolab_team', false],
  ['image.openshift.io', 'ImageStream', 'label_sync', false],
  ['user.openshift.io', 'Group', 'a/b', true],
])('%s %s %s: %j', (group, kind, name, isRefused) => {
  expect(isRefusedName({ group, kind, name, application: 'web' })).toBe(isRefused);
});
