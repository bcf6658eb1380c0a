/** Sources that are charts of a repository of charts, which lies across a network. */

import type { JsonObject } from '../../../base/index.ts';
import type { AskedChart } from '../../../source/index.ts';
import type { DeploymentContext, Single } from '../../deployers/deployment-types.ts';
import { chartAcross } from '../../deployers/fetched-chart.ts';
import { deployChart } from './deploy-engine.ts';
import type { Owner } from './owner.ts';

/** What Helm renders of a chart that was fetched; of any other, that it is not known. */
export function deployFetched(
  asked: AskedChart,
  source: JsonObject,
  single: Single,
  owner: Owner,
  context: DeploymentContext,
): Single {
  const found = chartAcross(asked, owner.origin, context.sources);
  if ('why' in found) {
    single.unverified.push(found);
    return single;
  }
  single.type = 'Helm';
  return deployChart('.', source, single, owner, context, found);
}
