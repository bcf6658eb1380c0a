/** What the labels of a Namespace say of a Pod, or of the Pods of a workload, in it. */
import { judgeByMode, modesOf } from '../../pod-security/admission.ts';
import { labelsIn } from './subject.ts';
import type { PolicyKind, RuleResult } from './types.ts';

export const namespacePolicy: PolicyKind = (namespace, subject) =>
  modesOf(labelsIn(namespace)).flatMap((mode): RuleResult[] => {
    const judged = judgeByMode(mode, subject.kind, subject.object);
    return judged === null ? [] : [{ rule: mode.mode, action: mode.action, ...judged }];
  });
