/**
 * Conditions that Argo CD would set on an Application because of one of its objects, as far as manifests
 * tell.
 */
import { addTo, firstOf } from '../../base/index.ts';
import type { Finding } from '../../model/index.ts';
import type { Place } from '../../source/index.ts';

/** By the ids of the Applications and of the objects. */
export function conditionsOf(findings: readonly Finding[]): Map<string, Condition[]> {
  const found = new Map<string, Condition[]>();
  for (const finding of findings) {
    const condition = conditionOf(finding);
    if (condition === null) continue;
    for (const id of new Set(condition.ids)) addTo(found, id, condition.condition);
  }
  return found;
}

function conditionOf(finding: Finding): { ids: string[]; condition: Condition } | null {
  switch (finding.type) {
    case 'repeated': {
      const { resource, application, places } = finding;
      const message = `${resource.id} appears ${places.length} times among the resources of ${application.name}: the last counts`;
      return said('RepeatedResourceWarning', [resource.id, application.id], message, places.at(-1));
    }
    case 'shared': {
      const { resources, applications, places } = finding;
      if (applications.length < 2) return null;
      const names = applications.map(({ resource: { namespace, name } }) =>
        [namespace ?? [], name].flat().join('/'),
      );
      const ids = [...resources, ...applications.map(({ resource }) => resource)].map(({ id }) => id);
      return said(
        'SharedResourceWarning',
        ids,
        `${resources[0]?.id} is part of applications ${firstOf(names, 6)}`,
        places[0],
      );
    }
    case 'excluded': {
      const { resource, application, place } = finding;
      const message = `${application} renders it, and Argo CD never applies its kind`;
      return said('ExcludedResourceWarning', [resource.id], message, place);
    }
    default:
      return null;
  }
}

function said(
  type: string,
  ids: string[],
  message: string,
  origin: Place | undefined,
): { ids: string[]; condition: Condition } {
  return { ids, condition: { type, message, origin: origin ? placeOnly(origin) : null } };
}

function placeOnly({ file, line, column, endLine, endColumn }: Place): Place {
  return { file, line, column, endLine, endColumn };
}

export interface Condition {
  /** As Argo CD calls it. */
  type: string;
  message: string;
  origin: Place | null;
}
