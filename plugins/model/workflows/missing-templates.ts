/**
 * Templates of Argo Workflows that a manifest names and that are not there: of Workflows, CronWorkflows,
 * bindings and templates themselves, and of Workflows that the triggers of a Sensor submit.
 */
import { at, isObject, type JsonObject, type JsonPath, listAt } from '../../base/index.ts';
import { targetOf } from '../events/targets.ts';
import type { Resource } from '../types.ts';
import { type FindTemplate, workflowUse } from './references.ts';

/** @param find the object of a kind and name; undefined where there is none */
export function missingTemplates(resource: Resource, find: FindAny): MissingTemplate[] {
  const { group, kind, namespace, rendered } = resource;
  if (group !== 'argoproj.io') return [];
  if (kind === 'Sensor') return ofSensor(resource, find);
  return /^(?:Cron)?Workflow$|^(?:Cluster)?WorkflowTemplate$|^WorkflowEventBinding$/.test(kind)
    ? missingIn(rendered, namespace, find)
    : [];
}

function ofSensor({ namespace, rendered }: Resource, find: FindAny): MissingTemplate[] {
  return listAt(rendered, 'spec', 'triggers').flatMap((trigger, index): MissingTemplate[] => {
    const { type, body, object, value, operation, template, dynamic, dead } = targetOf(
      { namespace },
      trigger,
    );
    // A parameter may name another one as it fires.
    if (type === null || !object || value === undefined || dynamic === true || dead !== undefined) return [];
    const source = ['spec', 'triggers', index, 'template', type, 'source'];
    // What stands in a text has the place of the text.
    const isText = !isObject(at(body, 'source', 'resource'));
    const placed = (missing: MissingTemplate): MissingTemplate => ({
      ...missing,
      path: isText ? [...source, 'inline'] : [...source, 'resource', ...missing.path],
    });
    if (operation === 'submit-from') {
      if (template === undefined || isComputed(template.name)) return [];
      const found = find(template.kind, template.namespace, template.name);
      return found ? [] : [placed({ ...template, template: null, path: ['metadata', 'name'] })];
    }
    return object.kind === 'Workflow' ? missingIn(value, object.namespace, find).map(placed) : [];
  });
}

function missingIn(value: JsonObject, namespace: string | null, find: FindTemplate): MissingTemplate[] {
  return workflowUse(value, namespace, find)
    .references.filter(({ ok }) => ok === false)
    .map(({ kind, namespace: home, name, template, path, reason }) => ({
      kind,
      namespace: home,
      name,
      template: reason === 'template' ? template : null,
      path,
    }));
}

const isComputed = (name: string): boolean => name.includes('{{');

type FindAny = (kind: string, namespace: string | null, name: string) => JsonObject | undefined;

export interface MissingTemplate {
  kind: string;
  /** Null for what is of the cluster, and where it is not known. */
  namespace: string | null;
  name: string;
  /** The template in it that is missing; null where the object itself is. */
  template: string | null;
  /** Where it is named, in the resource. */
  path: JsonPath;
}
