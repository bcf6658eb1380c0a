/**
 * The source and the Kustomization that Flux's operator makes of the `sync` of a FluxInstance. Source:
 * flux-operator `internal/builder/templates.go` (sync), `fluxinstance_controller.go` (the name),
 * `docs/api/v1/fluxinstance.md`. What its `kustomize.patches` change of them is not followed.
 */
import { isObject, type JsonObject, type JsonValue, textAt } from '../../base/index.ts';
import type { Sources } from '../../source/index.ts';
import type { DeployedObject } from '../deployers/deployment-types.ts';
import { identityOf } from '../identity.ts';
import { locateOrigin } from '../locate-path.ts';

/** Of all instances among the objects; nothing that one of the objects is already. */
export function syncedObjects(objects: readonly DeployedObject[], sources: Sources): DeployedObject[] {
  const instances = objects.filter(({ value }) => isInstance(value));
  if (instances.length === 0) return [];
  const there = new Set(objects.map(({ value }) => keyOf(value)));
  return instances.flatMap((instance) =>
    madeOf(instance.value)
      .filter((value) => !there.has(keyOf(value)))
      .map((value): DeployedObject => {
        const place = locateOrigin(sources, instance.origin, instance.value, ['spec', 'sync']);
        return { value, origin: { ...instance.origin, ...place }, kustomized: false, madeBy: instance };
      }),
  );
}

function isInstance(value: JsonObject): boolean {
  return value.kind === 'FluxInstance' && identityOf(value).group === 'fluxcd.controlplane.io';
}

function madeOf(instance: JsonObject): JsonObject[] {
  const { sync } = isObject(instance.spec) ? instance.spec : {};
  if (!isObject(sync)) return [];
  const { kind, url, ref, interval = '1m' } = sync;
  const at = kinds[String(kind)];
  if (at === undefined || url === undefined) return [];
  const namespace = textAt(instance, 'metadata', 'namespace') || 'flux-system';
  const metadata = { name: textAt(sync, 'name') || namespace, namespace };
  const sourceRef = { kind: String(kind), name: metadata.name };
  return [
    {
      ...{ apiVersion: 'source.toolkit.fluxcd.io/v1', kind: String(kind), metadata },
      spec: { interval, ...at(url, ref ?? null) },
    },
    {
      ...{ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata },
      spec: { interval: '10m0s', path: sync.path ?? '', prune: true, sourceRef },
    },
  ];
}

const kinds: Record<string, (url: JsonValue, ref: JsonValue) => JsonObject> = {
  GitRepository: (url, name) => ({ ref: { name }, url }),
  OCIRepository: (url, tag) => ({ ref: { tag }, url }),
  Bucket: (endpoint, bucketName) => ({ bucketName, endpoint }),
};

function keyOf(value: JsonObject): string {
  const { group, kind, namespace, name } = identityOf(value);
  return `${group}/${kind}/${namespace ?? ''}/${name}`;
}
