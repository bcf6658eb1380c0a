/**
 * What is built and nothing is known to deploy: an overlay for each cluster, of which only the clusters know.
 * The model holds an object of several such builds once, as the first of them makes it; here is the rest.
 */
import { type JsonObject, objectAt } from '../base/index.ts';
import type { Build, RenderedObject } from '../render/index.ts';
import { hookOf, waveOf } from './argocd/sync/hooks.ts';
import { isApplicable, sameKey, withNamespace } from './collect-entries.ts';
import type { Found } from './find-deployers.ts';
import { identityOf, textsOf } from './identity.ts';
import { createScopes } from './scope.ts';
import type { Resource } from './types.ts';

/** The outermost builds that nothing deploys. */
export function undeployedBuilds({ roots, found }: Pick<Found, 'roots' | 'found'>): Build[] {
  const deployed = new Set(found.deployers.flatMap(({ deployment }) => deployment.directories));
  return roots.filter(({ directory }) => !deployed.has(directory));
}

/**
 * The objects of these builds as resources, in the engine's order. What the model does not hold has the id of
 * what the model holds of it.
 *
 * @param known everything that is rendered: its definitions say which kinds are in namespaces.
 */
export function foldersOf(
  builds: readonly Build[],
  resources: readonly Resource[],
  known: Iterable<JsonObject>,
): BuiltFolder[] {
  const isNamespaced = createScopes(known);
  // What stands for a failed build may be another's very objects: those are the other's.
  const left = new Map(
    resources.flatMap((resource) => (resource.deployer === null ? [[resource.origin, resource]] : [])),
  );
  const byKey = new Map<string, Resource>();
  for (const resource of resources) {
    const key = documentKey(resource);
    if (!byKey.has(key)) byKey.set(key, resource);
  }
  return builds.map(({ directory, inputs, objects }) => ({
    directory,
    inputs,
    objects: objects.flatMap((object): BuiltObject[] => {
      if (!isApplicable(object.value)) return [];
      const own = left.get(object.origin);
      if (own !== undefined && left.delete(object.origin)) return [{ resource: own, isHeld: true }];
      const held = byKey.get(sameKey(object));
      return held === undefined
        ? []
        : [{ resource: copyOf(object, held, isNamespaced(held.group, held.kind)), isHeld: false }];
    }),
  }));
}

/** What a resource has in common with what others make of the same document. */
export function documentKey({ rendered, origin }: Resource): string {
  return sameKey({ value: rendered, origin });
}

function copyOf({ value, origin }: RenderedObject, held: Resource, isNamespaced: boolean): Resource {
  const { apiVersion, version, name, namespace: written } = identityOf(value);
  const metadata = objectAt(value, 'metadata');
  const annotations = textsOf(metadata.annotations);
  const namespace = isNamespaced ? written : null;
  const wave = waveOf(annotations);
  return {
    ...held,
    apiVersion,
    version,
    namespace,
    name,
    labels: textsOf(metadata.labels),
    annotations,
    deployer: null,
    application: null,
    kustomization: null,
    helmRelease: null,
    wave: wave ?? 0,
    waveSet: wave !== null,
    phase: hookOf(annotations).phases[0] ?? null,
    origin,
    source: 'kustomize',
    generatedBy: null,
    rendered: withNamespace(value, namespace),
  };
}

export interface BuiltFolder {
  directory: string;
  /** Every file of the repository that went into it, sorted. */
  inputs: readonly string[];
  objects: BuiltObject[];
}

interface BuiltObject {
  resource: Resource;
  /** Whether the model has this very one. */
  isHeld: boolean;
}
