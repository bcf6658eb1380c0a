/**
 * CEL as it is written and evaluated, whatever it speaks of: the engine, what its work may cost, its errors
 * and its values. All that is done with the engine is done here.
 */

export type { Environment } from '@marcbachmann/cel-js';
export { type EngineError, EvaluationError } from './engine-errors.ts';
export { syntaxFault, type Told, typeFault } from './engine-messages.ts';
export { baseEnvironment, type Meter, safeMatches } from './environment.ts';
export { maximumWeight, toJson, weigh } from './json-values.ts';
export { parseExpression } from './parse-expression.ts';
export {
  type Evaluated,
  policyExpression,
  policyValue,
  Unknown,
  type Variables,
} from './policies/expression.ts';
export { lazyObject } from './policies/lazy-object.ts';
export { openObject } from './policies/open-object.ts';
export { fromJson } from './policies/values.ts';
export { nameFrom } from './reserved-words.ts';
export { parseIn, type Run } from './run-expression.ts';
export {
  type ASTNode,
  bindingOf,
  childrenOf,
  comprehensions,
  serialize,
} from './syntax-tree.ts';
export { type Budget, maximumRowSteps, newBudget, spend, spendOnce } from './work-budget.ts';
