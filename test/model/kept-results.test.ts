import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { keptResults } from '../../plugins/model/kyverno/kept-results.ts';
import type { Resource } from '../../plugins/model/types.ts';

/** A server whose manifests are edited would else keep each model that it ever had. */
test('what a policy said is kept without the cluster that it was asked of', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const [policy, resource] = [{}, {}] as Resource[];
  let evaluated = 0;
  const askOnce = (): WeakRef<object> => {
    const model = { label: 'own' };
    const environment = {
      namespaceObject: () => ({ metadata: { labels: { label: model.label } } }),
      find: () => ({ is: model.label }),
      ofKind: () => [{ is: model.label }],
    };
    keptResults(policy as Resource, resource as Resource, environment, (seen) => {
      seen.namespaceObject('web');
      seen.labelsGiven?.('web');
      seen.find('', 'ConfigMap', 'web', 'a');
      seen.ofKind('', 'ConfigMap');
      evaluated += 1;
      return [];
    });
    return new WeakRef(model);
  };
  const models = [askOnce(), askOnce()];
  expect(evaluated).toBe(1);
  // What a reference was read from is not collected before the next turn.
  await new Promise((done) => setTimeout(done));
  collect();
  expect(models.map((one) => one.deref())).toEqual([undefined, undefined]);
});
