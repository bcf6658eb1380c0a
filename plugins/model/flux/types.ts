import type { Deploying } from '../deployers/deploying.ts';

interface FluxDeploying extends Deploying {
  /** `Kind/name` of its source as written, with the namespace between where it says one. */
  sourceRef: string | null;
  /** Id of the source; null where no manifest of this repository declares it. */
  source: string | null;
  /** What must be ready before, in the sequence written. */
  dependsOn: Dependency[];
  targetNamespace: string | null;
  /** True where it is reconciled no more until somebody resumes it. */
  suspend: boolean;
  serviceAccount: string | null;
}

/** What must be ready before something of Flux is reconciled. */
export interface Dependency {
  namespace: string | null;
  name: string;
  /** Id; null where no manifest declares it. */
  id: string | null;
}

/** A Kustomization of Flux (`kustomize.toolkit.fluxcd.io`). */
export interface Kustomization extends FluxDeploying {
  kind: 'Kustomization';
  /** Of its source, relative to the root of this repository; null where that is another one. */
  path: string | null;
  prune: boolean;
  wait: boolean;
  /** `Kind/name` of what is waited for, as written. */
  healthChecks: string[];
  /** Names of the variables that its manifests ask for and that no manifest gives a value. */
  unknownVariables: string[];
}

/** A HelmRelease of Flux (`helm.toolkit.fluxcd.io`). */
export interface HelmRelease extends FluxDeploying {
  kind: 'HelmRelease';
  releaseName: string;
  /** Name of the chart, or its folder. */
  chart: string | null;
  /** As written, a range too. */
  version: string | null;
}
