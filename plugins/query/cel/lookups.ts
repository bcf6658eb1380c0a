import { type SubjectKind, subjectKinds, subjectTypes } from '../subjects/index.ts';

/** Functions that give one record by its name; the record's kind tells which fields it has. */
export const lookups: Record<string, SubjectKind | undefined> = Object.fromEntries(
  subjectKinds.filter((kind) => subjectTypes[kind].hasLookUp).map((kind) => [kind, kind]),
);
