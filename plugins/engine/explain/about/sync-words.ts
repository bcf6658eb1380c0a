import type { SyncPolicy } from '../../../model/index.ts';
import { type Spoken, spoken } from './named.ts';

/** A sync policy as sentences: who starts a sync, what is removed, what is put back, how often it tries. */
export function syncWords(policy: SyncPolicy): Spoken[] {
  const { automated, prune, selfHeal, options, retryLimit, allowEmpty } = policy;
  return [
    spoken(automated ? 'sync.automated' : 'sync.byHand'),
    ...(automated
      ? [
          spoken(prune ? 'sync.prunes' : 'sync.keeps'),
          spoken(selfHeal ? 'sync.heals' : 'sync.letsBe'),
          ...(allowEmpty ? [spoken('sync.empty')] : []),
        ]
      : []),
    ...(retryLimit === null || retryLimit === 0
      ? []
      : [retryLimit < 0 ? spoken('sync.retriesAlways') : spoken('sync.retries', { count: retryLimit })]),
    ...options.flatMap((option) => optionWords[option.trim()] ?? [spoken('sync.option', { option })]).flat(),
  ];
}

/** Options that are told in words; Argo CD reads them with their value. */
const optionWords: Readonly<Record<string, Spoken[]>> = {
  'ServerSideApply=true': [spoken('sync.serverSide')],
  'ApplyOutOfSyncOnly=true': [spoken('sync.outOfSyncOnly')],
  'PruneLast=true': [spoken('sync.pruneLast')],
  'RespectIgnoreDifferences=true': [spoken('sync.respects')],
  'CreateNamespace=true': [spoken('sync.createsNamespace')],
  'Replace=true': [spoken('sync.replaces')],
  'FailOnSharedResource=true': [spoken('sync.failsOnShared')],
};
