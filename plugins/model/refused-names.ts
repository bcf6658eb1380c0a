import type { Resource } from './types.ts';

/**
 * Whether the API server refuses a name: nearly every kind has the names of DNS subdomains, those of RBAC, of
 * the aggregation and of OpenShift's own server (groups, image streams) any that are one segment of a path
 * (`ValidateObjectMeta` of apimachinery). Silent about
 * what a set-up step fills in, and about objects of other tools, which no Application deploys.
 */
export function isRefusedName({ group, kind, name, application }: Named): boolean {
  if (name === '' || isPlaceholder(name) || !isOfCluster({ group, application })) return false;
  if (application === null && hasGap(name)) return false;
  if (segments.has(group) || group.endsWith('.openshift.io') || kind === 'List')
    return /[/%]|^\.\.?$/.test(name);
  return name.length > 253 || !/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?-?$/.test(name);
}

/** Namespaces are DNS labels. */
export function isRefusedNamespace(resource: Pick<Resource, 'group' | 'namespace' | 'application'>): boolean {
  const { namespace } = resource;
  if (namespace === null || isPlaceholder(namespace) || !isOfCluster(resource)) return false;
  return namespace.length > 63 || !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(namespace);
}

/** `${NAME}`, `{{ name }}`, `$(NAME)`, `<name>`, `%NAME%`, `NAME`: what is no name yet. */
function isPlaceholder(name: string): boolean {
  return /[${}]|^[^<>]*<[\w -]+>[^<>]*$|%\w+%|__\w+__|^@.+@$|^[A-Z0-9_-]+$/.test(name);
}

/** `restore-TIMESTAMP`: whoever applies it by hand fills it in. */
function hasGap(name: string): boolean {
  return /(?:^|[-.])[A-Z]{4,}(?:_[A-Z]+)*(?=[-.]|$)/.test(name);
}

/** Something that Argo CD deploys, or that is of Kubernetes itself. */
function isOfCluster({ group, application }: Pick<Resource, 'group' | 'application'>): boolean {
  return application !== null || !group.includes('.') || group.endsWith('.k8s.io');
}

const segments = new Set(['rbac.authorization.k8s.io', 'apiregistration.k8s.io', 'certificates.k8s.io']);

type Named = Pick<Resource, 'group' | 'kind' | 'name' | 'application'>;
