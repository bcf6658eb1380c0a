import type { Resource } from '../../model/index.ts';
import type { Platform, UnreadPart } from '../../platform/index.ts';
import { unreadParts } from '../../platform/index.ts';
import type { Subject } from '../subjects/index.ts';

/** Fields of a subject that is known which something unread could change, and by what. */
export function unsureFields(subject: Subject, platform: Platform): UnsureField[] {
  const parts = unreadParts(platform);
  const { record, resource } = subject;
  const because = (names: readonly string[], test: (part: UnreadPart) => boolean): UnsureField[] => {
    const found = parts.filter(test);
    return found.length === 0 ? [] : names.map((name) => ({ name, parts: found }));
  };
  const altered = [
    ...partialFields(resource, parts),
    ...(resource?.application == null
      ? []
      : because(
          ['*'],
          (part) =>
            part.alters && part.application !== null && part.application.name === resource.application,
        )),
  ];
  switch (subject.kind) {
    case 'application': {
      const id = resource?.id;
      return [
        ...altered,
        ...because(deployedFields, (part) => part.application?.id === id && part.adds),
        // What is refused already stays so, whatever else is found.
        ...('permitted' in record && record.permitted.ok !== false
          ? because(['permitted'], (part) => part.application?.id === id)
          : []),
      ];
    }
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
      return because(['applications', 'namespace', 'project'], (part) =>
        part.set === null ? part.mayHold({ group: 'argoproj.io', kind: 'Application' }) : true,
      );
    case 'policy':
      return [...altered, ...because(['matches'], (part) => part.adds)];
    case 'event':
      return 'live' in record && record.live
        ? altered
        : [
            ...altered,
            ...because(['live', 'sensor', 'dependency', 'trigger', 'type', 'source'], (part) =>
              ['EventSource', 'Sensor', 'WorkflowTemplate'].some((kind) =>
                part.mayHold({ group: 'argoproj.io', kind }),
              ),
            ),
          ];
    case 'secret':
      return 'store' in record && record.store.id === null
        ? [
            ...altered,
            ...because(['store'], (part) =>
              part.mayHold({ group: 'external-secrets.io', kind: record.store.kind }),
            ),
          ]
        : altered;
    case 'route': {
      if (!('backends' in record)) return altered;
      const hasOpenBackend = record.backends.some(({ id }) => id === null);
      const hasOpenParent = record.parents.some(({ id }) => id === null);
      return [
        ...altered,
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
    default:
      return altered;
  }
}

/** Of an object of which a part was taken out: told where the object is made. */
function partialFields(resource: Resource | null | undefined, parts: readonly UnreadPart[]): UnsureField[] {
  if (!resource) return [];
  const { file, line, column } = resource.origin;
  return parts.flatMap((part) => {
    const { unverified } = part;
    const { origin } = unverified;
    const isHere = origin?.file === file && origin.line === line && origin.column === column;
    return unverified.kind === 'partial' && isHere
      ? unverified.fields.map((name) => ({ name, parts: [part] }))
      : [];
  });
}

/** What the model works out from the objects that an application deploys. */
const deployedFields = ['order', 'replaces', 'deletion', 'createsNamespace'] as const;

export interface UnsureField {
  /** `*` for all of them. */
  name: string;
  parts: UnreadPart[];
}
