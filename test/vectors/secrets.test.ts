import { describe, expect, it } from 'vitest';
import { managedNamespaces } from '../../plugins/model/argocd/sync/managed-namespaces.ts';
import { isObject, type JsonObject, listAt, objectAt, textAt, textsAt } from '../../plugins/base/index.ts';
import { idOf, identityOf, textsOf } from '../../plugins/model/identity.ts';
import { type KeySet, sortedKeys } from '../../plugins/model/secrets/key-set.ts';
import { type Manifest, type Objects, objectsOf } from '../../plugins/model/secrets/objects.ts';
import { podReads, verdictOf } from '../../plugins/model/secrets/pod-reads.ts';
import { pushedBy } from '../../plugins/model/secrets/push.ts';
import { isReloaded } from '../../plugins/model/secrets/reloader.ts';
import { checkedKeys, convertKeys, KeysFault, reverseKey, rewriteKeys } from '../../plugins/model/secrets/rewrite-keys.ts';
import { indexSecrets } from '../../plugins/model/secrets/secret-index.ts';
import { spreadOf } from '../../plugins/model/secrets/spread.ts';
import { storeAuth } from '../../plugins/model/secrets/store-auth.ts';
import { storeRefsOf } from '../../plugins/model/secrets/stores.ts';
import { refusalsOf } from '../../plugins/model/secrets/validation.ts';
import { writerOf } from '../../plugins/model/secrets/writers.ts';
import { differ, type Operation, runVectors, type Vector } from './run.ts';

function manifestOf(rendered: JsonObject): Manifest {
  const { group, version, kind, namespace, name } = identityOf(rendered);
  const metadata = objectAt(rendered, 'metadata');
  const labels = textsOf(metadata.labels);
  const annotations = textsOf(metadata.annotations);
  return { id: idOf(group, kind, namespace, name), group, version, kind, namespace, name, labels, annotations, rendered };
}

const placeOf = ({ kind, namespace, name }: Manifest) => [kind, namespace, name].filter(Boolean).join('/');

/** A cluster that holds these alone, with values that may be read. */
function clusterOf(input: JsonObject): Objects & { named: (id: string) => Manifest } {
  const all = listAt(input, 'manifests').filter(isObject).map(manifestOf);
  const managed = managedNamespaces({ ofKind: () => [] });
  const known = { hidden: false, closed: true, managed, labelled: () => false };
  return {
    ...objectsOf((group, kind) => all.filter((one) => one.group === group && one.kind === kind), known),
    named(id) {
      const found = all.find((one) => placeOf(one) === id);
      if (found === undefined) throw new Error(`no ${id}`);
      return found;
    },
  };
}

/** Only what is expected is compared. */
function judge({ expected }: Vector, actual: JsonObject): string | null {
  return differ(expected, Object.fromEntries(Object.keys(expected).map((key) => [key, actual[key] ?? null])));
}

const open = (keys: KeySet): boolean => keys.open || keys.maybe.size > 0;
const secretAt = (text: unknown) => {
  const [namespace = '', name = ''] = String(text).split('/');
  return { namespace, name };
};

const stores: Operation = ({ input, expected }) => {
  const objects = clusterOf(input);
  const refs = storeRefsOf(writerOf(objects.named(String(input.object))), objects);
  const made = refs.map(({ field, index, kind, namespace, name, ok, reason }) => ({
    at: `${field}/${index}`,
    to: [kind, namespace, name].filter((part) => part !== null).join('/'),
    ok,
    ...(reason === undefined ? {} : { reason }),
  }));
  return differ(expected, { refs: made });
};

const secret: Operation = (vector) => {
  const objects = clusterOf(vector.input);
  const { keys, reason, ...made } = indexSecrets(objects).produced(writerOf(objects.named(String(vector.input.object))));
  const { refs: _, ...plain } = made;
  return judge(vector, { ...plain, reason: reason ?? null, keys: sortedKeys(keys.sure), open: open(keys) });
};

