/**
 * Kubernetes' own `MutatingAdmissionPolicy`, which acts through its bindings alone: one mutation for each
 * that selects the subject. Source: `pkg/admission/plugin/policy/mutating` of k8s.io/apiserver.
 */
import { type JsonObject, objectAt, textAt } from '../../../../base/index.ts';
import { bindingSelects, bindingsOf, isOfAdmission, select } from '../admission-policy.ts';
import { type Environment, NotKnown, type Subject } from '../types.ts';
import { mutated } from './mutating-policy.ts';
import { type Mutation, settled } from './mutation.ts';

export function mutatingAdmissionPolicy(
  policy: JsonObject,
  subject: Subject,
  environment: Environment,
): Mutation[] {
  const spec = objectAt(policy, 'spec');
  if (isOfAdmission(subject)) return [];
  const selected = select(objectAt(spec, 'matchConstraints'), subject, environment);
  if (selected === false) return [];
  let { object } = subject;
  return bindingsOf(policy, environment).flatMap((binding): Mutation[] => {
    const narrowed = bindingSelects(objectAt(binding, 'spec', 'matchResources'), subject, environment);
    if (narrowed === false) return [];
    const run = () => {
      for (const answer of [selected, narrowed]) if (answer !== true) throw new NotKnown(answer);
      if (spec.paramKind !== undefined)
        throw new NotKnown('what its parameters make of it is not worked out');
      return mutated(spec, { ...subject, object }, environment);
    };
    const mutation = settled(textAt(binding, 'metadata', 'name') ?? '', object, run, true);
    object = mutation.object;
    return [mutation];
  });
}
