import { isUnder } from '../../base/index.ts';
import type { ApplicationSet, Deployer, LayerName } from '../../model/index.ts';
import type { Unverified } from '../../source/index.ts';
import type { Platform } from '../types.ts';
import { type AskedChart, valuesOf } from './asked-charts.ts';
import { kindsOfChart, type LocalMakes, makesOfBuild } from './local-makes.ts';
import { isOwnGroup, isOwnKind, isOwnKindName, isUpstreamInstall, namespacesMade } from './public-charts.ts';

/** What can be said of anything that is not known, whoever holds it: the kinds and names it may bring. */
export function partOf(unverified: Unverified, chart: AskedChart | null, platform: Platform): UnreadPart {
  let told: string | undefined;
  const values = (): string => {
    told ??= chart === null ? '' : valuesOf(unverified, chart, platform);
    return told;
  };
  const asks = (kind: string) =>
    new RegExp(`kind["']?\\s*:\\s*["']?${kind}\\b`).test(values()) ||
    (/Route$/.test(kind) && values().toLowerCase().includes(kind.toLowerCase()));
  const isPublic =
    chart?.isPublic === true || (unverified.kind === 'base' && isUpstreamInstall(unverified.what));
  const made = namespacesMade(chart?.name ?? null);
  const bringsFlux = chart === null || /flux|gitops/i.test(chart.name);
  const bound = boundOf(unverified, platform);
  const isNone = fieldKinds.has(unverified.kind);
  return {
    unverified,
    deployer: null,
    set: null,
    alters: false,
    layer: 'gitops',
    stack: null,
    namespaces: null,
    files: [
      ...(unverified.origin === null ? [] : [unverified.origin.file]),
      ...filesOf(unverified, platform),
    ],
    isWritten: isLocal(unverified),
    adds: !isNone,
    mayLandIn: () => true,
    mayBeNamed: () => true,
    mayHold: ({ group, kind }, name) =>
      !isNone &&
      // Nothing comes of it until it is mended; then anything may, but nothing of a name that is nowhere.
      (unverified.kind !== 'refused' || name === undefined) &&
      bound({ group, kind, name }) &&
      (!isFluxGroup(group) || bringsFlux || asks(kind)) &&
      (!isPublic ||
        !isOwnKind({ group, kind }) ||
        asks(kind) ||
        (kind === 'Namespace' && (name === undefined ? made.length > 0 : made.includes(name))) ||
        (name !== undefined && values().includes(name))),
    mayHoldKind: (kind) =>
      !isNone &&
      bound({ kind }) &&
      (!fluxKinds.has(kind) || bringsFlux || asks(kind)) &&
      (!isPublic || !isOwnKindName(kind, chart?.name ?? null) || asks(kind)),
    mayHoldGroup: (group) =>
      !isNone &&
      bound({ group }) &&
      (!isFluxGroup(group) || bringsFlux || asks('\\w+')) &&
      (!isPublic || !isOwnGroup(group) || /kind["']?\s*:/.test(values())),
  };
}

/** Sources, Kustomizations and releases are written by people, and by charts that say so in their names. */
function isFluxGroup(group: string): boolean {
  return group.endsWith('.toolkit.fluxcd.io');
}

export function makesOf(unverified: Unverified, platform: Platform): LocalMakes | null {
  return unverified.kind === 'kustomization' ? makesOfBuild(unverified.directory, platform) : null;
}

/** True for what is made of files of this repository, whose objects they would be told to come from. */
function isLocal(unverified: Unverified): boolean {
  return unverified.kind === 'chart'
    ? unverified.chart.directory !== null
    : unverified.kind === 'kustomization';
}

function filesOf(unverified: Unverified, { rendered, sources }: Platform): string[] {
  const under = (directory: string) => [...sources.files.keys()].filter((path) => isUnder(directory, path));
  // One that is no YAML names nothing that it takes up.
  if (unverified.kind === 'kustomization')
    return rendered.builds.get(unverified.directory)?.inputs ?? under(unverified.directory);
  if (unverified.kind !== 'chart' || unverified.chart.directory === null) return [];
  return under(unverified.chart.directory);
}

/** Whether the files of this repository that it is made of let it hold such a thing. */
function boundOf(unverified: Unverified, platform: Platform): (asked: Partial<Asked>) => boolean {
  const makes = makesOf(unverified, platform);
  if (makes !== null)
    return ({ group, kind, name }) =>
      makes.made.some(
        (one) =>
          (group === undefined || one.group === group) &&
          (kind === undefined || one.kind === kind) &&
          (name === undefined || name.includes(one.name)),
      );
  if (unverified.kind !== 'chart') return () => true;
  const { kinds: only, chart } = unverified;
  const kinds = only
    ? new Set(only)
    : chart.directory === null
      ? null
      : kindsOfChart(chart.directory, platform.sources);
  return ({ kind }) => kinds === null || kind === undefined || kinds.has(kind);
}

/** Names that no other group has. */
const fluxKinds = new Set([
  'GitRepository',
  'HelmRelease',
  'HelmRepository',
  'Kustomization',
  'OCIRepository',
]);
/** What concerns a field or a place alone: it brings no object. */
const fieldKinds = new Set<Unverified['kind']>(['cluster', 'project', 'command', 'link', 'route', 'partial']);

/** One thing that is not known, and what it could bring. */
export interface UnreadPart {
  unverified: Unverified;
  /** What deploys it; null where nothing does. */
  deployer: Deployer | null;
  /** That would generate it. */
  set: ApplicationSet | null;
  /** True where it brings objects of its own. */
  adds: boolean;
  /** True where it could also change what is known of the same application. */
  alters: boolean;
  layer: LayerName;
  stack: string | null;
  /** Of all that it brings and has one; null where that is not known. */
  namespaces: readonly string[] | null;
  /** True where its objects would be made of this repository's own files. */
  isWritten: boolean;
  /** Files of the repository that its objects may be told to come from. */
  files: readonly string[];
  mayLandIn(namespace: string): boolean;
  /** Of an ApplicationSet: whether an Application of it could have the name. */
  mayBeNamed(name: string): boolean;
  mayHold(kind: { group: string; kind: string }, name?: string): boolean;
  mayHoldKind(kind: string): boolean;
  mayHoldGroup(group: string): boolean;
}

interface Asked {
  group: string;
  kind: string;
  name: string | undefined;
}
