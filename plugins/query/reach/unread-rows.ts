import { type DeployerKind, deployerKind } from '../../model/index.ts';
import type { Platform, UnreadPart } from '../../platform/index.ts';
import type { PartialRow, PartialValue } from '../cel/three-valued.ts';
import type { SubjectKind } from '../subjects/index.ts';

/**
 * The rows of a kind that something unread could bring, each with what is known of it. None where it surely
 * brings none.
 */
export function unreadRows(part: UnreadPart, kind: SubjectKind, platform: Platform): PartialRow[] {
  const rows: Row[] = [];
  if (part.set !== null) rows.push(...rowsOfSet(part, kind, platform));
  else if (part.adds) {
    const kinds = manifestKinds[kind];
    // What a policy says of an unknown object, and which Secrets it reads, is as little known as the object.
    if (kind === 'resource' || kind === 'policyresult' || kind === 'secretread') rows.push(common(part));
    else if (kinds?.some((one) => part.mayHold(one))) rows.push(byKind(common(part), kind, kinds));
    // An unread deployer may deploy further unread objects.
    if (part.mayHold(application)) rows.push(...rowsBehind(part, kind, 'application', platform));
    for (const name of fluxFieldsOf(part, platform)) rows.push(...rowsBehind(part, kind, name, platform));
  }
  return rows.map((row) => (name) => (Object.hasOwn(row, name) ? row[name] : undefined));
}

/** The fields of an object in an unread part, as far as they are known. */
function common(part: UnreadPart): Row {
  const { layer, stack, isWritten } = part;
  return {
    written: { values: [isWritten] },
    layer: { values: [layer] },
    stack: { values: [stack] },
    deployer: { values: [part.deployer?.id ?? null] },
    application: { values: [nameOf(part, 'Application')] },
    kustomization: { values: [nameOf(part, 'Kustomization')] },
    helmRelease: { values: [nameOf(part, 'HelmRelease')] },
    file: { values: isWritten ? [...part.files] : [...part.files, unreadFile] },
    ...(part.namespaces === null ? {} : { namespace: { values: [...part.namespaces, null] } }),
    kind: { lacks: (value) => typeof value === 'string' && !part.mayHoldKind(value) },
    group: { lacks: (value) => typeof value === 'string' && !part.mayHoldGroup(value) },
    apiVersion: {
      lacks: (value) =>
        typeof value === 'string' && value.includes('/') && !part.mayHoldGroup(value.split('/')[0] ?? ''),
    },
  };
}

/**
 * A record's own fields stand over those of its resource; of these the namespace is one of an application's.
 */
function byKind(row: Row, kind: SubjectKind, kinds: readonly { group: string; kind: string }[]): Row {
  const { namespace, ...others } = row;
  const named = { ...others, kind: { values: kinds.map((one) => one.kind) } };
  if (kind === 'event') return {};
  return kind === 'application' || namespace === undefined ? named : { ...named, namespace };
}

function rowsBehind(
  part: UnreadPart,
  kind: SubjectKind,
  name: 'application' | 'kustomization' | 'helmRelease',
  platform: Platform,
): Row[] {
  if (kind === 'stack' || kind === 'event') return [];
  const {
    namespace: _,
    deployer: __,
    ...row
  } = common({
    ...part,
    deployer: null,
    files: [],
    isWritten: false,
    namespaces: null,
  });
  const anywhere = { ...row, layer: { values: ['gitops'] }, stack: { values: [null] } };
  return [{ ...anywhere, [name]: unknownName(platform.model[`${name}s`]) }];
}

/** The Applications of a set, and what they would deploy. */
function rowsOfSet(part: UnreadPart, kind: SubjectKind, platform: Platform): Row[] {
  const { set } = part;
  if (set === null) return [];
  const named = unknownName(platform.model.applications, part.mayBeNamed);
  const one: Row = {
    written: { values: [true] },
    kind: { values: ['Application'] },
    group: { values: ['argoproj.io'] },
    layer: { values: ['gitops'] },
    deployer: { values: [null] },
    application: { values: [null] },
    kustomization: { values: [null] },
    helmRelease: { values: [null] },
    generatedBy: { values: [set.id] },
    source: { values: ['applicationset'] },
    file: { values: [set.origin.file] },
    name: named,
  };
  if (kind === 'application')
    return [set.project === null ? one : { ...one, project: { values: [set.project] } }];
  if (kind === 'stack') return [];
  if (kind === 'event') return [{}];
  const { namespace: _, deployer: __, ...deployed } = common({ ...part, files: [] });
  const others: Row = { ...deployed, application: named, layer: { values: ['gitops'] } };
  return kind === 'resource' ? [{ ...one, namespace: { values: [set.namespace] } }, others] : [others];
}

/** The name of a deployer that is not known: none of those that are. */
function unknownName(
  deployers: readonly { name: string }[],
  mayBe: (name: string) => boolean = () => true,
): PartialValue {
  const known = new Set(deployers.map(({ name }) => name));
  return {
    lacks: (value) => value === null || (typeof value === 'string' && (known.has(value) || !mayBe(value))),
  };
}

const application = { group: 'argoproj.io', kind: 'Application' };
const kustomization = { group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization' };
const helmRelease = { group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease' };

/**
 * By which of Flux's kinds something unread may deploy what is not known: asked only where the platform has
 * Flux at all.
 */
export function fluxFieldsOf(part: UnreadPart, { model }: Platform): ('kustomization' | 'helmRelease')[] {
  if (model.kustomizations.length + model.helmReleases.length === 0) return [];
  return [
    ...(part.mayHold(kustomization) ? (['kustomization'] as const) : []),
    ...(part.mayHold(helmRelease) ? (['helmRelease'] as const) : []),
  ];
}

/** The name of what deploys it, where it is of that kind. */
function nameOf({ deployer }: UnreadPart, kind: DeployerKind): string | null {
  return deployer !== null && deployerKind(deployer) === kind ? deployer.name : null;
}

/** The kinds whose objects are rows; none for what only the folders of the repository make. */
export const manifestKinds: Partial<Record<SubjectKind, readonly { group: string; kind: string }[]>> = {
  project: [{ group: 'argoproj.io', kind: 'AppProject' }],
  application: [application],
  kustomization: [kustomization],
  helmrelease: [helmRelease],
  applicationset: [{ group: 'argoproj.io', kind: 'ApplicationSet' }],
  policy: ['ClusterPolicy', 'Policy', 'CleanupPolicy', 'ClusterCleanupPolicy'].map((kind) => ({
    group: 'kyverno.io',
    kind,
  })),
  event: ['EventSource', 'Sensor'].map((kind) => ({ group: 'argoproj.io', kind })),
  secret: [{ group: 'external-secrets.io', kind: 'ExternalSecret' }],
  route: ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'].map((kind) => ({
    group: 'gateway.networking.k8s.io',
    kind,
  })),
};

/** No file of the repository: it lies in none of its folders. */
const unreadFile = '(not read)/manifest.yaml';

type Row = Record<string, PartialValue>;
