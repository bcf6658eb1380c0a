/** Sources that are charts of a repository of charts, which lies across a network. */

import { type JsonObject, textAt } from '../../../base/index.ts';
import type { DeploymentContext, Single } from '../../deployers/deployment-types.ts';
import { chartAcross } from '../../deployers/fetched-chart.ts';
import { deployChart } from './deploy-engine.ts';
import type { Owner } from './owner.ts';

/** What Helm renders of a chart that was fetched; of any other, that it is not known. */
export function deployFetched(
  chart: string,
  source: JsonObject,
  single: Single,
  owner: Owner,
  context: DeploymentContext,
): Single {
  const asked = {
    repository: textAt(source, 'repoURL') ?? '',
    chart,
    asked: textAt(source, 'targetRevision') || null,
  };
  const found = chartAcross(asked, owner.origin, context.sources);
  if ('why' in found) {
    single.unverified.push(found);
    return single;
  }
  return deployChart('.', source, single, owner, context, found);
}
