import type { ApplicationSource, SourceType } from '../types.ts';
import type { Deployment, Single } from './deployment-types.ts';

/** What a deployer with these sources gives before any of them is looked at. */
export function emptyDeployment(type: SourceType, sources: ApplicationSource[]): Deployment {
  return { ...emptySingle(type), sources, errors: [] };
}

/** The same of one source. */
export function emptySingle(type: SourceType): Single {
  return {
    type,
    objects: [],
    directories: [],
    files: [],
    reads: [],
    charts: [],
    unverified: [],
    refused: false,
    pending: false,
    errors: [],
  };
}
