/** Every Secret of a cluster with those that make it, and the keys that are known of it. */
import { addTo, objectAt } from '../../base/index.ts';
import { type KeySet, keySet, type SecretKeys, unitedKeys, unsureKeys } from './key-set.ts';
import type { Manifest, Objects, SecretName } from './objects.ts';
import { otherMakers } from './other-makers.ts';
import { effectOf, type Produced, producedBy } from './produced.ts';
import { targetName, type Writer, writersOf } from './writers.ts';

/** Asked lazily: what a Secret holds may hang on another one, which a store of Kubernetes reads. */
export function indexSecrets(objects: Objects): SecretIndex {
  const writers = new Map<string, Writer[]>();
  for (const writer of writersOf(objects))
    addTo(writers, keyOf({ ...writer, name: targetName(writer) }), writer);
  const others = new Map<string, ReturnType<typeof otherMakers>>();
  for (const maker of otherMakers(objects)) addTo(others, keyOf(maker), maker);
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
    const key = keyOf(own);
    const rivals = (writers.get(key) ?? []).filter(({ manifest }) => manifest !== writer.manifest);
    const makers = others.get(key) ?? [];
    const isWritten = objects.find('', 'Secret', own.namespace, own.name) !== undefined;
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
    const key = keyOf(secret);
    const before = known.get(key);
    if (before !== undefined) return before;
    // One that hangs on itself, or on too many in a row: nothing is said of it.
    if (asked.has(key) || asked.size > longestChain)
      return { made: null, keys: keySet([], [], true), makers: [] };
    asked.add(key);
    const found = madeOf(secret, key);
    asked.delete(key);
    known.set(key, found);
    return found;
  }

  function madeOf({ namespace, name }: SecretName, key: string): KnownSecret {
    const manifest = objects.find('', 'Secret', namespace, name);
    const own = (writers.get(key) ?? []).map((writer) => ({ writer, ...produced(writer) }));
    const makers = others.get(key) ?? [];
    const owners = own.filter(
      ({ policy, effect, reason }) => policy === 'Owner' && effect === 'conflict' && reason === 'other-owner',
    );
    const working = own.filter(({ effect }) => ['creates', 'replaces', 'merges'].includes(effect));
    const isReplaced = working.some(({ effect }) => effect === 'replaces');
    const parts = [
      // What an owner clears may be put back by who applies the manifest.
      ...(manifest
        ? [
            {
              maker: manifest,
              keys: isReplaced
                ? unsureKeys(keysOfManifest(manifest, objects))
                : keysOfManifest(manifest, objects),
            },
          ]
        : []),
      ...makers.map(({ maker, keys }) => ({ maker, keys: isReplaced ? unsureKeys(keys) : keys })),
      ...working.map(({ writer, keys }) => ({ maker: writer.manifest, keys })),
      // Which of them comes first is not known.
      ...(owners.length > 1
        ? owners.map(({ writer, keys }) => ({ maker: writer.manifest, keys: unsureKeys(keys) }))
        : []),
    ];
    const keys = unitedKeys(parts.map((part) => part.keys));
    return {
      made: parts.length > 0 ? true : objects.closed ? false : null,
      keys: parts.length > 0 ? keys : keySet([], [], !objects.closed),
      makers: parts.map(({ maker }) => maker),
    };
  }

  return { of, produced, writers: [...writers.values()].flat() };
}

/**
 * Keys of a written Secret. In a cluster that is not closed, one without any is filled by somebody else, and
 * so is one that is marked as a copy of another.
 */
function keysOfManifest({ rendered, annotations }: Manifest, { closed }: Objects): KeySet {
  const keys = [...Object.keys(objectAt(rendered, 'data')), ...Object.keys(objectAt(rendered, 'stringData'))];
  if (rendered.type === 'kubernetes.io/service-account-token') keys.push('token', 'ca.crt', 'namespace');
  const isFilled = keys.length === 0 || Object.keys(annotations).some((key) => copies.test(key));
  return keySet(keys, [], !closed && isFilled);
}

/** Of those that copy Secrets, or fill them, into ones that are there. */
const copies = /replicat|reflect|mittwald|emberstack|kubed|inject|vals-operator|vault|sync/i;

const longestChain = 100;
const keyOf = ({ namespace, name }: SecretName): string => `${namespace ?? ''}/${name}`;

export interface SecretIndex {
  of(secret: SecretName): KnownSecret;
  /** What a writer makes, given what others make. */
  produced(writer: Writer): Produced;
  writers: Writer[];
}

export interface KnownSecret {
  /** Null where nothing that is read makes it, and something that is not may. */
  made: boolean | null;
  keys: KeySet;
  makers: Manifest[];
}
