/**
 * `spec.syncPolicy` and `spec.ignoreDifferences` of an Application. Source: the Application API and its
 * defaults.
 */
import {
  at,
  isObject,
  type JsonObject,
  type JsonPath,
  listAt,
  objectAt,
  textAt,
  textsAt,
} from '../../../base/index.ts';
import type { Place } from '../../../source/index.ts';
import type { IgnoredDifference, SyncPolicy } from '../../types.ts';
import { lists } from './ignore-differences.ts';

/** `locate` gives the place of a path under `spec`. */
export function syncPolicyOf(spec: JsonObject, locate: (path: JsonPath) => Place): SyncPolicy {
  const policy = objectAt(spec, 'syncPolicy');
  const automated = policy.automated;
  const block = isObject(automated) ? automated : {};
  // `automated: {}` switches it on, `enabled: false` off again.
  const isAutomated = isObject(automated) && block.enabled !== false;
  const options = textsAt(policy, 'syncOptions');
  const limit = at(policy, 'retry', 'limit');
  return {
    automated: isAutomated,
    prune: isAutomated && block.prune === true,
    selfHeal: isAutomated && block.selfHeal === true,
    allowEmpty: isAutomated && block.allowEmpty === true,
    options,
    serverSideApply: options.includes('ServerSideApply=true'),
    applyOutOfSyncOnly: options.includes('ApplyOutOfSyncOnly=true'),
    createNamespace: options.includes('CreateNamespace=true'),
    // Without a retry block Argo CD tries an automated sync five times.
    retryLimit: typeof limit === 'number' ? limit : isAutomated && policy.retry === undefined ? 5 : null,
    ignoreDifferences: listAt(spec, 'ignoreDifferences').flatMap((entry, index) =>
      isObject(entry) ? [ignoredDifference(entry, locate(['ignoreDifferences', index]))] : [],
    ),
  };
}

function ignoredDifference(entry: JsonObject, origin: Place): IgnoredDifference {
  const found = lists(entry);
  return {
    group: typeof entry.group === 'string' ? entry.group : '',
    kind: typeof entry.kind === 'string' ? entry.kind : '',
    name: textAt(entry, 'name') || null,
    namespace: textAt(entry, 'namespace') || null,
    fields: [...found.jqPathExpressions, ...found.jsonPointers, ...found.managedFieldsManagers],
    origin,
  };
}
