import { applicationType } from '../argocd/application-type.ts';
import { kustomizationType } from '../flux/kustomization-type.ts';
import { releaseType } from '../flux/release-type.ts';
import type { DeployerType } from './deployer-type.ts';

/** The kinds of resources that deploy others: a new one is its module and a row here. */
const deployerTypes: readonly DeployerType[] = [applicationType, kustomizationType, releaseType];

export function deployerTypeOf(group: string, kind: string): DeployerType | undefined {
  return deployerTypes.find((type) => type.kind === kind && type.group === group);
}
