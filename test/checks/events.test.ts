import { rmSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { checkPlatform } from '../../plugins/checks/index.ts';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { repositoryFrom } from './engine.ts';

const tree = (conditions: string): string => `==> K8s/web/source.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: git}
spec:
  webhook:
    push: {port: "12000", endpoint: /push, method: POST}
    tag: {port: "12000", endpoint: /tag, method: POST}
==> K8s/web/sensor.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: on-push}
spec:
  dependencies:
    - {name: pushed, eventSourceName: git, eventName: push}
    - {name: tagged, eventSourceName: git, eventName: tag}
  triggers:
    - template:
        name: tell
        conditions: ${conditions}
        log: {}
`;

it('finds a condition that names no dependency, at its line, with the nearest', async () => {
  const [fault, ...others] = await faultsOf('pushed && taged');
  expect(others).toEqual([]);
  expect(fault).toMatchObject({
    rule: 'event-route-dead',
    severity: 'error',
    message: '`Sensor/on-push` fires trigger `tell` on `taged`, which is none of its dependencies',
    candidates: ['tagged'],
    actual: 'dependencies: pushed, tagged',
  });
  expect(fault?.sources[0]).toMatchObject({ file: 'K8s/web/sensor.yaml', line: 11, role: 'waits' });
});

it.each(['pushed', '"pushed && tagged"', '"(pushed||tagged)"'])(
  'takes %s for what it is',
  async (conditions) => {
    expect(await faultsOf(conditions)).toEqual([]);
  },
);

async function faultsOf(conditions: string) {
  const root = repositoryFrom(tree(conditions));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const platform = await loadPlatform({ root });
  return checkPlatform(platform).filter(({ rule }) => rule === 'event-route-dead');
}
