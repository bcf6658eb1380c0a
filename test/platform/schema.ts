import { Ajv } from 'ajv';
import { eventBus, eventSource, sensor } from './schemas/argo-events.ts';
import type { Schema } from './schemas/build.ts';
import { l2AnnouncementPolicy, loadBalancerIPPool, networkPolicy } from './schemas/cilium.ts';
import { kustomization } from './schemas/kustomize.ts';
import { serviceLevelObjective } from './schemas/pyrra.ts';
import { watch } from './unread.ts';

/** A parsed manifest. Only what says which schema it has is looked at here. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata?: { name?: string; namespace?: string };
  spec?: object;
  [field: string]: unknown;
}

/** Groups whose schemas a package carries: one module for each kind. */
const packages: Record<string, string> = {
  '': 'kubernetes-models',
  apps: 'kubernetes-models/apps',
  'networking.k8s.io': 'kubernetes-models/networking.k8s.io',
  policy: 'kubernetes-models/policy',
  'rbac.authorization.k8s.io': 'kubernetes-models/rbac.authorization.k8s.io',
  'scheduling.k8s.io': 'kubernetes-models/scheduling.k8s.io',
  'cert-manager.io': '@kubernetes-models/cert-manager/cert-manager.io',
  'external-secrets.io': '@kubernetes-models/external-secrets/external-secrets.io',
  'gateway.networking.k8s.io': '@kubernetes-models/gateway-api/gateway.networking.k8s.io',
  'kyverno.io': '@kubernetes-models/kyverno/kyverno.io',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator/monitoring.coreos.com',
};

/** Three projects share the group argoproj.io. */
const argoKinds: Record<string, string> = {
  AppProject: '@kubernetes-models/argo-cd/argoproj.io',
  Application: '@kubernetes-models/argo-cd/argoproj.io',
  ApplicationSet: '@kubernetes-models/argo-cd/argoproj.io',
  Workflow: '@kubernetes-models/argo-workflows/argoproj.io',
  WorkflowTemplate: '@kubernetes-models/argo-workflows/argoproj.io',
};

/** Kinds that no package has a schema for: written here, of the fields in use. */
const written: Record<string, Schema> = {
  'argoproj.io/v1alpha1/EventBus': eventBus,
  'argoproj.io/v1alpha1/EventSource': eventSource,
  'argoproj.io/v1alpha1/Sensor': sensor,
  'cilium.io/v2/CiliumLoadBalancerIPPool': loadBalancerIPPool,
  'cilium.io/v2/CiliumNetworkPolicy': networkPolicy,
  'cilium.io/v2alpha1/CiliumL2AnnouncementPolicy': l2AnnouncementPolicy,
  'kustomize.config.k8s.io/v1beta1/Kustomization': kustomization,
  'pyrra.dev/v1alpha1/ServiceLevelObjective': serviceLevelObjective,
};

const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false });

/** Everything that is wrong with a manifest by its own schema; a kind without a schema is wrong. */
export async function faultsOf(manifest: Manifest): Promise<string[]> {
  const schema = written[`${manifest.apiVersion}/${manifest.kind}`];
  return schema === undefined ? faultsByPackage(manifest) : faultsBySchema(manifest, schema);
}

function faultsBySchema(manifest: Manifest, schema: Schema): string[] {
  const validate = ajv.compile(schema);
  if (validate(manifest)) return [];
  return (validate.errors ?? []).map((error) => {
    const extra: unknown = error.params.additionalProperty;
    return `${error.instancePath} ${error.message}${extra === undefined ? '' : `: ${extra}`}`;
  });
}

async function faultsByPackage(manifest: Manifest): Promise<string[]> {
  const validate = await validatorOf(manifest);
  if (validate === null) return [`no schema for ${manifest.kind} in ${manifest.apiVersion}`];
  const watched = watch(asSchemaHasIt(manifest));
  try {
    validate.call(watched.value);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  // The packages' generator takes a field called `description` for a note on the schema, and drops it.
  const unknown = watched.unread().filter((path) => !path.endsWith('/description'));
  return unknown.map((path) => `${path} is not a field of ${manifest.kind}`);
}

/** A manifest in the form that its published schema describes, where it is written in another. */
function asSchemaHasIt(manifest: Manifest): Manifest {
  if (manifest.kind === 'ExternalSecret') return withOlderPolicy(manifest);
  return manifest.kind.startsWith('Workflow') ? withSchemaSteps(manifest) : manifest;
}

/** The package is of a version that had no `CreateOrMerge`, which the one that the platform installs has. */
function withOlderPolicy(manifest: Manifest): Manifest {
  const copy = structuredClone(manifest) as Manifest & { spec: { target?: { creationPolicy?: string } } };
  const { target } = copy.spec;
  if (target?.creationPolicy === 'CreateOrMerge') target.creationPolicy = 'Merge';
  return copy;
}

/** Steps that run together are a bare list, and the one container of a template needs no name. */
function withSchemaSteps(manifest: Manifest): Manifest {
  const copy = structuredClone(manifest) as Manifest & { spec: { templates?: Template[] } };
  for (const template of copy.spec.templates ?? []) {
    if (template.steps) template.steps = template.steps.map((steps) => ({ steps }));
    for (const container of [template.container, template.script]) {
      if (container) container.name ??= 'main';
    }
  }
  return copy;
}

interface Template {
  steps?: unknown[];
  container?: { name?: string };
  script?: { name?: string };
}

/** The `validate` of the package's class for this kind. It looks at `this`, whatever that is. */
async function validatorOf({ apiVersion, kind }: Manifest): Promise<((this: object) => void) | null> {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const home = group === 'argoproj.io' ? argoKinds[kind] : packages[group ?? ''];
  if (home === undefined) return null;
  const module: unknown = await import(`${home}/${version}/${kind}`).catch(() => null);
  const model = (module as Record<string, { prototype: { validate(): void } }> | null)?.[kind];
  return model === undefined ? null : model.prototype.validate;
}
