/** Which templates a Workflow, WorkflowTemplate or CronWorkflow uses. */
import { isObject, type JsonObject, type JsonPath, objectAt } from '../../base/index.ts';

/**
 * Every `workflowTemplateRef` and `templateRef` of an object, with its path; a nested Workflow that a step
 * creates is text and not read.
 */
export function workflowReferences(value: JsonObject): WorkflowReference[] {
  const found: WorkflowReference[] = [];
  const spec = objectAt(value, 'spec');
  const inner = isObject(spec.workflowSpec)
    ? { value: spec.workflowSpec, path: ['spec', 'workflowSpec'] }
    : { value: spec, path: ['spec'] };
  walk(inner.value, inner.path, found);
  return found;
}

function walk(value: unknown, path: JsonPath, found: WorkflowReference[]): void {
  if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item, [...path, index], found);
  if (!isObject(value)) return;
  for (const [key, item] of Object.entries(value)) {
    if (
      (key === 'workflowTemplateRef' || key === 'templateRef') &&
      isObject(item) &&
      typeof item.name === 'string'
    ) {
      const kind = item.clusterScope === true ? 'ClusterWorkflowTemplate' : 'WorkflowTemplate';
      found.push({ kind, name: item.name, path: [...path, key] });
    } else walk(item, [...path, key], found);
  }
}

export interface WorkflowReference {
  kind: 'WorkflowTemplate' | 'ClusterWorkflowTemplate';
  name: string;
  path: JsonPath;
}
