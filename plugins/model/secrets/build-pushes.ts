/** PushSecrets: what goes from a Secret, or a generator, to which place of which store. */
import {
  addTo,
  at,
  compareText,
  isObject,
  type JsonObject,
  listAt,
  objectAt,
  textAt,
} from '../../base/index.ts';
import type { BuildContext } from '../context.ts';
import type { SecretFlow, SecretPush } from '../secret-types.ts';
import { type Manifest, type Objects, storeGroup } from './objects.ts';
import { pushedBy } from './push.ts';
import type { SecretIndex } from './secret-index.ts';
import { spreadOf } from './spread.ts';

/** In the order of their ids and namespaces; and by the ids of Secrets where each is pushed. */
export function buildSecretPushes(
  objects: Objects,
  secrets: SecretIndex,
  context: BuildContext,
): { list: SecretPush[]; ofSecret: Map<string, SecretFlow['pushes']> } {
  const pushes = pushersOf(objects).flatMap((pusher) => pushOf(pusher, objects, secrets, context) ?? []);
  const order = (push: SecretPush): string => `${push.pushSecret} ${push.namespace ?? ''}`;
  const ofSecret = pushedTo(pushes);
  return { list: pushes.sort((a, b) => compareText(order(a), order(b))), ofSecret };
}

function pushedTo(pushes: readonly SecretPush[]): Map<string, SecretFlow['pushes']> {
  const known = new Map<string, SecretFlow['pushes']>();
  for (const { pushSecret, entries } of pushes)
    for (const { secret, store, remote } of entries)
      if (secret.id !== null) addTo(known, secret.id, { pushSecret, store: store.name, remote });
  return known;
}

function pushersOf(objects: Objects): Pusher[] {
  return [
    ...objects.ofKind(storeGroup, 'PushSecret').map((manifest) => ({
      manifest,
      path: ['spec'],
      spec: objectAt(manifest.rendered, 'spec'),
      namespace: manifest.namespace,
    })),
    ...objects.ofKind(storeGroup, 'ClusterPushSecret').flatMap((manifest) =>
      spreadOf(manifest, objects).namespaces.map((namespace) => ({
        manifest,
        path: ['spec', 'pushSecretSpec'],
        spec: objectAt(manifest.rendered, 'spec', 'pushSecretSpec'),
        namespace,
      })),
    ),
  ];
}

function pushOf(
  { manifest, path, spec, namespace }: Pusher,
  objects: Objects,
  secrets: SecretIndex,
  { lookup, locate }: BuildContext,
): SecretPush | null {
  const resource = lookup.byId(manifest.id);
  if (resource === undefined) return null;
  const made = pushedBy({ spec, namespace }, objects, (name) => secrets.of({ namespace, name }));
  const secretNamed = (name: string) => ({
    name,
    id: lookup.find('', 'Secret', namespace, name)?.id ?? null,
  });
  const generator = at(spec, 'selector', 'generatorRef');
  const named = textAt(spec, 'selector', 'secret', 'name') || null;
  return {
    pushSecret: manifest.id,
    namespace,
    secret: named === null ? null : secretNamed(named),
    generator: isObject(generator)
      ? { kind: textAt(generator, 'kind') ?? '', name: textAt(generator, 'name') ?? '' }
      : null,
    stores: listAt(spec, 'secretStoreRefs').flatMap((reference) => {
      const name = textAt(reference, 'name');
      const kind = textAt(reference, 'kind') || 'SecretStore';
      const home = kind === 'ClusterSecretStore' ? null : namespace;
      if (name === undefined || name === '') return [];
      return [{ kind, name, id: lookup.find(storeGroup, kind, home, name)?.id ?? null }];
    }),
    entries: made.entries.map(({ remote, property, key, keys, secret, store }) => ({
      secret: isObject(generator) ? { name: secret, id: null } : secretNamed(secret),
      store: { kind: store.kind, name: store.name, id: store.id },
      keys: keys ?? (key === undefined ? [] : [key]),
      remote: property === undefined ? remote : `${remote}#${property}`,
    })),
    open: made.open,
    reason: made.fails,
    deletionPolicy: textAt(spec, 'deletionPolicy') || 'None',
    updatePolicy: textAt(spec, 'updatePolicy') || 'Replace',
    origin: { ...resource.origin, ...locate(resource, [...path, 'selector']) },
  };
}

interface Pusher {
  manifest: Manifest;
  /** Where the spec of the PushSecret stands in the manifest. */
  path: string[];
  spec: JsonObject;
  namespace: string | null;
}
