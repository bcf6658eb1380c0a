/** What Flux's two deployers share. */
import type { JsonObject } from '../../base/index.ts';
import { holdsPlaceholder, type Place } from '../../source/index.ts';
import type { Deployment, DeploymentContext } from '../deployers/deployment-types.ts';
import type { ApplicationSource, SourceType } from '../types.ts';
import type { FluxSource } from './sources.ts';

export function emptyDeployment(type: SourceType, source: ApplicationSource): Deployment {
  return {
    type,
    sources: [source],
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

/**
 * False where a variable is still to be filled in, or another revision is deployed than the one that is read.
 */
export function isSettled(value: JsonObject, source: FluxSource, { repository }: DeploymentContext): boolean {
  const { path, chart, sourceRef } = (value.spec ?? {}) as JsonObject;
  return (
    !holdsPlaceholder(JSON.stringify([path ?? '', chart ?? '', sourceRef ?? ''])) &&
    repository.isRead(source.revision ?? '')
  );
}

export function noteRevision(
  { revision }: FluxSource,
  folder: string,
  deployment: Deployment,
  origin: Place,
  { repository }: DeploymentContext,
): void {
  if (!repository.isRead(revision ?? ''))
    deployment.unverified.push({
      kind: 'revision',
      what: `path ${folder} at ${revision}`,
      why: 'the source is at that revision; what is shown is the working tree',
      origin,
    });
}
