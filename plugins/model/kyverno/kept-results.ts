import { isDeepStrictEqual } from 'node:util';
import { oncePer, takeSteps, withinSteps } from '../../base/index.ts';
import type { Resource } from '../types.ts';
import type { Environment, RuleResult } from './evaluate/types.ts';

/**
 * What a policy says of a resource, as it said it before while both are the very same objects and the cluster
 * answers the same to all that was asked of it. It takes as many steps as when it was worked out, so that
 * what is left out for want of them does not hang on what was known.
 * @param evaluate looks at the two and at what it is given, and at nothing else.
 */
export function keptResults(
  policy: Resource,
  resource: Resource,
  environment: Environment,
  evaluate: (environment: Environment) => RuleResult[],
): readonly RuleResult[] {
  const known = resultsOf(policy);
  const before = known.get(resource);
  if (before?.asked.every(({ ask, answer }) => isDeepStrictEqual(ask(environment), answer))) {
    takeSteps(before.steps);
    return before.results;
  }
  const { watched, asked } = watch(environment);
  const { value: results, steps, isWhole } = withinSteps(Number.MAX_SAFE_INTEGER, () => evaluate(watched));
  if (isWhole) known.set(resource, { results, steps, asked });
  return results;
}

const resultsOf = oncePer((_: Resource) => new WeakMap<Resource, Kept>());

/** An environment that notes what it is asked and what it answers. */
function watch(environment: Environment): { watched: Environment; asked: Asked[] } {
  const asked: Asked[] = [];
  const note = <Answer>(ask: (environment: Environment) => Answer): Answer => {
    const answer = ask(environment);
    asked.push({ ask, answer });
    return answer;
  };
  return {
    asked,
    watched: {
      namespaceObject: (...name) => note(questions.namespaceObject(name)),
      labelsGiven: (...name) => note(questions.labelsGiven(name)),
      find: (...object) => note(questions.find(object)),
      ofKind: (...kind) => note(questions.ofKind(kind)),
    },
  };
}

/**
 * Each stays as long as what it was asked of: made within `watch` it would keep the environment with it, and
 * by that a whole model for each resource that was looked at anew.
 */
const questions = {
  namespaceObject: (name: Asks<'namespaceObject'>) => (one: Environment) => one.namespaceObject(...name),
  labelsGiven: (name: Asks<'labelsGiven'>) => (one: Environment) => one.labelsGiven?.(...name) ?? {},
  find: (object: Asks<'find'>) => (one: Environment) => one.find(...object),
  ofKind: (kind: Asks<'ofKind'>) => (one: Environment) => one.ofKind(...kind),
};

type Asks<Name extends keyof Environment> = Parameters<NonNullable<Environment[Name]>>;

interface Asked {
  ask(environment: Environment): unknown;
  answer: unknown;
}

interface Kept {
  results: readonly RuleResult[];
  steps: number;
  asked: readonly Asked[];
}
