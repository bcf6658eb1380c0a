/**
 * Whether a result keeps a resource out. Source: kyverno `pkg/utils/engine/response.go` BlockRequest,
 * `pkg/policycache/store.go` set, `pkg/webhooks/resource/mutation/mutation.go` applyMutation,
 * `pkg/webhooks/resource/mpol/handler.go`; k8s.io/apiserver `pkg/admission/plugin/policy`.
 */
import { listAt, textAt } from '../../base/index.ts';
import type { Resource } from '../types.ts';
import { enforcesAny, isAsked } from './evaluate/actions.ts';
import type { PolicyResult } from './evaluate/types.ts';
import { namesOf } from './policy-results.ts';

/**
 * A failure that is enforced, also of a policy that is not scored, which only its report calls a warning. And
 * an error, unless the policy says to let it pass: of Kyverno's policies in any of their rules, as soon as
 * one of them enforces; of a mutation always, but for one that changes what is there already.
 */
export function isRefused({ group, rendered }: Resource, { result, action, rule }: PolicyResult): boolean {
  if (result === 'fail' || result === 'warn') return action === 'Enforce';
  if (result !== 'error' || !isAsked(rendered) || failurePolicyOf(rendered) === 'Ignore') return false;
  if (action === 'Mutate') {
    const own = listAt(rendered, 'spec', 'rules').find((one) =>
      namesOf(textAt(one, 'name') ?? '').includes(rule),
    );
    return own === undefined ? group !== 'kyverno.io' : listAt(own, 'mutate', 'targets').length === 0;
  }
  if (action === 'Generate' || action === 'Cleanup') return false;
  return group === 'kyverno.io' ? enforcesAny(rendered) : action === 'Enforce';
}

function failurePolicyOf(policy: Resource['rendered']): string | undefined {
  return (
    textAt(policy, 'spec', 'webhookConfiguration', 'failurePolicy') ?? textAt(policy, 'spec', 'failurePolicy')
  );
}
