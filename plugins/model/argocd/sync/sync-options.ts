/**
 * How an object is applied: options of the application and of the object's own annotation. Source:
 * gitops-engine `pkg/sync/sync_context.go`.
 */
import { type Annotations, csv } from './hooks.ts';

/** The value of `name=value` in an annotation of options; null where it is not there. */
export function optionValue(annotation: unknown, name: string): string | null {
  const entry = csv(annotation).find((one) => one.startsWith(`${name}=`));
  return entry === undefined ? null : entry.slice(name.length + 1);
}

function hasOption(annotations: Annotations, option: string): boolean {
  const [name = '', value = ''] = option.split('=');
  return optionValue(annotations[optionsAnnotation], name) === value;
}

/**
 * What Argo CD would do with an object, the first time (`live: false`) or again. `Replace` wins over
 * server-side apply, a Namespace or a CustomResourceDefinition is then updated in place, since replacing it
 * would take everything in it along.
 */
export function applyMethod(object: AppliedObject, options: readonly string[]): ApplyMethod {
  const says = (option: string): boolean =>
    hasOption(object.annotations, option) || hasOption(object.liveAnnotations ?? {}, option);
  const replaces = options.includes('Replace=true') || says('Replace=true');
  const force = says('Force=true');
  const validate = !options.includes('Validate=false') && !hasOption(object.annotations, 'Validate=false');
  const wanted =
    options.includes('ServerSideApply=true') || hasOption(object.annotations, 'ServerSideApply=true');
  const serverSide = !replaces && wanted && !hasOption(object.annotations, 'ServerSideApply=false');
  if (!replaces) return { command: 'apply', serverSide, force, validate };
  const inPlace = object.kind === 'Namespace' || object.kind === 'CustomResourceDefinition';
  const again = inPlace ? 'update' : 'replace';
  return {
    command: object.live ? again : 'create',
    serverSide: false,
    force: object.live && force,
    validate,
  };
}

/** Whether a sync of an object that exists replaces it. */
export function replaces(
  object: { kind: string; annotations: Annotations },
  options: readonly string[],
): boolean {
  return applyMethod({ ...object, live: true }, options).command !== 'apply';
}

/**
 * Whether Argo CD adds a task that makes the destination's namespace: asked for, and no object of the
 * application is that namespace.
 */
export function createsNamespace(
  options: readonly string[],
  namespace: string | null,
  objects: Iterable<{ group: string; kind: string; name: string }>,
): boolean {
  if (namespace === null || !options.includes('CreateNamespace=true')) return false;
  for (const { group, kind, name } of objects)
    if (group === '' && kind === 'Namespace' && name === namespace) return false;
  return true;
}

export const optionsAnnotation = 'argocd.argoproj.io/sync-options';

interface AppliedObject {
  kind: string;
  annotations: Annotations;
  /** Of the object in the cluster, where there is one. */
  liveAnnotations?: Annotations;
  live: boolean;
}
interface ApplyMethod {
  command: 'apply' | 'replace' | 'create' | 'update';
  serverSide: boolean;
  force: boolean;
  validate: boolean;
}
