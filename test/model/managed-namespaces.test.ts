/** Labels of `managedNamespaceMetadata`, and what asks for them. */
import { expect, it } from 'vitest';
import type { JsonObject } from '../../plugins/base/index.ts';
import { managedNamespaces } from '../../plugins/model/argocd/sync/managed-namespaces.ts';
import type { BuildContext } from '../../plugins/model/context.ts';
import { surroundingsOf } from '../../plugins/model/gateway/surroundings.ts';
import { environmentsOf } from '../../plugins/model/kyverno/environment.ts';
import { labelsOfNamespace, subjectOf } from '../../plugins/model/kyverno/evaluate/subject.ts';
import { namespaceSelectorHolds } from '../../plugins/model/kyverno/match.ts';
import { indexResources } from '../../plugins/model/resource-index.ts';
import { knownObjects } from '../../plugins/model/secrets/known-objects.ts';
import { spreadOf } from '../../plugins/model/secrets/spread.ts';
import type { Resource } from '../../plugins/model/types.ts';

function resource(rendered: JsonObject, deployer: string | null = null): Resource {
  const subject = subjectOf(rendered, null);
  const { group, version, kind, name, labels, annotations } = subject;
  return {
    id: `${kind}/${name}`,
    group,
    version,
    kind,
    name,
    namespace: null,
    labels,
    annotations,
    rendered,
    deployer,
  } as unknown as Resource;
}

const application = (name: string, labels: JsonObject, more: { server?: string; option?: string } = {}) =>
  resource({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name },
    spec: {
      destination: { server: more.server ?? 'https://kubernetes.default.svc', namespace: 'shop' },
      syncPolicy: {
        syncOptions: [more.option ?? 'CreateNamespace=true'],
        managedNamespaceMetadata: { labels },
      },
    },
  });
const namespace = (labels: JsonObject, deployer: string | null = null) =>
  resource({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels } }, deployer);
const known = (...all: Resource[]) => {
  const declared = all.find(({ kind }) => kind === 'Namespace');
  return managedNamespaces(indexResources(all)).labelsOf('shop', declared?.labels);
};

it('gives what an Application asks for, if it makes the Namespace', () => {
  expect(known(application('a', { tier: 'gold' }))).toEqual({ labels: { tier: 'gold' }, isWhole: false });
  expect(known(application('a', { tier: 'gold' }, { option: 'CreateNamespace=false' })).labels).toEqual({});
  expect(known(application('a', { tier: 'gold' }), namespace({ team: 'x' }))).toEqual({
    labels: { tier: 'gold', team: 'x' },
    isWhole: true,
  });
});

it('leaves a Namespace to the Application that brings it', () => {
  expect(known(application('a', { tier: 'gold' }), namespace({ team: 'x' }, 'Application/a'))).toEqual({
    labels: { team: 'x' },
    isWhole: true,
  });
});

it('does not know what two say otherwise, nor what one cluster alone says', () => {
  const two = known(application('a', { tier: 'gold', on: 'yes' }), application('b', { tier: 'tin' }));
  expect(two).toEqual({ labels: { on: 'yes' }, isWhole: false });
  expect(known(application('a', { tier: 'gold' }), namespace({ tier: 'tin' })).isWhole).toBe(false);
  const far = application('b', {}, { server: 'https://far' });
  expect(known(application('a', { tier: 'gold' }), far).labels).toEqual({});
});

const gold = { matchLabels: { tier: 'gold' } };

it('counts for selectors of policies, in its own cluster', () => {
  const policy = resource({ apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'p' } });
  const far = application('b', { tier: 'tin' }, { server: 'https://far' });
  const lookup = indexResources([policy, far, application('a', { tier: 'gold' })]);
  const environment = environmentsOf({ lookup }, () => 'in-cluster')(policy);
  const holds = (selector: JsonObject) =>
    namespaceSelectorHolds(selector, 'shop', labelsOfNamespace(environment));
  expect(holds(gold)).toBe(true);
  expect(holds({ matchLabels: { tier: 'tin' } })).toBe(false);
  expect(holds({ matchLabels: { tier: 'tin', other: 'x' } })).toBe(false);
  expect(holds({ matchLabels: { tier: 'gold', other: 'x' } })).toBe(null);
  expect(holds({ matchExpressions: [{ key: 'tier', operator: 'Exists' }] })).toBe(true);
});

it('counts for routes and for secrets of several namespaces', () => {
  const lookup = indexResources([application('a', { tier: 'gold' })]);
  expect(surroundingsOf(lookup).labelsOf('shop').labels).toEqual({ tier: 'gold' });
  const cluster = resource({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ClusterExternalSecret',
    metadata: { name: 'all' },
    spec: { namespaceSelectors: [gold] },
  });
  const objects = knownObjects({ lookup } as unknown as BuildContext);
  expect(spreadOf(cluster, objects).namespaces).toEqual(['shop']);
  const none = knownObjects({ lookup: indexResources([]) } as unknown as BuildContext);
  expect(spreadOf(cluster, none).namespaces).toEqual([]);
});
