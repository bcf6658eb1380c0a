import type { JsonObject } from '../../base/index.ts';
import { applicationType } from '../argocd/application-type.ts';
import { kustomizationType } from '../flux/kustomization-type.ts';
import { releaseType } from '../flux/release-type.ts';
import type { DeployerType } from './deployer-type.ts';

/** The kinds of resources that deploy others: a new one is its module and a row here. */
const deployerTypes: readonly DeployerType[] = [applicationType, kustomizationType, releaseType];

/** False for most, told by the kind alone: looked at before anything else of an object is. */
export function mayDeploy({ kind }: JsonObject): boolean {
  return typeof kind === 'string' && kinds.has(kind);
}

const kinds = new Set(['ApplicationSet', ...deployerTypes.map(({ kind }) => kind)]);

export function deployerTypeOf(group: string, kind: string): DeployerType | undefined {
  return deployerTypes.find((type) => type.kind === kind && type.group === group);
}
