import type { Origin } from '../../render/index.ts';
import type { Unverified } from '../../source/index.ts';

/** What Application, Kustomization and HelmRelease have in common: each deploys. */
export interface Deploying {
  id: string;
  name: string;
  namespace: string | null;
  sources: ApplicationSource[];
  sourceType: SourceType;
  destination: { server: string | null; name: string | null; namespace: string | null };
  /** Ids in the sequence in which they are applied, one list a step. */
  order: string[][];
  stack: string | null;
  unverified: Unverified[];
  origin: Origin;
}

export type SourceType = 'Kustomize' | 'Helm' | 'Directory' | 'Plugin' | 'Unknown';

export interface ApplicationSource {
  repoURL: string;
  path: string | null;
  chart: string | null;
  targetRevision: string | null;
  ref: string | null;
  /** True where `repoURL` is this repository. */
  local: boolean;
}
