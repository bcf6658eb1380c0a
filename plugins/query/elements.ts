import { isDeepStrictEqual } from 'node:util';
import { eachWhileSame, type JsonObject, type JsonValue, oncePer, whileAlike } from '../base/index.ts';
import { placesById, type Resource } from '../model/index.ts';
import type { Platform } from '../platform/index.ts';
import { lookups } from './cel/lookups.ts';
import {
  listSubjects,
  type Subject,
  type SubjectKind,
  type SubjectOf,
  subjectTypes,
  typeOf,
} from './subjects/index.ts';
import type { Field } from './subjects/subject-type.ts';

/** What expressions see: subjects by kind, and each subject as one flat object of names. */
export function createElements(platform: Platform): Elements {
  const subjects = new Map<SubjectKind, readonly Subject[]>();
  const elements = new WeakMap<Subject, Element>();
  const names = new Map<SubjectKind, Set<string>>();

  function subjectsOf<K extends SubjectKind>(kind: K): readonly SubjectOf<K>[] {
    const found = subjects.get(kind) ?? listSubjects<SubjectKind>(platform, kind);
    subjects.set(kind, found);
    return found as readonly SubjectOf<K>[];
  }
  const elementOf = (subject: Subject): Element => {
    if (subject.kind === 'resource') return resourceElement(subject.record);
    let found = elements.get(subject);
    if (found === undefined) {
      found = makeElement(subject);
      elements.set(subject, found);
    }
    return found;
  };
  const lists = new Map<SubjectKind, readonly Element[]>();
  const all = (kind: SubjectKind): readonly Element[] => {
    const found =
      lists.get(kind) ??
      (kind === 'resource' ? resourceElements(resources()) : subjectsOf<SubjectKind>(kind).map(elementOf));
    lists.set(kind, found);
    return found;
  };
  const resources = () => subjectTypes.resource.recordsOf(platform.model);
  const ofResource = ({ id }: Resource): Subject | undefined =>
    subjectsOf('resource')[placesById(resources()).get(id) ?? -1];
  const byName = new Map<SubjectKind, Map<string, Subject>>();
  /** The first of several. */
  const namesOf = (kind: SubjectKind): Map<string, Subject> => {
    let found = byName.get(kind);
    if (found === undefined) {
      found = new Map();
      for (const subject of subjectsOf<SubjectKind>(kind)) {
        const { name } = elementOf(subject);
        if (typeof name === 'string' && !found.has(name)) found.set(name, subject);
      }
      byName.set(kind, found);
    }
    return found;
  };
  return {
    subjects: subjectsOf,
    ofResource,
    elementOf,
    all,
    named(lookup, name) {
      const kind = lookups[lookup];
      if (kind !== 'resource') return kind && namesOf(kind).get(name);
      const found = platform.resolveReference(name);
      return found.ok ? ofResource(found.resource) : undefined;
    },
    names(kind) {
      let found = names.get(kind);
      if (found === undefined) {
        // Known also where a repository has no row of the kind.
        found = new Set(fieldsOf(kind).map((field) => field.name));
        const [first, ...others] = all(kind);
        for (const name in first) found.add(name);
        // All resources have the same fields: they differ in the keys of their manifests.
        if (kind === 'resource') for (const name of keysOfManifests(resources())) found.add(name);
        else for (const element of others) for (const name in element) found.add(name);
        names.set(kind, found);
      }
      return found;
    },
  };
}

/** The names that rows of a kind have, besides what their manifests hold at the top. */
export function fieldsOf(kind: SubjectKind): Field[] {
  const every = subjectTypes.resource.fields;
  if (kind === 'resource') return every;
  const own = subjectTypes[kind].fields;
  // The record's own stand over those of its resource.
  return [...every.filter(({ name }) => !own.some((field) => field.name === name)), ...own];
}

/**
 * Names of the object, under those of its resource, under those of the record. No prototype, so that no name
 * is inherited.
 */
function makeElement(subject: Subject): Element {
  const { record, resource } = subject;
  const element: Element = Object.create(null);
  element.written = isWrittenHere(resource);
  if (resource !== undefined) addResource(element, resource);
  for (const [key, value] of Object.entries(record))
    if (value !== undefined && key !== 'origin') element[key] = value as JsonValue;
  const type = typeOf(subject);
  const origin = type.originOf(record);
  if (origin !== null) {
    element.file = origin.file;
    element.line = origin.line;
  }
  return Object.assign(element, type.valuesOf?.(record));
}

const resourceElement = oncePer((resource: Resource): Element => {
  const element: Element = Object.create(null);
  element.written = isWrittenHere(resource);
  addResource(element, resource);
  return element;
});

const resourceElements = eachWhileSame(resourceElement);

/** Every key that some manifest has at its top. */
const keysOfManifests = whileAlike(
  (one: Resource, other: Resource) =>
    isDeepStrictEqual(Object.keys(one.rendered), Object.keys(other.rendered)),
  (resources) => new Set(resources.flatMap(({ rendered }) => Object.keys(rendered))),
);

/** What was fetched was written elsewhere; what else is written elsewhere was not read, and is no row. */
function isWrittenHere(resource: Resource | undefined): boolean {
  return resource?.origin.fetched === undefined;
}

function addResource(element: Element, resource: Resource): void {
  for (const [key, value] of Object.entries(resource.rendered)) element[key] = value;
  const { rendered: _, origin, ...fields } = resource;
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) element[key] = value;
  element.file = origin.file;
  element.line = origin.line;
}

type Element = JsonObject;

export interface Elements {
  /** What a function such as `application('x')` gives; undefined where there is none. */
  named(lookup: string, name: string): Subject | undefined;
  subjects<K extends SubjectKind>(kind: K): readonly SubjectOf<K>[];
  /** The subject that is a resource. */
  ofResource(resource: Resource): Subject | undefined;
  elementOf(subject: Subject): Element;
  all(kind: SubjectKind): readonly Element[];
  /** Every top-level name that some row of the kind has. */
  names(kind: SubjectKind): Set<string>;
}
