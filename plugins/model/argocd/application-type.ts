import { objectAt, textAt } from '../../base/index.ts';
import type { DeployerType } from '../deployers/deployer-type.ts';
import { deploymentOf } from './sources/deployments.ts';

/** Argo CD's Application. */
export const applicationType: DeployerType = {
  kind: 'Application',
  group: 'argoproj.io',
  perDeployer: false,
  deploymentOf,
  clusterOf: (value, _, clusters) => clusters.ofDestination(objectAt(value, 'spec', 'destination')),
  namespaceOf: (value) => textAt(value, 'spec', 'destination', 'namespace') || null,
};
