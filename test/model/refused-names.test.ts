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

it('lets whoever applies an object by hand fill in a word of its name', () => {
  const job = { group: 'batch', kind: 'Job', name: 'restore-TIMESTAMP' };
  expect(isRefusedName({ ...job, application: null })).toBe(false);
  expect(isRefusedName({ ...job, application: 'web' })).toBe(true);
  expect(isRefusedName({ ...job, name: 'RTX6000-micro', application: null })).toBe(true);
});
