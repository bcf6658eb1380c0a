/** The Applications of a platform, and what they ask of an engine. */

import { type JsonObject, objectAt } from '../base/index.ts';
import type { Build, Rendered, SourceRequest } from '../render/index.ts';
import type { Config, Sources } from '../source/index.ts';
import { listDirectories } from './argocd/sets/directories.ts';
import { type Discovery, discover } from './argocd/sets/discover.ts';
import type { DeployedObject } from './argocd/sources/deployments.ts';
import { projectHomes } from './argocd/sources/instance-name.ts';
import { createRepository } from './argocd/sources/local-repository.ts';
import { enabledTypes } from './argocd/sources/source-type.ts';
import { plainObjects, rootBuilds } from './collect-entries.ts';
import { filesUnder, readableText } from './files-under.ts';
import { identityOf } from './identity.ts';
import { locateOrigin } from './locate-path.ts';
import { fillPlaceholders } from './placeholders.ts';
import { createUndeployed } from './undeployed.ts';

/**
 * The Applications of the sources, and what they ask of an engine that has not been rendered yet. Rendering
 * that may show more Applications, so this is done again until nothing is asked.
 */
export function findApplications(input: SearchInput): Found {
  const { config } = input;
  const { sources, rendered } = fillPlaceholders(input, config.values ?? {});
  const isUndeployed = createUndeployed(sources);
  const roots = rootBuilds(rendered, config).filter(({ directory }) => !isUndeployed(directory));
  const plain = plainObjects(sources, rendered);
  const repository = createRepository(config, sources);
  const requests = new Map<string, SourceRequest>();
  const values = new Set<string>();
  const found = discover(
    [...roots.flatMap((build) => build.objects.map((object) => ({ ...object, kustomized: true }))), ...plain],
    {
      sources,
      rendered,
      requests,
      repository,
      enabled: enabledTypes(settingsIn(everyObject(rendered, plain))),
      homes: projectHomes(everyObject(rendered, plain)),
      filesIn: filesUnder(sources),
      paths: new Set(sources.files.keys()),
      directories: listDirectories(sources.files.keys()),
      files: [...sources.files.keys()],
      textOf: (file) => {
        values.add(file);
        return readableText(sources, file);
      },
      fileGlobs: 'pathspec',
      fixtures: config.generators ?? { clusters: null, sets: {} },
      isLocal: repository.isLocal,
      covers: repository.covers,
      locate: (object, path) => locateOrigin(sources, object.origin, object.value, path),
    },
  );
  return { found, roots, plain, requests, values };
}

/** The data of argocd-cm. */
function settingsIn(objects: Iterable<JsonObject>): JsonObject {
  for (const object of objects) {
    const { group, kind, name } = identityOf(object);
    if (group === '' && kind === 'ConfigMap' && name === 'argocd-cm') return objectAt(object, 'data');
  }
  return {};
}

function* everyObject(rendered: Rendered, plain: readonly DeployedObject[]): Generator<JsonObject> {
  for (const { value } of plain) yield value;
  for (const builds of [rendered.builds, rendered.sourceBuilds])
    for (const { objects } of builds.values()) for (const { value } of objects) yield value;
}

export interface SearchInput {
  sources: Sources;
  rendered: Rendered;
  config: Config;
}

/** Applications, and the objects that they were looked for in. */
export interface Found {
  found: Discovery;
  roots: Build[];
  plain: DeployedObject[];
  /** Files that generators of sets read their parameters from. */
  values: ReadonlySet<string>;
  /** By their `requestKey`. */
  requests: Map<string, SourceRequest>;
}
