/** What Flux's two deployers share. */
import { type JsonObject, objectAt } from '../../base/index.ts';
import { holdsPlaceholder, type Place } from '../../source/index.ts';
import type { Deployment, DeploymentContext } from '../deployers/deployment-types.ts';
import type { FluxSource } from './sources.ts';

/**
 * Whether what a deployer says is final: no variable is still to be filled in, and it deploys the revision
 * that is read.
 */
export function isSettled(value: JsonObject, source: FluxSource, { repository }: DeploymentContext): boolean {
  const { path, chart, sourceRef } = objectAt(value, 'spec');
  return (
    !holdsPlaceholder(JSON.stringify([path ?? '', chart ?? '', sourceRef ?? ''])) &&
    repository.isRead(source.revision ?? '')
  );
}

/** Notes that what is shown is another revision than the one that is deployed. */
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
