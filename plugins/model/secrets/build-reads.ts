/** Who reads which Secret, with the place of each and what it finds there. */
import { compareText, type JsonPath, listAt, textAt } from '../../base/index.ts';
import { type BuildContext, placeOfOrigin } from '../context.ts';
import type { SecretFlow, SecretRead } from '../secret-types.ts';
import type { Resource } from '../types.ts';
import { type ArgoCdRead, argoCdReads } from './argocd-reads.ts';
import { namesOf } from './flows.ts';
import { holdsKey } from './key-set.ts';
import { isMadeSecret } from './made-secret.ts';
import type { Mention } from './mentions.ts';
import type { SecretName } from './objects.ts';
import { otherReads } from './other-reads.ts';
import { containersOf, podReads, verdictOf } from './pod-reads.ts';
import { podSpecOf } from './pod-spec.ts';
import { isReloaded } from './reloader.ts';
import type { SecretIndex } from './secret-index.ts';

/**
 * In the order of the readers, with what only names one at the end. Of Pods every read is told, of others
 * those of a Secret that something here makes.
 */
export function buildSecretReads(
  resources: readonly Resource[],
  flows: readonly SecretFlow[],
  secrets: SecretIndex,
  mentions: readonly Mention[],
  context: BuildContext,
): SecretRead[] {
  const users = Map.groupBy(
    flows.flatMap(({ store, target }) =>
      store.id === null ? [] : [{ store: store.id, namespace: target.namespace }],
    ),
    ({ store }) => store,
  );
  const reads = resources.flatMap((resource): SecretRead[] => {
    if (!mayRead(resource)) return [];
    const pod = podSpecOf(resource);
    const accountOf = (name: string) => context.lookup.find('', 'ServiceAccount', resource.namespace, name);
    const own = pod === null ? [] : podReads(resource, accountOf);
    const namespaces = [...new Set((users.get(resource.id) ?? []).map(({ namespace }) => namespace))];
    return [
      ...own.map(({ name, ...read }) =>
        readOf(resource, { ...read, secret: { namespace: resource.namespace, name } }, secrets, context),
      ),
      ...otherReads(resource, pod?.path ?? null, namespaces)
        .map((read) => readOf(resource, read, secrets, context))
        .filter(({ makers }) => makers.length > 0),
    ];
  });
  reads.push(...argoCdReads(context).map((read) => readByArgoCd(read, secrets, context)));
  reads.push(
    ...mentions
      .filter(({ secret }) => secrets.of(secret).makers.length > 0)
      .map((mention) => mentionedIn(mention, secrets, context)),
  );
  return reads;
}

/** By the id of each Secret the ids of its readers; what only mentions its name is no reader. */
export function readersOf(reads: readonly SecretRead[]): Map<string, string[]> {
  const known = Map.groupBy(reads, ({ secret, way }) => (way === 'mention' ? '' : (secret.id ?? '')));
  return new Map(
    [...known].map(([id, own]) => [id, [...new Set(own.map(({ reader }) => reader))].sort(compareText)]),
  );
}

/** What a policy or a definition says of Secrets is about those of others. */
function mayRead(resource: Resource): boolean {
  const { group, kind } = resource;
  return (
    !isMadeSecret(resource) &&
    kind !== 'CustomResourceDefinition' &&
    kind !== 'ApplicationSet' &&
    !/(?:^|\.)kyverno\.io$|^(?:admissionregistration|rbac\.authorization)\.k8s\.io$/.test(group)
  );
}

function readOf(resource: Resource, read: Asked, secrets: SecretIndex, context: BuildContext): SecretRead {
  const found = secrets.of(read.secret);
  const isMade = found.makers.length > 0;
  const known = context.lookup.find('', 'Secret', read.secret.namespace, read.secret.name);
  const keys = read.keys ?? [];
  let place: SecretRead['origin'] | null = null;
  return {
    reader: resource.id,
    secret: { ...read.secret, id: known?.id ?? null },
    way: read.way,
    at: read.at,
    keys: read.keys,
    optional: read.optional,
    verdict: verdictOf(read, found),
    rotated: rotationOf(resource, read, known?.annotations ?? {}),
    lacks: isMade ? keys.filter((key) => holdsKey(found.keys, key) === false) : [],
    makers: [...new Set(found.makers.map(({ id }) => id))].sort(compareText),
    secretKeys: isMade ? namesOf(found.keys) : null,
    owned: found.isOwned,
    // Finding a line means parsing its file again, and most are never asked for.
    get origin() {
      place ??= context.locate(resource, read.path);
      return place;
    },
  };
}

/** It asks anew each time; for which Secret hangs on addresses that may not be known. */
function readByArgoCd(
  { resource, secret: { namespace, name }, way, path, isSure }: ArgoCdRead,
  secrets: SecretIndex,
  context: BuildContext,
): SecretRead {
  const asked = { secret: { namespace, name }, way, at: path.join('.'), keys: null, optional: true, path };
  const read = readOf(resource, asked, secrets, context);
  if (!isSure) read.verdict = 'unknown';
  return read;
}

/** Whether the chart reads it is not known, nor what happens then when it changes. */
function mentionedIn(
  { resource, secret, keys, at, place: placeOf }: Mention,
  secrets: SecretIndex,
  context: BuildContext,
): SecretRead {
  const found = secrets.of(secret);
  let place: SecretRead['origin'] | null = null;
  return {
    reader: resource.id,
    secret: { ...secret, id: context.lookup.find('', 'Secret', secret.namespace, secret.name)?.id ?? null },
    way: 'mention',
    at,
    keys,
    optional: false,
    verdict: 'unknown',
    rotated: 'unknown',
    lacks: [],
    makers: [...new Set(found.makers.map(({ id }) => id))].sort(compareText),
    secretKeys: namesOf(found.keys),
    owned: found.isOwned,
    get origin() {
      place ??= placeOf() ?? placeOfOrigin(resource.origin);
      return place;
    },
  };
}

/** Variables, and files that are mounted one by one, keep what they had when the container began. */
function rotationOf(
  resource: Resource,
  { secret, way, at: place }: Asked,
  annotations: Resource['annotations'],
): SecretRead['rotated'] {
  const pod = podSpecOf(resource);
  if (pod === null || !['env', 'envFrom', 'volume'].includes(way)) return 'sees';
  if (isReloaded(resource, { name: secret.name, annotations })) return 'restarts';
  if (way !== 'volume') return 'keeps';
  const mounts = containersOf(pod.spec).flatMap(({ container }) => listAt(container, 'volumeMounts'));
  const own = mounts.filter((mount) => `volume/${textAt(mount, 'name') ?? ''}` === place);
  return own.some((mount) => textAt(mount, 'subPath') !== undefined) ? 'keeps' : 'sees';
}

interface Asked {
  secret: SecretName;
  way: SecretRead['way'];
  at: string;
  keys: string[] | null;
  optional: boolean;
  path: JsonPath;
}
