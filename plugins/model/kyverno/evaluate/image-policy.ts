/**
 * `verifyImages` and `ImageValidatingPolicy`: signatures and attestations lie in a registry, across a
 * network, so that a rule which looks at an image of the subject is never verified. Source: kyverno
 * `pkg/engine/handlers/mutation/mutate_image.go`, `pkg/cel/policies/ivpol`.
 */
import {
  firstOf,
  isObject,
  type JsonObject,
  listAt,
  objectAt,
  textAt,
  textsAt,
} from '../../../base/index.ts';
import { withAutogen } from '../autogen.ts';
import { matchOf } from '../match.ts';
import { wildcard } from '../wildcard.ts';
import { conditionsHold } from './conditions.ts';
import { requestVariables, withContext } from './context.ts';
import { exceptionsOf } from './exceptions.ts';
import { imagesOf } from './images.ts';
import { attempt } from './rule-kinds.ts';
import { labelsOfNamespace } from './subject.ts';
import { type Environment, NotKnown, type RuleResult, type Subject } from './types.ts';

/** One result for each rule that looks at an image of the subject. */
export function imageResults(policy: JsonObject, subject: Subject, environment: Environment): RuleResult[] {
  if (textAt(policy, 'kind')?.endsWith('ImageValidatingPolicy')) return ofExpressions(policy, subject);
  if (policy.kind === 'Policy' && textAt(policy, 'metadata', 'namespace') !== subject.namespace) return [];
  return listAt(policy, 'spec', 'rules')
    .filter(isObject)
    .filter((rule) => listAt(rule, 'verifyImages').length > 0)
    .flatMap((rule) => withAutogen(policy, rule))
    .flatMap((rule): RuleResult[] => {
      const name = textAt(rule, 'name') ?? '';
      const matched = matchOf(rule, subject, labelsOfNamespace(environment));
      if (matched === false) return [];
      const images = referencesIn(subject).filter((image) => isVerified(rule, image));
      if (images.length === 0) return [];
      const stated = environment.stated?.(name, subject) ?? {};
      const variables = withContext(
        requestVariables(subject, stated),
        listAt(rule, 'context'),
        environment,
        stated,
      );
      const verdict = attempt(() => {
        if (!conditionsHold(rule.preconditions, variables).holds)
          return { status: 'skip', message: 'preconditions not met' };
        const [excepting] = exceptionsOf({ policy, rule, subject, environment, variables });
        if (excepting !== undefined)
          return { status: 'skip', message: `rule is skipped due to policy exception ${excepting}` };
        throw new NotKnown(acrossNetwork(images));
      });
      return verdict === null ? [] : [{ rule: name, ...verdict }];
    });
}

/** The policy selects the subject; which images its expressions look at is theirs to say. */
function ofExpressions(policy: JsonObject, subject: Subject): RuleResult[] {
  const images = referencesIn(subject);
  if (images.length === 0) return [];
  const rule = textAt(policy, 'metadata', 'name') ?? '';
  return [{ rule, status: 'unverified', message: acrossNetwork(images) }];
}

/** Some entry of the rule names it, and does not pass it over. */
function isVerified(rule: JsonObject, image: string): boolean {
  return listAt(rule, 'verifyImages').some((entry) => {
    const named = [
      ...textsAt(entry, 'imageReferences'),
      ...(textAt(entry, 'image') ? [textAt(entry, 'image') ?? ''] : []),
    ];
    const skipped = textsAt(entry, 'skipImageReferences');
    return (
      named.some((pattern) => wildcard(pattern, image)) &&
      !skipped.some((pattern) => wildcard(pattern, image))
    );
  });
}

function referencesIn({ kind, object }: Subject): string[] {
  const images = Object.values(imagesOf(kind, object) ?? {});
  const references = images.flatMap((list) =>
    Object.values(isObject(list) ? list : {}).flatMap(
      (image) => textAt(objectAt({ image }, 'image'), 'reference') ?? [],
    ),
  );
  return [...new Set(references)];
}

function acrossNetwork(images: readonly string[]): string {
  return `what the registry has about ${firstOf(images, 3)} lies across a network`;
}
