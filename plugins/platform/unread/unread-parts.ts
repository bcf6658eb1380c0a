import { posix } from 'node:path';
import { objectAt, oncePer, textAt, uniqueBy } from '../../base/index.ts';
import { type ApplicationSet, type Deployer, deployersOf, layerOf, stackOf } from '../../model/index.ts';
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
import { chartOf } from './asked-charts.ts';
import { forcedNamespaces, landsIn, namespacesAround, reaches, starGlob } from './landing-namespaces.ts';
import { chartsOfNobody } from './nobodys-charts.ts';
import { makesOf, partOf, type UnreadPart } from './unread-part.ts';

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
    ...partOf(unverified, own, platform),
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
    ...partOf(unverified, own, platform),
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
    ...partOf(unverified, chartOf(unverified, platform, null), platform),
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
    ...partOf(unverified, null, platform),
    set,
    alters: false,
    layer: 'gitops',
    stack: null,
    namespaces: null,
    mayLandIn: (wanted) => namespace === null || wanted === namespace || wanted === set.namespace,
    mayBeNamed: patternOf(textAt(template, 'metadata', 'name') ?? ''),
  };
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
