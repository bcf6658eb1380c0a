/** Who asks for one page waits for no more than it speaks of. */
import { expect, test } from 'vitest';
import { createEngine, pageReports } from '../../plugins/engine/index.ts';
import type { Model } from '../../plugins/model/index.ts';
import { engineWithPages, fixture } from '../checks/engine.ts';
import { d2 } from '../d2/helpers.ts';

/** Parts of a model that nobody has read yet. */
function unmade(model: Model): string[] {
  return Object.entries(Object.getOwnPropertyDescriptors(model)).flatMap(([key, { get }]) =>
    get === undefined ? [] : [key],
  );
}

const page = `---
title: Cart
---

\`Deployment/cart\` runs :fact[2]{value="resource('Deployment/cart').spec.replicas"} pods behind \`Service/cart\`, and lies
under \`K8s/shop/cart\`. :claim[None is early]{of="kind == 'Deployment' && namespace == 'shop'" all="wave >= 0"}.

::table{view="resources" where="namespace == 'shop'" columns="kind, name, wave"}
`;

test('a page about resources is checked without relations, policies, routes or faults of manifests', async () => {
  const bench = await engineWithPages();
  const engine = await createEngine({ root: fixture, docs: bench.docs, d2, cache: false });
  const [report] = await pageReports(engine, { pages: [bench.write(page)] });
  expect(report?.verdicts.map(({ outcome }) => outcome)).not.toContain('unverified');
  expect(report?.verdicts.length).toBeGreaterThan(4);
  expect(unmade(engine.platform.model)).toEqual(
    expect.arrayContaining([
      ...['relations', 'policies', 'policyResults', 'routes', 'gateways', 'ingresses', 'events'],
      ...['secretReads', 'secretPushes', 'stacks', 'ignoredDifferences', 'findings', 'unverified'],
    ]),
  );
  await Promise.all([engine.dispose(), bench.close()]);
});
