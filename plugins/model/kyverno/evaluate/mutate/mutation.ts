import type { JsonObject } from '../../../../base/index.ts';
import { EvaluationError, NotKnown } from '../types.ts';
import { sameJson } from './same-json.ts';

/** What a rule that changes objects makes of one. */
export interface Mutation {
  rule: string;
  /** `skip` where it changes nothing. */
  status: 'pass' | 'skip' | 'error' | 'unverified';
  message: string;
  /** The object as it is afterwards; as it was where nothing is changed or known. */
  object: JsonObject;
}

/**
 * @param mutate null where the rule leaves the object alone.
 * @param passesUnchanged what changes nothing passes, as of policies in CEL.
 */
export function settled(
  rule: string,
  object: JsonObject,
  mutate: () => JsonObject | null,
  passesUnchanged = false,
): Mutation {
  try {
    const made = mutate();
    const isSame = made === null || (!passesUnchanged && sameJson(object, made));
    return {
      rule,
      status: isSame ? 'skip' : 'pass',
      message: isSame ? 'no patches applied' : '',
      object: made ?? object,
    };
  } catch (error) {
    if (error instanceof NotKnown) return { rule, status: 'unverified', message: error.message, object };
    if (error instanceof EvaluationError) return { rule, status: 'error', message: error.message, object };
    throw error;
  }
}
