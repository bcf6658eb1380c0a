import { nearest } from '../../../base/index.ts';
import type { Dependency, HelmRelease, Kustomization } from '../../../model/index.ts';
import type { Platform } from '../../../platform/index.ts';
import { unreadIn } from '../../../platform/index.ts';
import type { DiagnosticOf } from '../../../source/index.ts';
import { diagnose, suggestion } from '../../diagnose.ts';
import { sourceOf } from '../../subjects.ts';
import type { ManifestRule } from '../rule.ts';
import { fluxSource, fluxWeb } from './example-files.ts';

export const dependencyNotReady = {
  name: 'dependency-not-ready',
  about: 'manifests',
  severity: 'error',
  title: 'a dependency of Flux is never ready',
  explain: `A Kustomization or HelmRelease waits until all that \`dependsOn\` names is ready; a name without a namespace is one of its own namespace, and of its own kind. What no manifest declares is never ready, and neither is a circle of dependencies: Flux reports DependencyNotReady for ever, and applies nothing of it.`,
  silent: `While something that is not read may declare the dependency: a failed build, a path in another repository, a chart that speaks of Flux. Also where the resource's namespace is not known because nothing is seen to deploy it.`,
  failing: `${fluxSource}${fluxWeb('databse')}`,
  mended: `${fluxSource}${fluxWeb('database')}`,
  check: neverReady,
} as const satisfies ManifestRule;

function neverReady(platform: Platform): DiagnosticOf<'dependency-not-ready'>[] {
  const { kustomizations, helmReleases } = platform.model;
  return [kustomizations, helmReleases].flatMap((records) => [
    ...records.flatMap((record) => missing(record, records, platform)),
    ...circles(records).map((circle) => circular(circle, platform)),
  ]);
}

function missing(
  record: Deployer,
  records: readonly Deployer[],
  platform: Platform,
): DiagnosticOf<'dependency-not-ready'>[] {
  const resource = platform.resource(record.id);
  if (resource === undefined) return [];
  const known = { group: resource.group, kind: record.kind };
  const isOpen = ({ namespace, name }: Dependency): boolean =>
    namespace === null || unreadIn(platform, [known], namespace, name) !== null;
  return record.dependsOn.flatMap((dependency, index) => {
    const { id, namespace, name } = dependency;
    if (id !== null || isOpen(dependency)) return [];
    const inside = records.filter((one) => one.namespace === namespace);
    const candidates = nearest(
      name,
      inside.map((one) => one.name),
    );
    const elsewhere = records
      .filter((one) => one.name === name)
      .map((one) => one.namespace ?? 'no namespace');
    const near = platform.resource(inside.find((one) => one.name === candidates[0])?.id ?? '');
    return diagnose(dependencyNotReady, {
      about: `${record.id} ${namespace}/${name}`,
      message: `\`${platform.referenceOf(resource)}\` depends on ${record.kind} \`${namespace}/${name}\`, which no manifest declares`,
      sources: [
        sourceOf(platform, resource, 'depends on', ['spec', 'dependsOn', index, 'name']),
        ...(near ? [sourceOf(platform, near, 'nearest', ['metadata', 'name'])] : []),
      ],
      expected: `${record.kind} ${namespace}/${name}`,
      actual: elsewhere.length > 0 ? `there is one in ${elsewhere.join(', ')}` : 'there is none',
      candidates,
      help:
        suggestion(candidates) ??
        (elsewhere.length > 0 ? 'name its `namespace`' : 'declare it, or take it out of `dependsOn`'),
    });
  });
}

function circular(circle: readonly Deployer[], platform: Platform): DiagnosticOf<'dependency-not-ready'> {
  const [first] = circle;
  const names = [...circle, ...circle.slice(0, 1)].map(({ name }) => `\`${name}\``);
  return diagnose(dependencyNotReady, {
    about: circle.map(({ id }) => id).join(' '),
    message:
      circle.length === 1
        ? `${first?.kind} ${names[0]} depends on itself`
        : `${circle.length} ${first?.kind}s depend on each other: ${names.join(' → ')}`,
    sources: circle.flatMap(({ id }) => {
      const resource = platform.resource(id);
      return resource ? [sourceOf(platform, resource, 'depends on', ['spec', 'dependsOn'])] : [];
    }),
    expected: 'an order',
    actual: 'a circle: none of them is ever ready',
    help: 'take one of them out of `dependsOn`',
  });
}

/** Each circle once, from the first of its ids on. */
function circles(records: readonly Deployer[]): Deployer[][] {
  const byId = new Map(records.map((record) => [record.id, record]));
  const found: Deployer[][] = [];
  const done = new Set<string>();
  const visit = (record: Deployer, trail: readonly Deployer[]): void => {
    const start = trail.indexOf(record);
    if (start >= 0) {
      found.push(trail.slice(start));
      return;
    }
    if (done.has(record.id)) return;
    for (const { id } of record.dependsOn) {
      const next = byId.get(id ?? '');
      if (next) visit(next, [...trail, record]);
    }
    done.add(record.id);
  };
  for (const record of records) visit(record, []);
  return found;
}

type Deployer = Kustomization | HelmRelease;
