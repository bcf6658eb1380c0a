/**
 * What Kyverno adds to a policy about Pods for the workloads that make them. Source: `pkg/cel/autogen` of
 * kyverno.
 */
import { at, isObject, type JsonObject, listAt, objectAt, textsAt } from '../../../base/index.ts';

/** The policy as written (its name null), and as it is rewritten for workloads, where it is. */
export function validatingVariants(spec: JsonObject): Variant[] {
  const known = variants.get(spec);
  if (known) return known;
  const made = [{ name: null, spec }, ...added(spec)];
  variants.set(spec, made);
  return made;
}

/** What is read never changes. */
const variants = new WeakMap<JsonObject, Variant[]>();

function added(spec: JsonObject): Variant[] {
  return podTargets(spec).map(({ name, path, matchConstraints }) => ({
    name: `autogen-${name}`,
    spec: { ...rewrite(spec, path), matchConstraints },
  }));
}

/** The workloads that a policy about Pods is rewritten for, by where they keep the Pod. */
export function podTargets(spec: JsonObject): PodTarget[] {
  const constraints = objectAt(spec, 'matchConstraints');
  if (!isOfPods(constraints)) return [];
  const written = at(spec, 'autogen', 'podControllers', 'controllers');
  const wanted = Array.isArray(written) ? textsAt(spec, 'autogen', 'podControllers', 'controllers') : null;
  const operations = listAt(constraints, 'resourceRules', 0, 'operations');
  // Without operations Kyverno makes constraints that select nothing.
  if (operations.length === 0) return [];
  return shapes.flatMap(({ name, path, groups }): PodTarget[] => {
    const rules = groups.flatMap(({ group, resources }) => {
      const taken = resources.filter((resource) => wanted === null || wanted.includes(resource));
      return taken.length === 0
        ? []
        : [{ apiGroups: [group], apiVersions: ['v1'], resources: taken, operations }];
    });
    const { namespaceSelector } = constraints;
    const matchConstraints: JsonObject = { resourceRules: rules };
    if (isObject(namespaceSelector)) matchConstraints.namespaceSelector = namespaceSelector;
    return rules.length === 0 ? [] : [{ name, path, matchConstraints }];
  });
}

/** Exactly one rule, for Pods alone, that nothing narrows by names or labels. */
function isOfPods(constraints: JsonObject): boolean {
  const selector = objectAt(constraints, 'objectSelector');
  if (Object.keys(objectAt(selector, 'matchLabels')).length > 0) return false;
  if (listAt(selector, 'matchExpressions').length > 0) return false;
  if (listAt(constraints, 'excludeResourceRules').length > 0) return false;
  const [rule, ...others] = listAt(constraints, 'resourceRules');
  const only = (key: string, value: string) => {
    const texts = textsAt(rule, key);
    return texts.length === 1 && texts[0] === value;
  };
  return (
    rule !== undefined &&
    others.length === 0 &&
    listAt(rule, 'resourceNames').length === 0 &&
    only('apiGroups', '') &&
    only('apiVersions', 'v1') &&
    only('resources', 'pods')
  );
}

/**
 * In every text of the policy, what it asks of the Pod is asked of the template; its namespace is not moved.
 */
function rewrite(spec: JsonObject, path: string): JsonObject {
  let text = JSON.stringify(spec);
  for (const [from, to] of [
    ['spec', `${path}.spec`],
    ['metadata', `${path}.metadata`],
  ])
    for (const root of ['object', 'oldObject'])
      text = text.replaceAll(
        new RegExp(`${root}\\.${from}(?!\\.namespace(?![A-Za-z0-9_]))`, 'g'),
        `${root}.${to}`,
      );
  return JSON.parse(text) as JsonObject;
}

const shapes = [
  {
    name: 'defaults',
    path: 'spec.template',
    groups: [
      { group: 'apps', resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'] },
      { group: 'batch', resources: ['jobs'] },
    ],
  },
  {
    name: 'cronjobs',
    path: 'spec.jobTemplate.spec.template',
    groups: [{ group: 'batch', resources: ['cronjobs'] }],
  },
];

interface Variant {
  /** `autogen-defaults`, `autogen-cronjobs`. */
  name: string | null;
  spec: JsonObject;
}

interface PodTarget {
  /** `defaults`, `cronjobs`. */
  name: string;
  /** `spec.template` */
  path: string;
  matchConstraints: JsonObject;
}
