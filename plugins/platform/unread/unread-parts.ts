import { posix } from 'node:path';
import { globTest, isUnder, objectAt, oncePer, textAt, uniqueBy } from '../../base/index.ts';
import {
  type Application,
  type ApplicationSet,
  type Deployer,
  deployersOf,
  type LayerName,
  layerOf,
  stackOf,
} from '../../model/index.ts';
import type { Build } from '../../render/index.ts';
import {
  isKustomizationPath,
  type Place,
  remedyOf,
  type Unverified,
  unverifiedChart,
  unverifiedKustomization,
} from '../../source/index.ts';
import type { Platform } from '../types.ts';
import { type AskedChart, chartOf, valuesOf } from './asked-charts.ts';
import { kindsOfChart, type LocalMakes, makesOfBuild } from './local-makes.ts';
import { chartsOfNobody } from './nobodys-charts.ts';
import { isOwnGroup, isOwnKind, isOwnKindName, isUpstreamInstall, namespacesMade } from './public-charts.ts';

/**
 * Everything of the platform that is not known and could change what is said of its manifests: what was not
 * rendered, each with where it would land, and generators that were not expanded. In the order of the model;
 * one that two applications deploy is there twice.
 */
export const unreadParts = oncePer((platform: Platform): UnreadPart[] => {
  const { model, rendered } = platform;
  const parts: UnreadPart[] = [];
  const deployed = new Set<string>();
  for (const deployer of deployersOf(model)) {
    for (const unverified of deployer.unverified) {
      deployed.add(keyOf(unverified));
      if (unverified.kind === 'kustomization') deployed.add(unverified.directory);
      parts.push(ofDeployer(unverified, deployer, platform));
    }
  }
  for (const build of rendered.builds.values()) {
    const lacks = rendered.missing.some(({ directory }) => directory === build.directory);
    const own = [...build.unverified, ...(build.failed || lacks ? [failure(build)] : [])];
    for (const unverified of own) {
      if (deployed.has(keyOf(unverified)) || deployed.has(build.directory)) continue;
      parts.push(ofBuild(unverified, build, platform));
    }
  }
  const told = new Set(parts.map(({ unverified }) => keyOf(unverified)));
  for (const unverified of platform.unread())
    if (!told.has(keyOf(unverified)) && !ofSets.has(unverified.kind))
      parts.push(ofFile(unverified, platform));
  for (const directory of chartsOfNobody(platform))
    parts.push(
      ofFile(
        unverifiedChart(
          { directory },
          'no application of this repository renders it',
          startOf(posix.join(directory, 'Chart.yaml')),
        ),
        platform,
      ),
    );
  for (const set of model.applicationSets) if (set.unverified !== null) parts.push(ofSet(set, platform));
  return uniqueBy(parts, ({ unverified, deployer }) => `${deployer?.id ?? ''}\0${keyOf(unverified)}`);
});

function ofDeployer(unverified: Unverified, deployer: Deployer, platform: Platform): UnreadPart {
  const own = chartOf(unverified, platform, deployer);
  const forced = forcedNamespaces(unverified, deployer, platform);
  const makes = makesOf(unverified, platform);
  const { namespace } = deployer.destination;
  return {
    ...base(unverified, own, platform),
    deployer,
    alters: altering.has(unverified.kind),
    layer: 'gitops',
    stack: deployer.stack,
    namespaces: forced,
    mayLandIn: (wanted) => {
      if (forced !== null) return forced.includes(wanted);
      if (makes !== null) return landsIn(makes, wanted, wanted === namespace);
      return wanted === namespace || reaches(deployer, wanted, own, platform);
    },
  };
}

function ofBuild(unverified: Unverified, build: Build, platform: Platform): UnreadPart {
  const own = chartOf(unverified, platform, null);
  const forced = namespacesAround(unverified, build.directory, platform);
  const makes = makesOf(unverified, platform);
  const paths = platform.model.stacks.map(({ path }) => path);
  return {
    ...base(unverified, own, platform),
    alters: altering.has(unverified.kind),
    layer: layerOf(`${build.directory}/`, platform.config),
    stack: stackOf(build.directory, paths),
    namespaces: forced,
    // A release says where it goes; only charts that are known are known to stay there.
    mayLandIn: (wanted) => {
      if (forced !== null) return forced.includes(wanted);
      if (makes !== null) return landsIn(makes, wanted, true);
      return own?.isPublic && own.namespace !== null ? wanted === own.namespace : true;
    },
  };
}

/** Of something that neither an application nor a build is known to hold. */
function ofFile(unverified: Unverified, platform: Platform): UnreadPart {
  const file = unverified.origin?.file ?? '';
  const paths = platform.model.stacks.map(({ path }) => path);
  return {
    ...base(unverified, chartOf(unverified, platform, null), platform),
    alters: altering.has(unverified.kind),
    layer: layerOf(file, platform.config),
    stack: stackOf(file, paths),
  };
}

