/**
 * Which Secrets a Pod reads, and what that finds. Source: kubelet `kubelet_pods.go` makeEnvironmentVariables,
 * `pkg/volume/secret`, admission `serviceaccount`; a Pod reads in its own namespace only.
 */
import {
  at,
  isObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  listAt,
  textAt,
} from '../../base/index.ts';
import { holdsKey } from './key-set.ts';
import type { Manifest } from './objects.ts';
import { podSpecOf } from './pod-spec.ts';
import type { KnownSecret } from './secret-index.ts';

/**
 * In the order of the Pod: containers, volumes, what pulls its images.
 *
 * @param accountOf a ServiceAccount of its namespace by its name.
 */
export function podReads(workload: Manifest, accountOf: AccountOf): Read[] {
  const pod = podSpecOf(workload);
  if (pod === null) return [];
  const { spec, path } = pod;
  return [
    ...containersOf(spec).flatMap(({ field, index, container }) =>
      containerReads(container, [...path, field, index]),
    ),
    ...listAt(spec, 'volumes').flatMap((volume, index) => volumeReads(volume, [...path, 'volumes', index])),
    ...pulls(spec, path, accountOf),
  ];
}

/** Every container of a Pod, in the order in which they start. */
export function containersOf(spec: JsonObject): { field: string; index: number; container: JsonValue }[] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap((field) =>
    listAt(spec, field).map((container, index) => ({ field, index, container })),
  );
}

function containerReads(container: JsonValue, path: JsonPath): Read[] {
  const name = textAt(container, 'name') ?? '';
  return [
    ...listAt(container, 'env').flatMap((variable, index): Read[] => {
      const reference = at(variable, 'valueFrom', 'secretKeyRef');
      if (!isObject(reference)) return [];
      const at_ = `${name}/env/${textAt(variable, 'name') ?? ''}`;
      return [
        {
          at: at_,
          way: 'env',
          name: textAt(reference, 'name') ?? '',
          keys: [textAt(reference, 'key') ?? ''],
          optional: reference.optional === true,
          path: [...path, 'env', index, 'valueFrom', 'secretKeyRef', 'key'],
        },
      ];
    }),
    ...listAt(container, 'envFrom').flatMap((source, index): Read[] => {
      const reference = at(source, 'secretRef');
      if (!isObject(reference)) return [];
      return [
        {
          at: `${name}/envFrom/${index}`,
          way: 'envFrom',
          name: textAt(reference, 'name') ?? '',
          keys: null,
          optional: reference.optional === true,
          path: [...path, 'envFrom', index, 'secretRef'],
        },
      ];
    }),
  ];
}

function volumeReads(volume: JsonValue, path: JsonPath): Read[] {
  const place = { at: `volume/${textAt(volume, 'name') ?? ''}`, way: 'volume' as const };
  const whole = { ...place, keys: null, optional: false };
  const found: Read[] = [];
  const secret = at(volume, 'secret');
  if (isObject(secret))
    found.push({
      ...place,
      ...itemsOf(secret),
      name: textAt(secret, 'secretName') ?? '',
      path: [...path, 'secret'],
    });
  for (const [index, source] of listAt(volume, 'projected', 'sources').entries()) {
    const one = at(source, 'secret');
    if (isObject(one))
      found.push({
        ...place,
        ...itemsOf(one),
        name: textAt(one, 'name') ?? '',
        path: [...path, 'projected', 'sources', index, 'secret'],
      });
  }
  const name = textAt(volume, 'azureFile', 'secretName');
  if (name !== undefined) found.push({ ...whole, name, path: [...path, 'azureFile'] });
  for (const [type, field] of drivers) {
    const reference = at(volume, type, field);
    const named = textAt(reference, 'name');
    if (named !== undefined) found.push({ ...whole, name: named, path: [...path, type, field] });
  }
  return found;
}

function itemsOf(source: JsonObject): Pick<Read, 'keys' | 'optional'> {
  const items = listAt(source, 'items');
  const keys = items.length === 0 ? null : items.map((item) => textAt(item, 'key') ?? '');
  return { keys, optional: source.optional === true };
}

/** Only a Pod without any of its own has those of its ServiceAccount; `secrets` of that give it nothing. */
function pulls(spec: JsonObject, path: JsonPath, accountOf: AccountOf): Read[] {
  const read = (place: string, reference: JsonValue, where: JsonPath): Read => ({
    at: place,
    way: 'pull',
    name: textAt(reference, 'name') ?? '',
    keys: null,
    optional: false,
    path: where,
  });
  const own = listAt(spec, 'imagePullSecrets');
  if (own.length > 0)
    return own.map((reference, index) => read('pull', reference, [...path, 'imagePullSecrets', index]));
  const account = textAt(spec, 'serviceAccountName') || textAt(spec, 'serviceAccount') || 'default';
  return listAt(accountOf(account)?.rendered, 'imagePullSecrets').map((reference) =>
    read(`pull via ServiceAccount/${account}`, reference, [...path, 'serviceAccountName']),
  );
}

/** What a read finds: Secrets that pull images are passed over where they are missing. */
export function verdictOf(
  read: Pick<Read, 'keys' | 'optional'> & { way: string },
  secret: KnownSecret,
): Verdict {
  if (secret.made === null) return 'unknown';
  if (!secret.made) {
    if (read.way === 'pull') return 'ignored-missing';
    return read.optional ? 'optional-missing' : 'missing';
  }
  const answers = (read.keys ?? []).map((key) => holdsKey(secret.keys, key));
  if (answers.includes(false)) return read.optional ? 'optional-missing' : 'missing-key';
  return answers.includes(null) ? 'unknown' : 'ok';
}

/** Drivers of volumes with the field that names their Secret. */
const drivers = [
  ['csi', 'nodePublishSecretRef'],
  ['cephfs', 'secretRef'],
  ['rbd', 'secretRef'],
  ['iscsi', 'secretRef'],
  ['flexVolume', 'secretRef'],
  ['scaleIO', 'secretRef'],
  ['cinder', 'secretRef'],
  ['storageos', 'secretRef'],
] as const;

type AccountOf = (name: string) => Manifest | undefined;

export type Verdict = 'ok' | 'missing' | 'missing-key' | 'optional-missing' | 'unknown' | 'ignored-missing';

export interface Read {
  /** In the Pod: `app/env/PASSWORD`, `volume/config`, `pull`. */
  at: string;
  way: 'env' | 'envFrom' | 'volume' | 'pull';
  name: string;
  /** Null where it reads whatever is there. */
  keys: string[] | null;
  optional: boolean;
  /** Where it stands in the manifest. */
  path: JsonPath;
}
