import { eachWhileSame } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import { application } from './application.ts';
import { applicationSet } from './application-set.ts';
import { event } from './event.ts';
import { helmRelease } from './helm-release.ts';
import { kustomization } from './kustomization.ts';
import { policy } from './policy.ts';
import { policyResult } from './policy-result.ts';
import { project } from './project.ts';
import { resource } from './resource.ts';
import { route } from './route.ts';
import { secret } from './secret.ts';
import { secretRead } from './secret-read.ts';
import { stack } from './stack.ts';
import type { Field, SubjectType } from './subject-type.ts';

/** The kinds of subjects: a new one is its module and a row here. */
const types = {
  resource,
  project,
  applicationset: applicationSet,
  application,
  kustomization,
  helmrelease: helmRelease,
  policy,
  policyresult: policyResult,
  event,
  secret,
  secretread: secretRead,
  route,
  stack,
};

export const subjectTypes: { [K in SubjectKind]: SubjectType<SubjectRecord<K>> } = types;

export const subjectKinds = Object.keys(types) as SubjectKind[];

/** Names that rows have, by kind; those of a resource are every row's. */
export const fields = Object.fromEntries(
  subjectKinds.map((kind) => [kind, subjectTypes[kind].fields]),
) as Record<SubjectKind, Field[]>;

/** Every subject of a kind, in the model's order (resources: by id). */
export function listSubjects<K extends SubjectKind>(platform: Platform, kind: K): readonly SubjectOf<K>[] {
  // There are most of them, and an edit leaves all but a few as they are.
  if (kind === 'resource')
    return subjectsOfResources(resource.recordsOf(platform.model)) as readonly SubjectOf<K>[];
  const type = subjectTypes[kind];
  return type
    .recordsOf(platform.model)
    .map((record) => ({ kind, record, resource: type.resourceOf(record, platform) }) as SubjectOf<K>);
}

const subjectsOfResources = eachWhileSame(
  (record: Resource): SubjectOf<'resource'> => ({ kind: 'resource', record, resource: record }),
);

/** What a column of a table is in an expression about a row of the kind, where it has another name there. */
export function shownAs(kind: SubjectKind, column: string): string | undefined {
  const { shownAs = {} } = subjectTypes[kind];
  return Object.hasOwn(shownAs, column) ? shownAs[column] : undefined;
}

/** What the table says of a subject's kind, with the subject's own record. */
export function typeOf(subject: Subject): SubjectType<Subject['record']> {
  return subjectTypes[subject.kind];
}

/** The kind whose list is called so, whatever the case of its letters. */
export function kindOfList(name: string): SubjectKind | undefined {
  return subjectKinds.find((kind) => overName(kind) === name);
}

/** The plural that `over` and the views take. */
export function overName(kind: SubjectKind): string {
  return subjectTypes[kind].list.name.toLowerCase();
}

export type SubjectKind = keyof typeof types;

type SubjectRecord<K extends SubjectKind> = (typeof types)[K] extends SubjectType<infer R> ? R : never;

/**
 * What one row of a selection is about. In an expression its fields are top-level names: those of the row's
 * own record (`project`, `permitted`, …) over those of its resource (`kind`, `name`, `namespace`, `labels`,
 * `wave`, `file`, `spec`, `metadata`, …).
 */
export type Subject = SubjectOf<SubjectKind>;

export type SubjectOf<K extends SubjectKind> = {
  [P in K]: {
    kind: P;
    /** The model's record of it. */
    record: SubjectRecord<P>;
    /**
     * The resource that it is about; undefined only where the repository has none (a dangling event route).
     */
    resource: Resource | undefined;
  };
}[K];
