/** External Secrets: store → ExternalSecret → the Secret that it writes, as records of the model. */
import {
  asText,
  at,
  compareText,
  isObject,
  type JsonObject,
  listAt,
  objectAt,
  textAt,
} from '../../base/index.ts';
import type { BuildContext } from '../context.ts';
import { idOf } from '../identity.ts';
import type { SecretFlow, SecretKeyNames } from '../secret-types.ts';
import type { Resource } from '../types.ts';
import { type KeySet, sortedKeys } from './key-set.ts';
import { madeSecret } from './made-secret.ts';
import type { Produced } from './produced.ts';
import type { SecretIndex } from './secret-index.ts';
import type { Writer } from './writers.ts';

/**
 * The flows; Secrets that are not in the repository and come to be by them are added to the lookup. One that
 * is there, or that another ExternalSecret makes, is not doubled.
 * @param uses what becomes of the Secret of an id, asked when a flow is.
 */
export function buildSecretFlows(
  secrets: SecretIndex,
  context: BuildContext,
  uses: SecretUses,
): SecretFlow[] {
  const writers = secrets.writers.map((writer) => ({ writer, produced: secrets.produced(writer) }));
  const flows = writers.map((one) => flowOf(one.writer, one.produced, context, uses));
  // Owners come first, so that what merges into their Secret finds it.
  for (const isFirst of [true, false])
    for (const [index, { writer, produced }] of writers.entries()) {
      const flow = flows[index];
      if (flow === undefined || (produced.policy !== 'Merge') !== isFirst) continue;
      const known = context.lookup.find('', 'Secret', flow.target.namespace, flow.target.name);
      if (known) flow.target.id = known.id;
      else if (!makesNone.has(flow.effect)) context.lookup.add(secretOf(writer, produced, secrets, context));
    }
  const key = (flow: SecretFlow): string => `${flow.externalSecret} ${flow.target.id}`;
  return flows.sort((a, b) => compareText(key(a), key(b)));
}

/** `waits` may find one that a chart makes. */
const makesNone = new Set(['ignored', 'fails', 'nothing', 'needs-flag']);

function flowOf(writer: Writer, produced: Produced, context: BuildContext, uses: SecretUses): SecretFlow {
  const { spec, manifest } = writer;
  const { name, namespace, effect, reason, refs, policy } = produced;
  const own = resourceOf(manifest.id, context);
  const refused = refs.find((ref) => ref.reason === 'denied' || ref.reason === 'other-controller');
  const ref = refused ?? refs.find((one) => !one.path.includes('generatorRef')) ?? refs[0];
  const fallback = at(spec, 'secretStoreRef');
  const target = { name, namespace, id: idOf('', 'Secret', namespace, name) };
  return {
    externalSecret: manifest.id,
    store: {
      kind: ref?.kind || textAt(fallback, 'kind') || 'SecretStore',
      name: ref?.name ?? textAt(fallback, 'name') ?? '',
      id: ref?.store?.id ?? null,
      refusal: refused?.reason === 'denied' || refused?.reason === 'other-controller' ? refused.reason : null,
    },
    target,
    creationPolicy: policy,
    deletionPolicy: textAt(spec, 'target', 'deletionPolicy') || 'Retain',
    refreshInterval: intervalOf(spec),
    keys: keysOf(spec),
    effect,
    reason,
    secretKeys: namesOf(produced.keys),
    get readers() {
      return uses.readersOf(target.id);
    },
    get pushes() {
      return uses.pushesOf(target.id);
    },
    origin: own.origin,
  };
}

function intervalOf(spec: JsonObject): string {
  const written = spec.refreshInterval;
  return written === undefined || written === null || written === '' ? '1h' : asText(written);
}

export function namesOf({ sure, maybe, open }: KeySet): SecretKeyNames {
  return { sure: sortedKeys(sure), maybe: sortedKeys(maybe), open };
}

function keysOf(spec: JsonObject): { key: string; remote: string }[] {
  const single = listAt(spec, 'data').map((entry) => ({
    key: textAt(entry, 'secretKey') ?? '',
    remote: remoteText(objectAt(entry, 'remoteRef')),
  }));
  const whole = listAt(spec, 'dataFrom').map((entry) => {
    const extract = objectAt(entry, 'extract');
    if (typeof extract.key === 'string') return { key: '*', remote: remoteText(extract) };
    const find = textAt(entry, 'find', 'name', 'regexp') ?? textAt(entry, 'find', 'path');
    return {
      key: '*',
      remote:
        find === undefined ? (textAt(entry, 'sourceRef', 'generatorRef', 'kind') ?? '*') : `find ${find}`,
    };
  });
  return [...single, ...whole];
}

function remoteText(reference: JsonObject): string {
  const key = textAt(reference, 'key') ?? '';
  const property = textAt(reference, 'property');
  return property === undefined ? key : `${key}#${property}`;
}

function secretOf(
  { spec, path, manifest }: Writer,
  produced: Produced,
  secrets: SecretIndex,
  context: BuildContext,
): Resource {
  const own = resourceOf(manifest.id, context);
  const { name, namespace, type } = produced;
  const { keys } = secrets.of({ namespace, name });
  return madeSecret(own, {
    namespace,
    name,
    labels: written(produced.labels),
    annotations: written(produced.annotations),
    type,
    keys: new Set([...keys.sure, ...produced.keys.sure]),
    place: context.locate(own, isObject(at(spec, 'target')) ? [...path, 'target'] : path),
    source: 'external-secret',
  });
}

/** What a template makes of a label is not known. */
function written(values: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
  );
}

function resourceOf(id: string, { lookup }: BuildContext): Resource {
  const found = lookup.byId(id);
  if (found === undefined) throw new Error(`${id} is asked for and not there`);
  return found;
}

export interface SecretUses {
  readersOf(id: string): SecretFlow['readers'];
  pushesOf(id: string): SecretFlow['pushes'];
}
