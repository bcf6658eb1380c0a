import { oncePer } from '../../base/index.ts';
import type { Route } from '../../model/index.ts';
import type { Platform, UnreadPart } from '../../platform/index.ts';
import { unreadParts, unrenderedOver } from '../../platform/index.ts';
import type { Place } from '../../source/index.ts';
import type { Subject } from '../subjects/index.ts';
import { fieldPart, type UnsureField } from './field-part.ts';
import { openKeys } from './open-keys.ts';
import { otherwiseBuilt } from './otherwise-fields.ts';
import { fluxFieldsOf } from './unread-rows.ts';

/** Fields of a subject that is known which something unread could change, and by what. */
export function unsureFields(subject: Subject, platform: Platform): readonly UnsureField[] {
  const parts = unreadParts(platform);
  const { record, resource } = subject;
  const because = (names: readonly string[], test: (part: UnreadPart) => boolean): UnsureField[] => {
    const found = parts.filter(test);
    return found.length === 0 ? [] : names.map((name) => ({ name, parts: found }));
  };
  const placed = placedParts(platform);
  const altering =
    (resource?.deployer ?? null) === null ? undefined : placed.altering.get(resource?.deployer ?? '');
  const all = altering === undefined ? none : [{ name: '*', parts: altering }];
  const altered = both(both(partialFields(subject, placed.partial), all), otherwiseBuilt(subject, platform));
  switch (subject.kind) {
    case 'application': {
      const id = resource?.id;
      return [
        ...altered,
        ...because(deployedFields, (part) => part.deployer?.id === id && part.adds),
        // What is refused already stays so, whatever else is found.
        ...('permitted' in record && record.permitted.ok !== false
          ? because(['permitted'], (part) => part.deployer?.id === id)
          : []),
      ];
    }
    case 'kustomization':
    case 'helmrelease':
      return [...altered, ...because(['order'], (part) => part.deployer?.id === resource?.id && part.adds)];
    case 'applicationset':
      return [
        ...altered,
        ...because(['applications', 'rollingSync'], (part) => part.set?.id === resource?.id),
      ];
    case 'project':
      return [
        ...altered,
        ...because(['applications', 'matches'], (part) =>
          part.set === null
            ? part.mayHold({ group: 'argoproj.io', kind: 'Application' })
            : part.set.project === null || ('name' in record && part.set.project === record.name),
        ),
      ];
    case 'stack':
      return [
        ...because(['applications', 'namespace', 'project'], (part) =>
          part.set === null ? part.mayHold({ group: 'argoproj.io', kind: 'Application' }) : true,
        ),
        ...because(
          ['kustomizations', 'helmReleases', 'namespace'],
          (part) => part.adds && fluxFieldsOf(part, platform).length > 0,
        ),
      ];
    case 'policy':
      return [...altered, ...leftOutOf(subject, platform), ...because(['matches'], (part) => part.adds)];
    case 'event': {
      if (!('live' in record)) return altered;
      const names = ['live', 'dead', 'bus', 'sentence', 'sensor', 'dependency', 'trigger', 'type', 'source'];
      const holds = (kinds: string[]) =>
        because(names, (part) => kinds.some((kind) => part.mayHold({ group: 'argoproj.io', kind })));
      if (record.open !== null) return [...altered, ...holds(['EventBus'])];
      if (record.live) return altered;
      return [...altered, ...holds(['EventSource', 'Sensor', 'WorkflowTemplate'])];
    }
    case 'secret': {
      const reading = [
        ...because(['readers'], (part) => part.adds),
        ...because(['pushes'], (part) =>
          ['PushSecret', 'ClusterPushSecret'].some((kind) =>
            part.mayHold({ group: 'external-secrets.io', kind }),
          ),
        ),
        ...openPushes(platform),
        ...because(['effect', 'reason'], (part) =>
          part.mayHold({ group: 'external-secrets.io', kind: 'ExternalSecret' }),
        ),
      ];
      return 'store' in record && record.store.id === null
        ? [
            ...altered,
            ...reading,
            ...because(['store'], (part) =>
              part.mayHold({ group: 'external-secrets.io', kind: record.store.kind }),
            ),
          ]
        : [...altered, ...reading];
    }
    case 'route': {
      if (!('backends' in record)) return altered;
      const hasOpenBackend = record.backends.some(({ id }) => id === null);
      const hasOpenParent = record.parents.some(({ id }) => id === null);
      return [
        ...altered,
        ...undecided(record, ['accepted', 'reason', 'why', 'listener', 'listeners'], record.parents),
        ...undecided(record, ['resolved', 'reason', 'why', 'workloads'], record.backends),
        ...(hasOpenBackend
          ? because(['backends'], (part) => part.mayHold({ group: '', kind: 'Service' }))
          : []),
        ...(hasOpenParent
          ? because(['parents'], (part) =>
              part.mayHold({ group: 'gateway.networking.k8s.io', kind: 'Gateway' }),
            )
          : []),
      ];
    }
    case 'resource': {
      const keys = openKeys(subject.record, platform);
      const known = both(altered, undeployed(resource, platform));
      return keys === null
        ? known
        : [
            ...known,
            { name: 'data', path: ['data'], known: keys.known, parts: [fieldPart(keys.unverified)] },
          ];
    }
    default:
      return altered;
  }
}

