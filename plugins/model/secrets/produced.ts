/**
 * The Secret that an ExternalSecret makes, and what becomes of one that is there. Source:
 * `externalsecret_controller.go` Reconcile, applyOwnership.
 */
import { at, isObject, type JsonObject, listAt, textAt } from '../../base/index.ts';
import { type Fetched, fetchedBy } from './fetched.ts';
import { type KeySet, keySet, type SecretKeys } from './key-set.ts';
import type { Objects } from './objects.ts';
import { isUnmanaged, storeRef } from './stores.ts';
import { templated } from './template-keys.ts';
import { templateFaults } from './validation.ts';
import { targetName, type Writer } from './writers.ts';

/** What it does by itself, before anything is asked of others that write into the same Secret. */
export function producedBy(writer: Writer, objects: Objects, secretKeys: SecretKeys): Produced {
  const { spec, namespace } = writer;
  const fetched = fetchedBy(writer, objects, secretKeys);
  const policy = textAt(spec, 'target', 'creationPolicy') || 'Owner';
  const template = at(spec, 'target', 'template');
  const manifest = at(spec, 'target', 'manifest');
  const own = { keys: fetched.keys, labels: writer.labels, annotations: writer.annotations, fails: null };
  const made = isObject(template) ? templated(template, namespace, fetched.keys, objects) : own;
  const base: Produced = {
    kind: isObject(manifest) ? (textAt(manifest, 'kind') ?? '') : 'Secret',
    namespace,
    name: targetName(writer),
    policy,
    type: textAt(template, 'type') || 'Opaque',
    immutable: at(spec, 'target', 'immutable') === true,
    deletedWith: policy === 'Owner',
    labels: made.labels,
    annotations: made.annotations,
    refs: fetched.refs,
    keys: made.keys,
    effect: 'creates',
    reason: null,
  };
  const none = (effect: Effect, reason: string | null): Produced => ({
    ...base,
    keys: keySet(),
    effect,
    reason,
  });
  if (isIgnored(writer, fetched, objects)) return none('ignored', null);
  if (isObject(manifest)) return { ...base, effect: 'needs-flag' };
  if (fetched.fails !== null) return none('fails', fetched.fails);
  const emptied = whenEmpty(spec, policy, fetched);
  if (emptied !== null) return none(emptied, null);
  if (policy === 'None') return none('nothing', null);
  const refused = templateFaults(spec)[0]?.rule ?? made.fails;
  if (refused !== null) return none('fails', refused);
  return base;
}

/** The default controller ignores the whole where any store that it names is another's, used or not. */
function isIgnored({ spec, namespace }: Writer, { refs }: Fetched, objects: Objects): boolean {
  if (refs.some(({ reason }) => reason === 'other-controller')) return true;
  const named = [
    at(spec, 'secretStoreRef'),
    ...[...listAt(spec, 'data'), ...listAt(spec, 'dataFrom')].map((entry) =>
      at(entry, 'sourceRef', 'storeRef'),
    ),
  ];
  return named.filter(isObject).some((reference) => {
    const { store } = storeRef(reference, namespace, objects);
    return store !== null && isUnmanaged(store);
  });
}

/** Where the provider has nothing at all: no Secret is made, unless `deletionPolicy` is Merge. */
function whenEmpty(spec: JsonObject, policy: string, { keys }: Fetched): Effect | null {
  if (keys.open || keys.sure.size > 0 || keys.maybe.size > 0) return null;
  const deletion = textAt(spec, 'target', 'deletionPolicy') || 'Retain';
  if (deletion === 'Merge') return null;
  return deletion === 'Delete' && policy !== 'Owner' ? 'fails' : 'nothing';
}

/**
 * What happens to the Secret, given what else makes or holds it. Only one may own it: of two, the one that
 * comes first does, which nobody knows.
 */
export function effectOf(own: Produced, rivals: Rivals): Pick<Produced, 'effect' | 'reason'> {
  if (own.effect !== 'creates') return { effect: own.effect, reason: own.reason };
  const conflict = (reason: string) => ({ effect: 'conflict' as const, reason });
  const { policy } = own;
  const others = rivals.others.filter(({ effect }) => effect === 'creates').map((one) => one.policy);
  if (others.includes('Owner')) return conflict('other-owner');
  if (policy === 'Owner' && rivals.isOwned) return conflict('other-owner');
  const merges = policy === 'Merge' || policy === 'CreateOrMerge';
  // One that is made anew at each refresh loses what others put into it.
  if (policy !== 'Owner' && others.includes('Orphan')) return conflict('wiped-by-other');
  if (!merges) return { effect: rivals.isWritten ? 'replaces' : 'creates', reason: null };
  if (rivals.isWritten || rivals.isOwned || others.includes('CreateOrMerge'))
    return { effect: 'merges', reason: null };
  return { effect: policy === 'Merge' ? 'waits' : 'creates', reason: null };
}

type Effect =
  | 'creates'
  | 'replaces'
  | 'merges'
  | 'waits'
  | 'nothing'
  | 'ignored'
  | 'fails'
  | 'conflict'
  | 'needs-flag';

export interface Produced {
  effect: Effect;
  /** In a word, where something is refused. */
  reason: string | null;
  kind: string;
  namespace: string | null;
  name: string;
  policy: string;
  type: string;
  immutable: boolean;
  /** The Secret goes when the ExternalSecret does. */
  deletedWith: boolean;
  /** Null for a value that a template makes. */
  labels: Record<string, string | null>;
  annotations: Record<string, string | null>;
  keys: KeySet;
  refs: Fetched['refs'];
}

interface Rivals {
  /** Other ExternalSecrets with the same target. */
  others: readonly Pick<Produced, 'policy' | 'effect'>[];
  /** A manifest writes it, or a controller that does not hold on to it. */
  isWritten: boolean;
  /** Another controller owns it. */
  isOwned: boolean;
}
