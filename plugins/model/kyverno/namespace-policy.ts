/** A Namespace whose labels ask something of its Pods, as a policy: a rule for each mode. */
import { compareText } from '../../base/index.ts';
import type { BuildContext } from '../context.ts';
import { modesOf } from '../pod-security/admission.ts';
import { templatePath } from '../pod-security/pod-view.ts';
import type { Policy, PolicyRule, Resource } from '../types.ts';

/** Of each Namespace that asks for something. */
export function namespacePolicies(
  namespaces: readonly Resource[],
  resources: readonly Resource[],
  context: BuildContext,
): Policy[] {
  const asking = namespaces.filter(({ labels }) => modesOf(labels).length > 0);
  if (asking.length === 0) return [];
  const withPods = Map.groupBy(
    resources.filter(({ group, kind }) => ownGroups.has(group) && templatePath(kind) !== null),
    ({ namespace }) => namespace,
  );
  return asking.map((namespace) => ({
    id: namespace.id,
    name: namespace.name,
    kind: namespace.kind,
    namespace: null,
    rules: rulesOf(namespace, withPods.get(namespace.name) ?? [], context),
    origin: namespace.origin,
  }));
}

function rulesOf(namespace: Resource, inside: readonly Resource[], context: BuildContext): PolicyRule[] {
  const matches = inside.map(({ id }) => id).sort(compareText);
  return modesOf(namespace.labels).map(({ mode, action, label, level, written }) => ({
    name: mode,
    type: 'validate',
    kinds: ['Pod'],
    scope: [`namespaces: ${namespace.name}`],
    action,
    target: null,
    message: `Pods are to be ${level} as of ${written}`,
    matches,
    origin: context.locate(namespace, ['metadata', 'labels', label]),
  }));
}

const ownGroups = new Set(['', 'apps', 'batch']);