/** Applications that a set would generate, and what they would deploy. */
function ofSet(set: ApplicationSet, platform: Platform): UnreadPart {
  const template = objectAt(platform.resource(set.id)?.rendered, 'spec', 'template');
  const written = textAt(template, 'spec', 'destination', 'namespace');
  const namespace = written === undefined || written.includes('{{') ? null : written;
  const what = `ApplicationSet ${set.name}`;
  // As the model tells of it, at its generator, so that a report names it once.
  const own = platform
    .unread()
    .filter((one) => one.kind === 'generator' && one.what === what && one.origin?.file === set.origin.file);
  const why = set.unverified ?? '';
  const unverified: Unverified = own.find((one) => one.why === why) ?? {
    ...{ kind: 'generator', what, why, origin: set.origin },
    ...remedyOf(own),
  };
  return {
    ...base(unverified, null, platform),
    set,
    alters: false,
    layer: 'gitops',
    stack: null,
    namespaces: null,
    mayLandIn: (wanted) => namespace === null || wanted === namespace || wanted === set.namespace,
    mayBeNamed: patternOf(textAt(template, 'metadata', 'name') ?? ''),
  };
}

function base(unverified: Unverified, chart: AskedChart | null, platform: Platform): UnreadPart {
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

/** Names that no other group has. */
const fluxKinds = new Set([
  'GitRepository',
  'HelmRelease',
  'HelmRepository',
  'Kustomization',
  'OCIRepository',
]);

function makesOf(unverified: Unverified, platform: Platform): LocalMakes | null {
  return unverified.kind === 'kustomization' ? makesOfBuild(unverified.directory, platform) : null;
}

/** `otherwise`: where what says no namespace itself goes. */
function landsIn({ made, namespaces }: LocalMakes, wanted: string, otherwise: boolean): boolean {
  return (
    namespaces.includes(wanted) ||
    made.some(({ namespace }) => (namespace === null ? otherwise : namespace === wanted))
  );
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

/**
 * Namespaces that kustomize puts everything into that has one; null where it leaves that to what is not read.
 */
function forcedNamespaces(
  unverified: Unverified,
  { sources, kind, destination }: Deployer,
  platform: Platform,
): string[] | null {
  // Kustomize puts everything of it there.
  if (kind === 'Kustomization' && destination.namespace !== null) return [destination.namespace];
  const folders = sources.flatMap(({ local, path }) =>
    local && path !== null ? [posix.normalize(path)] : [],
  );
  const found = folders.map((folder) => namespacesAround(unverified, folder.replace(/\/$/, ''), platform));
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Of every kustomization between the outermost and the one that asks for what is not read. */
function namespacesAround(unverified: Unverified, outermost: string, platform: Platform): string[] | null {
  const { kind, origin } = unverified;
  if (kind !== 'kustomization' && origin === null) return null;
  const inner = kind === 'kustomization' ? unverified.directory : posix.dirname(origin?.file ?? '');
  const outer = platform.rendered.builds.get(outermost);
  if (outer === undefined || (outermost !== inner && !outer.includes.includes(inner))) return null;
  const between = [outermost, ...outer.includes].filter(
    (folder) => folder === inner || platform.rendered.builds.get(folder)?.includes.includes(inner),
  );
  const found = between.flatMap((folder) => namespaceOf(folder, platform) ?? []);
  return found.length === 0 ? null : [...new Set(found)];
}

function namespaceOf(folder: string, { sources }: Platform): string | undefined {
  const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
  const file = names
    .map((name) => sources.files.get(posix.join(folder, name)))
    .find((one) => one !== undefined);
  return file?.documents
    .map(({ value }) => textAt(value, 'namespace'))
    .find((one) => one !== undefined && one !== '');
}

/** Whether it may put something there that names the namespace itself. */
function reaches(deployer: Deployer, wanted: string, own: AskedChart | null, platform: Platform): boolean {
  // Charts that are known are known to stay in the namespace of their release.
  if (deployer.kind === 'HelmRelease') return own?.isPublic !== true;
  return deployer.kind === 'Kustomization' || isPermitted(wanted, deployer, platform);
}

/** Whether the application's project lets it write there: what it may not write is not deployed. */
function isPermitted(namespace: string, { project }: Application, { model }: Platform): boolean {
  const own = model.projects.find(({ name }) => name === project);
  if (own === undefined) return true;
  return own.destinations.some(
    (one) => one.namespace === null || (!one.namespace.startsWith('!') && starGlob(one.namespace)(namespace)),
  );
}

function starGlob(pattern: string): (text: string) => boolean {
  return globTest(
    [...pattern].map((char) => (char === '*' ? { type: 'run', except: [] } : { type: 'char', char })),
  );
}

/** Names that a template can give: what stands between its parameters. */
function patternOf(template: string): (name: string) => boolean {
  return starGlob(template.replaceAll(/\{\{.*?\}\}/gs, '*'));
}

function failure({ directory, inputs }: Build): Unverified {
  const file = inputs.find((one) => posix.dirname(one) === directory && isKustomizationPath(one));
  const origin = file === undefined ? null : startOf(file);
  return unverifiedKustomization(directory, 'its build failed', origin);
}

function startOf(file: string): Place {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}

function keyOf({ what, origin }: Unverified): string {
  return `${origin?.file ?? ''}\0${origin?.line ?? 0}\0${what}`;
}

/** What concerns a field or a place alone: it brings no object. */
const fieldKinds = new Set<Unverified['kind']>(['cluster', 'project', 'command', 'link', 'route', 'partial']);
/** What is told of the sets themselves. */
const ofSets = new Set<Unverified['kind']>(['generator', 'template']);
/** What could also change the objects that are known of the same application or build. */
const altering = new Set<Unverified['kind']>([
  'file',
  'plugin',
  'kustomization',
  'release',
  'schema',
  'options',
  'revision',
  'source',
  'refused',
]);

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
