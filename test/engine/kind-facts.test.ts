import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { kubectlTarget, shellLine } from '../../plugins/engine/explain/kinds/shell.ts';

test.each([
  ["it's", ['get', '-n', "a b'c", "configmap/it's"]],
  ['$(touch x) `id`; rm *', ['get', '-n', "a b'c", 'configmap/$(touch x) `id`; rm *']],
])('a shell reads a name back as it is: %s', (name, words) => {
  const line = shellLine(
    'printf',
    '%s\\n',
    'get',
    ...kubectlTarget({ kind: 'ConfigMap', group: '', namespace: "a b'c", name }),
  );
  const read = execFileSync('sh', ['-c', (line ?? '').replace('%s\\n', "'%s\\n'")], { encoding: 'utf8' });
  expect(read.trimEnd().split('\n')).toEqual(words);
});

test('no line is written where a name would be an option or holds a line’s end', () => {
  const target = { kind: 'ConfigMap', group: '', name: 'a' };
  expect(shellLine('kubectl', ...kubectlTarget({ ...target, namespace: '--all' }))).toBeNull();
  expect(shellLine('kubectl', ...kubectlTarget({ ...target, namespace: 'a\nb' }))).toBeNull();
});

test('a kind that another group may have too is named with its group', () => {
  const line = (kind: string, group: string) =>
    shellLine('kubectl', 'get', ...kubectlTarget({ kind, group, namespace: null, name: 'a' }));
  expect(line('Deployment', 'apps')).toBe('kubectl get deployment/a');
  expect(line('Application', 'argoproj.io')).toBe('kubectl get application.argoproj.io/a');
});