/** Of thousands of subjects nothing is to be made where there is nothing. */
const none: readonly UnsureField[] = [];

function both(some: readonly UnsureField[], others: readonly UnsureField[]): readonly UnsureField[] {
  if (some.length === 0) return others;
  return others.length === 0 ? some : [...some, ...others];
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
function undeployed(resource: Subject['resource'], platform: Platform): readonly UnsureField[] {
  if (!resource || resource.deployer !== null || resource.generatedBy !== null) return none;
  const parts = unrenderedOver(platform).get(resource.origin.file);
  return parts === undefined ? none : placedFields.map((name) => ({ name, parts }));
}

/** Of an object of which a part was taken out, or differs each time: told where the object is made. */
function partialFields({ kind, resource }: Subject, parts: PlacedParts['partial']): readonly UnsureField[] {
  if (!resource || parts.size === 0) return none;
  return (parts.get(placeKey(resource.origin)) ?? []).flatMap((part) => {
    const { unverified } = part;
    if (unverified.kind !== 'partial') return [];
    const { object, fields, values = [] } = unverified;
    const isMeant = object === undefined || (object.kind === resource.kind && object.name === resource.name);
    if (!isMeant) return [];
    // What the model reads of a manifest that it knows more about is not followed further than to its labels.
    const isRead = kind !== 'resource' && values.some(([top]) => top !== 'metadata');
    return [...fields, ...(isRead ? ['*'] : [])]
      .map((name): UnsureField => ({ name, parts: [part] }))
      .concat(values.map((path) => ({ name: path.at(-1) ?? '*', path, parts: [part] })));
  });
}

/** What the model leaves out of relations and of what policies say: it is no field of a manifest. */
export function leftOutOf(subject: Subject, platform: Platform): readonly UnsureField[] {
  return partialFields(subject, leftOut(platform));
}

const leftOut = oncePer(({ model }: Platform): PlacedParts['partial'] => {
  const found: PlacedParts['partial'] = new Map();
  for (const one of model.unverified)
    if (one.kind === 'partial' && one.origin !== null) add(found, placeKey(one.origin), fieldPart(one));
  return found;
});

/** The parts that speak of one object or of all of one deployer, so that none is held against every row. */
const placedParts = oncePer((platform: Platform): PlacedParts => {
  const placed: PlacedParts = { partial: new Map(), altering: new Map() };
  for (const part of unreadParts(platform)) {
    const { unverified, alters, deployer } = part;
    if (unverified.kind === 'partial' && unverified.origin !== null)
      add(placed.partial, placeKey(unverified.origin), part);
    if (alters && deployer !== null) add(placed.altering, deployer.id, part);
  }
  return placed;
});

function add(parts: Map<string, UnreadPart[]>, key: string, part: UnreadPart): void {
  const known = parts.get(key);
  if (known === undefined) parts.set(key, [part]);
  else known.push(part);
}

function placeKey({ file, line, column }: Pick<Place, 'file' | 'line' | 'column'>): string {
  return `${line}:${column}:${file}`;
}

interface PlacedParts {
  /** What is not known of a part of an object, by where that is written. */
  partial: Map<string, UnreadPart[]>;
  /** What may change all that a deployer deploys, by its id. */
  altering: Map<string, UnreadPart[]>;
}

/** What a deployer decides of an object. */
const placedFields = ['deployer', 'application', 'kustomization', 'helmRelease', 'namespace', 'id'] as const;

/** What the model works out from the objects that an application deploys. */
const deployedFields = ['order', 'stages', 'replaces', 'deletion', 'createsNamespace'] as const;