const rewrite: Operation = (vector) => {
  const { input } = vector;
  try {
    const data = new Map(Object.entries(objectAt(input, 'data')).map(([key, value]) => [key, String(value)]));
    const operations = listAt(input, 'rewrite');
    const renamed = rewriteKeys(operations, data);
    const strategy = textAt(input, 'conversionStrategy') ?? '';
    const converted = operations.length === 0 ? convertKeys(strategy, renamed) : renamed;
    const made = input.validated === true ? checkedKeys(converted) : converted;
    return judge(vector, { data: Object.fromEntries(made), keys: sortedKeys(made.keys()) });
  } catch (error) {
    if (!(error instanceof KeysFault)) throw error;
    return differ(vector.expected, { fails: error.reason });
  }
};

const reverse: Operation = (vector) =>
  judge(vector, {
    keys: textsAt(vector.input, 'keys').map((key) => reverseKey(textAt(vector.input, 'strategy') ?? '', key)),
  });

const push: Operation = (vector) => {
  const objects = clusterOf(vector.input);
  const { namespace, rendered } = objects.named(String(vector.input.object));
  const index = indexSecrets(objects);
  const made = pushedBy({ namespace, spec: objectAt(rendered, 'spec') }, objects, (name) => index.of({ namespace, name }));
  return differ(vector.expected, made.fails === null ? { entries: made.entries.map((one) => ({ ...one, store: placeOf(one.store) })) } : { fails: made.fails });
};

const spread: Operation = (vector) => {
  const objects = clusterOf(vector.input);
  return judge(vector, { ...spreadOf(objects.named(String(vector.input.object)), objects) });
};

const validate: Operation = (vector) =>
  judge(vector, {
    rules: [...new Set(refusalsOf(manifestOf(objectAt(vector.input, 'manifest'))).map(({ rule }) => rule))],
  });

const reads: Operation = (vector) => {
  const objects = clusterOf(vector.input);
  const workload = objects.named(String(vector.input.object));
  const index = indexSecrets(objects);
  const made = podReads(workload, (name) => objects.find('', 'ServiceAccount', workload.namespace, name)).map((read) => ({
    at: read.at,
    secret: `${workload.namespace}/${read.name}`,
    keys: read.keys ?? '*',
    verdict: verdictOf(read, index.of({ namespace: workload.namespace, name: read.name })),
  }));
  return judge(vector, { reads: made });
};

const keysOf: Operation = (vector) => {
  const { made, keys } = indexSecrets(clusterOf(vector.input)).of(secretAt(vector.input.secret));
  return judge(vector, { made, keys: sortedKeys(keys.sure), open: open(keys) });
};

const reload: Operation = (vector) => {
  const { input } = vector;
  const annotations = textsOf(objectAt(input, 'secret', 'annotations'));
  const name = textAt(input, 'secret', 'name') ?? '';
  const made = isReloaded(manifestOf(objectAt(input, 'workload')), { name, annotations }, input.all === true);
  return judge(vector, { reload: made });
};

const auth: Operation = (vector) => {
  const { refused, reads: found } = storeAuth(
    manifestOf(objectAt(vector.input, 'store')),
    textAt(vector.input, 'namespace') ?? null,
  );
  return judge(vector, { refused, reads: found.map(({ namespace, name, key }) => ({ secret: `${namespace}/${name}`, key })) });
};

describe('secrets', () => {
  it.each([
    ['stores', { stores }, 32],
    ['produced', { secret }, 70],
    ['keys', { rewrite, reverse }, 26],
    ['validation', { validate }, 47],
    ['clusters', { spread }, 10],
    ['push', { push }, 32],
    ['readers', { reads, keysOf, reload, storeAuth: auth }, 64],
  ] satisfies [string, Record<string, Operation>, number][])('%s', (file, operations, ran) => {
    const aside: Record<string, string> =
      file === 'readers' ? { env: 'which variables a container gets is not worked out, only what it reads' } : {};
    expect(runVectors(`secrets/${file}.json`, operations, aside)).toEqual({ failures: [], ran });
  });
});
