/**
 * What a Workflow, WorkflowTemplate, CronWorkflow or WorkflowEventBinding refers to, and what makes it
 * unusable. Source: argo-workflows workflow/validate/validate.go (Workflow, validateTemplateHolder,
 * CronWorkflow), workflow/templateresolution/context.go.
 */
import {
  isObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  listAt,
  objectAt,
  textAt,
} from '../../base/index.ts';
import { isTimeZone, parseDuration, parseSchedule } from '../argocd/sync/cron.ts';

/**
 * @param namespace of the object: its references to a WorkflowTemplate look there alone
 * @param find the object of a kind; undefined where there is none
 */
export function workflowUse(value: JsonObject, namespace: string | null, find: FindTemplate): WorkflowUse {
  const kind = textAt(value, 'kind') ?? '';
  const { spec, path } = workflowSpec(value, kind);
  const use: Walk = { references: [], faults: [], path, kind, namespace, find, names: templateNames(spec) };
  const isTemplate = kind === 'WorkflowTemplate' || kind === 'ClusterWorkflowTemplate';
  if (isObject(spec.workflowTemplateRef)) ofWhole(spec, kind, use);
  else if (kind !== 'WorkflowEventBinding') {
    const entrypoint = textAt(spec, 'entrypoint') ?? '';
    if (entrypoint === '' && !isTemplate) fault(use, 'no-entrypoint', []);
    if (entrypoint !== '') named(entrypoint, ['entrypoint'], use);
    const exit = textAt(spec, 'onExit') ?? '';
    if (exit !== '') named(exit, ['onExit'], use);
  }
  hooks(spec, [], use);
  for (const [index, template] of listAt(spec, 'templates').entries())
    ofTemplate(template, ['templates', index], use, 0);
  if (kind === 'CronWorkflow') use.faults.push(...cronFaults(value));
  return { references: use.references, faults: use.faults };
}

/** Where a Workflow stands in an object, and the way there. */
function workflowSpec(value: JsonObject, kind: string): { spec: JsonObject; path: JsonPath } {
  const path =
    kind === 'CronWorkflow'
      ? ['spec', 'workflowSpec']
      : kind === 'WorkflowEventBinding'
        ? ['spec', 'submit']
        : ['spec'];
  return { spec: objectAt(value, ...path), path };
}

/** `workflowTemplateRef`: its entrypoint and `onExit` must be templates inside of what it names. */
function ofWhole(spec: JsonObject, kind: string, use: Walk): void {
  const whole = objectAt(spec, 'workflowTemplateRef');
  const name = textAt(whole, 'name') ?? '';
  if (name === '') {
    fault(use, 'ref-incomplete', ['workflowTemplateRef']);
    return;
  }
  const to = targetOf(whole, name, use);
  const found = objectAt(to.found ?? {}, 'spec');
  const ownEntry = kind === 'WorkflowEventBinding' ? '' : (textAt(spec, 'entrypoint') ?? '');
  const entrypoint = ownEntry || (textAt(found, 'entrypoint') ?? '');
  refer(use, ['workflowTemplateRef'], to, entrypoint === '' ? null : entrypoint);
  if (to.found !== undefined && entrypoint === '') fault(use, 'no-entrypoint', []);
  const exit = textAt(spec, 'onExit') ?? '';
  if (exit !== '') refer(use, ['onExit'], to, exit);
  if (listAt(spec, 'templates').length > 0) fault(use, 'templates-with-ref', ['templates']);
}

/** Steps and tasks of a template; one that is written inline is a template too. */
function ofTemplate(template: JsonValue, at: JsonPath, use: Walk, depth: number): void {
  if (depth > deepest) return;
  for (const [index, group] of listAt(template, 'steps').entries())
    for (const [step, holder] of (Array.isArray(group) ? group : []).entries())
      ofHolder(holder, [...at, 'steps', index, step], use, depth);
  for (const [index, task] of listAt(template, 'dag', 'tasks').entries())
    ofHolder(task, [...at, 'dag', 'tasks', index], use, depth);
}

function ofHolder(holder: JsonValue, at: JsonPath, use: Walk, depth: number): void {
  if (!isObject(holder)) return;
  hold(holder, at, use);
  hooks(holder, at, use);
  const exit = textAt(holder, 'onExit') ?? '';
  if (exit !== '') named(exit, [...at, 'onExit'], use);
  if (isObject(holder.inline)) ofTemplate(holder.inline, [...at, 'inline'], use, depth + 1);
}

function hooks(holder: JsonObject, at: JsonPath, use: Walk): void {
  for (const [name, hook] of Object.entries(objectAt(holder, 'hooks')))
    if (isObject(hook)) hold(hook, [...at, 'hooks', name], use);
}

/** `templateRef` with name and template, or `template` alone. */
function hold(holder: JsonObject, at: JsonPath, use: Walk): void {
  const [template, reference] = [textAt(holder, 'template') ?? '', holder.templateRef];
  if (!isObject(reference)) {
    if (template !== '') named(template, at, use);
    return;
  }
  const [name, inner] = [textAt(reference, 'name') ?? '', textAt(reference, 'template') ?? ''];
  if (template !== '') fault(use, 'template-and-ref', at);
  else if (name === '' || inner === '') fault(use, 'ref-incomplete', at);
  else refer(use, at, targetOf(reference, name, use), inner, ['templateRef']);
}

