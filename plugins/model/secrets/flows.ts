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
import { type AskedKind, askedAgain, type NotingKinds } from './asked-kinds.ts';
import { type KeySet, sortedKeys } from './key-set.ts';
import { madeSecret } from './made-secret.ts';
import type { Produced } from './produced.ts';
import type { SecretIndex } from './secret-index.ts';
import type { Writer } from './writers.ts';

/**
 * The flows; Secrets that are not in the repository and come to be by them are added to the lookup. One that
 * is there, or that another ExternalSecret makes, is not doubled. While all that was looked at says what it
 * said, they are what they were.
 * @param asked what the index of Secrets asks for.
 * @param uses what becomes of the Secret of an id, asked when a flow is.
 */
export function buildSecretFlows(
  secrets: SecretIndex,
  asked: NotingKinds,
  context: BuildContext,
  uses: SecretUses,
): SecretFlow[] {
  const before = last?.deref();
  const known = before && kept.get(before);
  const again = known && foundAgain(known, context);
  const found = again ?? findFlows(secrets, asked, context);
  for (const made of found.made) context.lookup.add(secretOf(made, context));
  const flows = found.flows.map((flow) => withUses(flow, uses));
  kept.set(flows, found);
  last = new WeakRef(flows);
  return flows;
}

/** What the flows were made of, as long as somebody holds on to them. */
const kept = new WeakMap<SecretFlow[], Found>();
let last: WeakRef<SecretFlow[]> | undefined;

function foundAgain(known: Found, { lookup }: BuildContext): Found | undefined {
  const asked = askedAgain(known.asked, lookup);
  return asked && { ...known, asked };
}

function findFlows(secrets: SecretIndex, asked: NotingKinds, context: BuildContext): Found {
  const writers = secrets.writers.map((writer) => ({ writer, produced: secrets.produced(writer) }));
  const flows = writers.map((one) => flowOf(one.writer, one.produced, context));
  const made = new Map<string, Made>();
  // Owners come first, so that what merges into their Secret finds it.
  for (const isFirst of [true, false])
    for (const [index, { writer, produced }] of writers.entries()) {
      const flow = flows[index];
      if (flow === undefined || (produced.policy !== 'Merge') !== isFirst) continue;
      const { namespace, name } = flow.target;
      const known = context.lookup.find('', 'Secret', namespace, name)?.id;
      if (known !== undefined) flow.target.id = known;
      else if (!makesNone.has(flow.effect) && !made.has(flow.target.id)) {
        const { keys } = secrets.of(produced);
        made.set(flow.target.id, { writer, produced, keys: new Set([...keys.sure, ...produced.keys.sure]) });
      }
    }
  const key = (flow: FoundFlow): string => `${flow.externalSecret} ${flow.target.id}`;
  flows.sort((a, b) => compareText(key(a), key(b)));
  return { asked: asked.asked(), flows, made: [...made.values()] };
}

/** `waits` may find one that a chart makes. */
const makesNone = new Set(['ignored', 'fails', 'nothing', 'needs-flag']);

function flowOf(writer: Writer, produced: Produced, context: BuildContext): FoundFlow {
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
    origin: own.origin,
  };
}

function withUses({ origin, ...flow }: FoundFlow, uses: SecretUses): SecretFlow {
  const { id } = flow.target;
  return {
    ...flow,
    get readers() {
      return uses.readersOf(id);
    },
    get pushes() {
      return uses.pushesOf(id);
    },
    origin,
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

function secretOf({ writer, produced, keys }: Made, context: BuildContext): Resource {
  const { spec, path, manifest } = writer;
  const own = resourceOf(manifest.id, context);
  const { name, namespace, type } = produced;
  return madeSecret(own, {
    namespace,
    name,
    labels: written(produced.labels),
    annotations: written(produced.annotations),
    type,
    keys,
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

/** Of what is asked, and always the same while that says the same. */
interface Found {
  asked: AskedKind[];
  flows: FoundFlow[];
  /** Secrets that come to be, in the sequence in which they do. */
  made: Made[];
}

type FoundFlow = Omit<SecretFlow, 'readers' | 'pushes'>;

interface Made {
  writer: Writer;
  produced: Produced;
  keys: ReadonlySet<string>;
}
