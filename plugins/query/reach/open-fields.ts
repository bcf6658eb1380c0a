import type { Resource, Route } from '../../model/index.ts';
import { type Platform, type UnreadPart, unreadParts, unrenderedOver } from '../../platform/index.ts';
import type { SubjectKind, SubjectOf } from '../subjects/index.ts';
import { fieldPart, type UnsureField } from './field-part.ts';
import { openKeys } from './open-keys.ts';
import { leftOutOf } from './placed-parts.ts';
import { fluxFieldsOf } from './unread-rows.ts';

/** What the model works out of a subject from other things, some of which may not be read: kind by kind. */
export const openFields: OpenFields = {
  application: ({ record, resource }, platform) => [
    ...because(platform, deployedFields, (part) => part.deployer?.id === resource?.id && part.adds),
    // What is refused already stays so, whatever else is found.
    ...(record.permitted.ok === false
      ? []
      : because(platform, ['permitted'], (part) => part.deployer?.id === resource?.id)),
  ],
  kustomization: orderOf,
  helmrelease: orderOf,
  applicationset: ({ resource }, platform) =>
    because(platform, ['applications', 'rollingSync'], (part) => part.set?.id === resource?.id),
  project: ({ record }, platform) =>
    because(platform, ['applications', 'matches'], (part) =>
      part.set === null
        ? mayHold(part, argo, ['Application'])
        : part.set.project === null || part.set.project === record.name,
    ),
  stack: (_subject, platform) => [
    ...because(
      platform,
      ['applications', 'namespace', 'project'],
      (part) => part.set !== null || mayHold(part, argo, ['Application']),
    ),
    ...because(
      platform,
      ['kustomizations', 'helmReleases', 'namespace'],
      (part) => part.adds && fluxFieldsOf(part, platform).length > 0,
    ),
  ],
  policy: (subject, platform) => [
    ...leftOutOf(subject, platform),
    ...because(platform, ['matches'], (part) => part.adds),
  ],
  event: ({ record: { open, live } }, platform) => {
    const kinds = open !== null ? ['EventBus'] : live ? [] : ['EventSource', 'Sensor', 'WorkflowTemplate'];
    return because(platform, eventFields, (part) => mayHold(part, argo, kinds));
  },
  secret: ({ record: { store } }, platform) => [
    ...because(platform, ['readers'], (part) => part.adds),
    ...because(platform, ['pushes'], (part) =>
      mayHold(part, externalSecrets, ['PushSecret', 'ClusterPushSecret']),
    ),
    ...openPushes(platform),
    ...because(platform, ['effect', 'reason'], (part) => mayHold(part, externalSecrets, ['ExternalSecret'])),
    ...(store.id === null
      ? because(platform, ['store'], (part) => mayHold(part, externalSecrets, [store.kind]))
      : []),
  ],
  route: ({ record }, platform) => [
    ...undecided(record, ['accepted', 'reason', 'why', 'listener', 'listeners'], record.parents),
    ...undecided(record, ['resolved', 'reason', 'why', 'workloads'], record.backends),
    ...(record.backends.some(({ id }) => id === null)
      ? because(platform, ['backends'], (part) => mayHold(part, '', ['Service']))
      : []),
    ...(record.parents.some(({ id }) => id === null)
      ? because(platform, ['parents'], (part) => mayHold(part, 'gateway.networking.k8s.io', ['Gateway']))
      : []),
  ],
  resource: ({ record }, platform) => {
    const open = undeployed(record, platform);
    const keys = openKeys(record, platform);
    if (keys === null) return open;
    const { known, unverified } = keys;
    return [...open, { name: 'data', path: ['data'], known, parts: [fieldPart(unverified)] }];
  },
};

function orderOf({ resource }: { resource: Resource | undefined }, platform: Platform): UnsureField[] {
  return because(platform, ['order'], (part) => part.deployer?.id === resource?.id && part.adds);
}

/** These fields, where there are such parts. */
function because(
  platform: Platform,
  names: readonly string[],
  test: (part: UnreadPart) => boolean,
): UnsureField[] {
  const parts = unreadParts(platform).filter(test);
  return parts.length === 0 ? [] : names.map((name) => ({ name, parts }));
}

function mayHold(part: UnreadPart, group: string, kinds: readonly string[]): boolean {
  return kinds.some((kind) => part.mayHold({ group, kind }));
}

/** What the API would say of a route, where only a cluster knows; each place that is open for itself. */
function undecided(
  { route, origin }: Route,
  names: readonly string[],
  places: readonly {
    name: string;
    accepted?: boolean | null;
    resolved?: boolean | null;
    why: string | null;
  }[],
): UnsureField[] {
  const { file, line, column, endLine, endColumn } = origin;
  const parts = places
    .filter(({ accepted, resolved }) => accepted === null || resolved === null)
    .map(({ name, why }) =>
      fieldPart({
        kind: 'route',
        what: `what a controller says of ${route} and ${name}`,
        why: why ?? 'only a cluster knows',
        origin: { file, line, column, endLine, endColumn },
      }),
    );
  return parts.length === 0 ? [] : names.map((name) => ({ name, parts }));
}

/** Which Secrets a PushSecret takes, or to where, may be known to a cluster alone. */
function openPushes({ model }: Platform): UnsureField[] {
  const parts = model.secretPushes
    .filter(({ open }) => open)
    .map(({ pushSecret, origin: { file, line, column, endLine, endColumn } }) =>
      fieldPart({
        kind: 'secret',
        what: `all that ${pushSecret} pushes`,
        why: 'keys, Secrets or stores that it speaks of are not known',
        origin: { file, line, column, endLine, endColumn },
      }),
    );
  return parts.length === 0 ? [] : [{ name: 'pushes', parts }];
}

/** Who deploys a thing, and into where, whose folder somebody deploys but does not render. */
function undeployed(resource: Resource, platform: Platform): readonly UnsureField[] {
  if (resource.deployer !== null || resource.generatedBy !== null) return [];
  const parts = unrenderedOver(platform).get(resource.origin.file);
  return parts === undefined ? [] : placedFields.map((name) => ({ name, parts }));
}

const argo = 'argoproj.io';
const externalSecrets = 'external-secrets.io';
const eventFields = [
  'live',
  'dead',
  'bus',
  'sentence',
  'sensor',
  'dependency',
  'trigger',
  'type',
  'source',
] as const;
/** What a deployer decides of an object. */
const placedFields = ['deployer', 'application', 'kustomization', 'helmRelease', 'namespace', 'id'] as const;

/** What the model works out from the objects that an application deploys. */
const deployedFields = ['order', 'stages', 'replaces', 'deletion', 'createsNamespace'] as const;

type OpenFields = {
  [K in SubjectKind]?: (subject: SubjectOf<K>, platform: Platform) => readonly UnsureField[];
};
