/** CEL over the model: every expression of a page or a command goes through here. */
export { compileGlob } from './glob.ts';
export { createQuery } from './query.ts';
export type { Query, QueryError, QueryErrorReason, QueryResult, Subject, SubjectKind } from './types.ts';
