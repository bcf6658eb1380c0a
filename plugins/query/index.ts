/** CEL over the model: every expression of a page or a command goes through here. */

export {
  type ExpressionPart,
  readExpression,
} from './cel/read-expression.ts';
export { type Signature, signatures as functions } from './cel/signatures.ts';
export { type Field, fields, type ModelList, modelLists as lists } from './fields.ts';
export { createQuery } from './query.ts';
export type { Query, QueryError, QueryResult, Subject, SubjectKind } from './types.ts';
