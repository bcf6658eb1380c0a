/** CEL over the model: every expression of a page or a command goes through here. */

export { readExpression } from './cel/read-expression.ts';
export { type Signature, signatures as functions } from './cel/signatures.ts';
export { type ModelList, modelLists as lists } from './model-lists.ts';
export { createQuery } from './query.ts';
export { differingOverlays } from './reach/built-otherwise.ts';
export { unsureFields } from './reach/unsure-fields.ts';
export {
  fields,
  kindOfList,
  overName,
  type Subject,
  type SubjectKind,
  shownAs,
  subjectKinds,
  subjectTypes,
  typeOf,
} from './subjects/index.ts';
export type { Field } from './subjects/subject-type.ts';
export { yamlPath } from './subjects/yaml-path.ts';
export type { Query, QueryError, QueryResult, Reach } from './types.ts';
export { whyEmpty } from './why-empty.ts';
