/** Every Secret of a cluster with those that make it, and the keys that are known of it. */
import { addTo, objectAt } from '../../base/index.ts';
import { type KeySet, keySet, type SecretKeys, unitedKeys, unsureKeys } from './key-set.ts';
import { type Manifest, type Objects, placeKey, type SecretName } from './objects.ts';
import { type OtherMaker, otherMakers } from './other-makers.ts';
import { effectOf, type Produced, producedBy } from './produced.ts';
import { targetName, type Writer, writersOf } from './writers.ts';

/**
 * An index that looks Secrets up when they are asked for, since the keys of one may depend on another, which
 * a store of Kubernetes reads.
 */
export function indexSecrets(objects: Objects): SecretIndex {
  const writers = new Map<string, Writer[]>();
  for (const writer of writersOf(objects))
    addTo(writers, placeKey({ ...writer, name: targetName(writer) }), writer);
  const controllers = otherMakers(objects);
  const others = new Map<string, OtherMaker[]>();
  for (const maker of controllers) addTo(others, placeKey(maker), maker);
  const made = new Map<Writer, Produced>();
  const known = new Map<string, KnownSecret>();
  const asked = new Set<string>();

  const secretKeys: SecretKeys = (secret) => {
    const found = of(secret);
    return found.made === false ? null : found.keys;
  };

  function alone(writer: Writer): Produced {
    const before = made.get(writer);
    if (before !== undefined) return before;
    const produced = producedBy(writer, objects, secretKeys);
    made.set(writer, produced);
    return produced;
  }

  function produced(writer: Writer): Produced {
    const own = alone(writer);
    const key = placeKey(own);
    // A writer of the same name is the same one in another cluster, and no rival.
    const isSomewhere = own.namespace !== null || objects.closed;
    const rivals = isSomewhere ? (writers.get(key) ?? []).filter((one) => one.name !== writer.name) : [];
    const makers = others.get(key) ?? [];
    const isWritten = objects.all('', 'Secret', own.namespace, own.name).length > 0;
    return {
      ...own,
      ...effectOf(own, {
        others: rivals.map(alone),
        isWritten: isWritten || makers.some(({ owns }) => !owns),
        isOwned: makers.some(({ owns }) => owns),
      }),
    };
  }

  function of(secret: SecretName): KnownSecret {
    const key = placeKey(secret);
    const before = known.get(key);
    if (before !== undefined) return before;
    // Of a Secret that depends on itself, or on too many in a row, nothing is known.
    if (asked.has(key) || asked.size > longestChain)
      return { made: null, keys: keySet([], [], true), makers: [], isOwned: false };
    asked.add(key);
    const found = madeOf(secret, key);
    asked.delete(key);
    known.set(key, found);
    return found;
  }

  function madeOf(secret: SecretName, key: string): KnownSecret {
    const parts = [
      ...partsOf(secret, key),
      ...(objects.closed || secret.namespace === null ? [] : homeless(secret)),
    ];
    return {
      made: parts.length > 0 ? true : objects.closed ? false : null,
      keys: parts.length > 0 ? unitedKeys(parts.map(({ keys }) => keys)) : keySet([], [], !objects.closed),
      makers: parts.map(({ maker }) => maker),
      isOwned: parts.some(({ owns }) => owns),
    };
  }

  /** Parts of manifests without a namespace, which may be applied to any. */
  function homeless({ name }: SecretName): Part[] {
    const nowhere = { namespace: null, name };
    return partsOf(nowhere, placeKey(nowhere)).map((part) => ({
      ...part,
      keys: unsureKeys(part.keys),
      owns: false,
    }));
  }

  function partsOf({ namespace, name }: SecretName, key: string): Part[] {
    const written = objects.all('', 'Secret', namespace, name);
    const own = (writers.get(key) ?? []).map((writer) => ({ writer, ...produced(writer) }));
    const rivals = own.filter(
      ({ policy, effect, reason }) => policy === 'Owner' && effect === 'conflict' && reason === 'other-owner',
    );
    const working = own.filter(({ effect }) => ['creates', 'replaces', 'merges'].includes(effect));
    const isReplaced = working.some(({ effect }) => effect === 'replaces');
    // Keys that an owner removes may be put back by whoever applies the manifest; several manifests are those
    // of several clusters.
    const unsure = (keys: KeySet, isSure: boolean): KeySet => (isSure ? keys : unsureKeys(keys));
    const isAlone = (one: Writer) => own.filter(({ writer }) => writer.name === one.name).length === 1;
    return [
      ...written.map((maker) => ({
        maker,
        keys: unsure(keysOfManifest(maker, objects), !isReplaced && written.length === 1),
        owns: false,
      })),
      ...(others.get(key) ?? []).map(({ maker, keys, owns }) => ({
        maker,
        keys: unsure(keys, !isReplaced),
        owns,
      })),
      ...working.map(({ writer, keys, policy }) => ({
        maker: writer.manifest,
        keys: unsure(keys, isAlone(writer)),
        owns: policy === 'Owner',
      })),
      // Which of the rivals comes first, and so owns the Secret, is not known.
      ...(rivals.length > 1
        ? rivals.map(({ writer, keys }) => ({ maker: writer.manifest, keys: unsureKeys(keys), owns: true }))
        : []),
    ];
  }

  return { of, produced, writers: [...writers.values()].flat(), others: controllers };
}

/**
 * Keys of a written Secret. In a cluster that is not closed, something else fills one without keys, or one
 * that is marked as a copy of another.
 */
function keysOfManifest({ rendered, annotations }: Manifest, { closed }: Objects): KeySet {
  const keys = [...Object.keys(objectAt(rendered, 'data')), ...Object.keys(objectAt(rendered, 'stringData'))];
  const isToken = rendered.type === 'kubernetes.io/service-account-token';
  if (isToken) keys.push('token', 'ca.crt', 'namespace');
  // OpenShift adds another key to a token.
  const isFilled = isToken || keys.length === 0 || Object.keys(annotations).some((key) => copies.test(key));
  return keySet(keys, [], !closed && isFilled);
}

/** Annotations of controllers that copy Secrets, or fill existing ones. */
const copies = /replicat|reflect|mittwald|emberstack|kubed|inject|vals-operator|vault|sync/i;

const longestChain = 100;

export interface SecretIndex {
  of(secret: SecretName): KnownSecret;
  /** What a writer makes, given what others make. */
  produced(writer: Writer): Produced;
  writers: Writer[];
  /** Makers besides, each with the Secret that it makes. */
  others: readonly OtherMaker[];
}

export interface KnownSecret {
  /** Null where nothing that is read makes it, and something unread may. */
  made: boolean | null;
  keys: KeySet;
  makers: Manifest[];
  /** A controller holds on to it, so that nothing else adds keys. */
  isOwned: boolean;
}

interface Part {
  maker: Manifest;
  keys: KeySet;
  owns: boolean;
}
