import { didYouMean, nearest } from '../../plugins/base/index.ts';
import { type Deployer, deployerKind, deployersOf } from '../../plugins/model/index.ts';
import { mayHold, type Platform, unreadParts, unreadWords } from '../../plugins/platform/index.ts';
import { UsageError } from './exit-failure.ts';

/**
 * The Applications, Kustomizations and HelmReleases of these names, in the order of the model; all where
 * there are none. A name is `NAME`, `namespace/NAME`, or `Kind/NAME` as reports call resources.
 * @throws UsageError with what comes nearest where one is unknown, or with all that it names where it names
 * several.
 */
export function namedDeployers(names: readonly string[], platform: Platform): Deployer[] {
  const all = deployersOf(platform.model);
  if (names.length === 0) return all;
  const wanted = new Set(names.map((name) => named(name, all, platform)));
  return all.filter((one) => wanted.has(one));
}

function named(name: string, all: readonly Deployer[], platform: Platform): Deployer {
  const fitting = all.filter((one) => namesOf(one, platform).includes(name));
  const [only] = fitting;
  if (only && fitting.length === 1) return only;
  const resolution = platform.resolveReference(name);
  const referred = resolution.ok ? all.find(({ id }) => id === resolution.resource.id) : undefined;
  if (referred) return referred;
  if (fitting.length > 1)
    throw new UsageError(
      `\`${name}\` names ${fitting.length} applications`,
      didYouMean(fitting.map((one) => referenceOf(one, platform))),
    );
  const near = nearest(name, new Set(all.flatMap((one) => namesOf(one, platform))));
  const parts = mayHold(platform, kinds, null, name.split('/').at(-1) ?? '');
  throw new UsageError(
    `there is no application \`${name}\``,
    [
      didYouMean(near) || 'plumbline table applications lists them',
      ...parts.slice(0, 1).map((part) => `; there may be others: ${unreadWords(part)}`),
    ].join(''),
  );
}

function namesOf(deployer: Deployer, platform: Platform): string[] {
  const { name, namespace, id } = deployer;
  return [name, ...(namespace === null ? [] : [`${namespace}/${name}`]), referenceOf(deployer, platform), id];
}

function referenceOf({ id }: Deployer, platform: Platform): string {
  const resource = platform.resource(id);
  return resource ? platform.referenceOf(resource) : id;
}

/** What may bring applications that nobody knows of, a line each. */
export function openSets(platform: Platform): string[] {
  const hasFlux = deployersOf(platform.model).some((one) => deployerKind(one) !== 'Application');
  const parts = unreadParts(platform).filter(
    (part) =>
      part.set !== null ||
      (part.adds && kinds.some((kind, index) => (index === 0 || hasFlux) && part.mayHold(kind))),
  );
  return [...new Set(parts.map((part) => `there may be other applications: ${unreadWords(part)}`))];
}

const kinds = [
  { group: 'argoproj.io', kind: 'Application' },
  { group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization' },
  { group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease' },
];
