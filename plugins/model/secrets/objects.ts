/** What the rules of External Secrets look up, and how much of it is known. */
import type { Resource } from '../types.ts';

/**
 * The manifests of a cluster. A Secret is among them only where a manifest writes it: those that controllers
 * make are found by who makes them.
 */
export interface Objects {
  find(group: string, kind: string, namespace: string | null, name: string): Manifest | undefined;
  ofKind(group: string, kind: string): readonly Manifest[];
  /** Values of Secrets are not to be read: an empty text does not say that nothing stands there. */
  hidden: boolean;
  /** True where nothing else is in the cluster, so that what is not found is not there. */
  closed: boolean;
}

export type Manifest = Pick<
  Resource,
  'id' | 'group' | 'version' | 'kind' | 'namespace' | 'name' | 'labels' | 'annotations' | 'rendered'
>;

/** A Secret, by where it is. */
export interface SecretName {
  namespace: string | null;
  name: string;
}

export const storeGroup = 'external-secrets.io';
export const generatorGroup = 'generators.external-secrets.io';