/** A template of the same object; with `workflowTemplateRef` of that which it names. */
function named(name: string, at: JsonPath, use: Walk): void {
  if (isComputed(name) || use.names.has(name)) return;
  if (use.references.some((one) => one.at[0] === 'workflowTemplateRef')) return;
  fault(use, 'template-undefined', at, name);
}

function refer(use: Walk, at: JsonPath, to: Target, template: string | null, below: JsonPath = []): void {
  const { found, kind, namespace, name } = to;
  const computed = isComputed(name) || (template !== null && isComputed(template));
  const isThere =
    found !== undefined && (template === null || templateNames(objectAt(found, 'spec')).has(template));
  use.references.push({
    at,
    path: [...use.path, ...at, ...below],
    kind,
    namespace,
    name,
    ok: computed ? null : isThere,
    reason: computed || isThere ? null : found === undefined ? 'missing' : 'template',
    template: !computed && found === undefined ? null : template,
  });
}

function targetOf(reference: JsonObject, name: string, use: Walk): Target {
  const kind = reference.clusterScope === true ? 'ClusterWorkflowTemplate' : 'WorkflowTemplate';
  const namespace = kind === 'ClusterWorkflowTemplate' ? null : use.namespace;
  return { kind, namespace, name, found: isComputed(name) ? undefined : use.find(kind, namespace, name) };
}

function templateNames(spec: JsonObject): Set<string> {
  return new Set(listAt(spec, 'templates').flatMap((template) => textAt(template, 'name') ?? []));
}

function isComputed(text: string): boolean {
  return text.includes('{{');
}

function fault(use: Walk, name: WorkflowFaultName, at: JsonPath, about?: string): void {
  use.faults.push({ name, path: [...use.path, ...at], about: about ?? null });
}

/** What Argo Workflows refuses of a CronWorkflow itself. */
function cronFaults(value: JsonObject): WorkflowFault[] {
  const spec = objectAt(value, 'spec');
  const said = (name: WorkflowFaultName, key: string, about: string): WorkflowFault => ({
    name,
    path: name === 'name-too-long' ? ['metadata', 'name'] : ['spec', key],
    about,
  });
  const [name, zone] = [textAt(value, 'metadata', 'name') ?? '', textAt(spec, 'timezone') ?? ''];
  const schedules = listAt(spec, 'schedules').map(String);
  const policy = textAt(spec, 'concurrencyPolicy') ?? '';
  return [
    ...(['', 'Allow', 'Forbid', 'Replace'].includes(policy)
      ? []
      : [said('concurrencyPolicy', 'concurrencyPolicy', policy)]),
    ...(name.length > longestName ? [said('name-too-long', 'name', name)] : []),
    ...(schedules.length === 0 ? [said('no-schedule', 'schedule', '')] : []),
    ...schedules.filter((one) => !isSchedule(one)).map((one) => said('schedule', 'schedules', one)),
    ...(isTimeZone(zone) ? [] : [said('timezone', 'timezone', zone)]),
  ];
}

/** Five fields, or a macro. */
function isSchedule(text: string): boolean {
  const macro = text.trim().replace(/^(?:CRON_TZ|TZ)=\S+\s+/, '');
  if (!macro.startsWith('@')) return parseSchedule(text) !== null;
  const every = /^@every (\S+)$/.exec(macro)?.[1];
  return every === undefined
    ? /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(macro)
    : parseDuration(every) !== null;
}

/** A moment is added to it, and the whole is at most 63 letters. */
const longestName = 52;
const deepest = 20;

export type FindTemplate = (
  kind: TemplateKind,
  namespace: string | null,
  name: string,
) => JsonObject | undefined;
type TemplateKind = 'WorkflowTemplate' | 'ClusterWorkflowTemplate';

export interface WorkflowUse {
  references: WorkflowReference[];
  faults: WorkflowFault[];
}

interface WorkflowReference {
  /** Below the workflow's spec, */
  at: JsonPath;
  /** and below the object. */
  path: JsonPath;
  kind: TemplateKind;
  namespace: string | null;
  name: string;
  /** Null where a name is computed as it runs. */
  ok: boolean | null;
  /** The object is missing, or the template in it. */
  reason: 'missing' | 'template' | null;
  /** Null where the object is missing, or names none. */
  template: string | null;
}

interface WorkflowFault {
  name: WorkflowFaultName;
  path: JsonPath;
  /** The name or value that is at fault. */
  about: string | null;
}

type WorkflowFaultName =
  | 'no-entrypoint'
  | 'template-undefined'
  | 'template-and-ref'
  | 'templates-with-ref'
  | 'ref-incomplete'
  | 'no-schedule'
  | 'schedule'
  | 'timezone'
  | 'concurrencyPolicy'
  | 'name-too-long';

interface Walk extends WorkflowUse {
  path: JsonPath;
  kind: string;
  namespace: string | null;
  find: FindTemplate;
  /** Templates of the object itself. */
  names: ReadonlySet<string>;
}

interface Target {
  kind: TemplateKind;
  namespace: string | null;
  name: string;
  found: JsonObject | undefined;
}
