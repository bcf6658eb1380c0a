import type { JsonObject, JsonValue } from '../base/index.ts';
import { compareText } from '../base/index.ts';
import type { Resource } from '../model/index.ts';
import type { Platform } from '../platform/index.ts';
import { everyField, type Field, recordFields } from './fields.ts';
import type { Subject, SubjectKind } from './types.ts';

/** What expressions see: subjects by kind, and each subject as one flat object of names. */
export function createElements(platform: Platform): Elements {
  const subjects = new Map<SubjectKind, Subject[]>();
  const elements = new WeakMap<Subject, Element>();
  const names = new Map<SubjectKind, Set<string>>();

  const subjectsOf = (kind: SubjectKind): Subject[] => {
    let found = subjects.get(kind);
    if (found === undefined) {
      found = listSubjects(platform, kind);
      subjects.set(kind, found);
    }
    return found;
  };
  const elementOf = (subject: Subject): Element => {
    let found = elements.get(subject);
    if (found === undefined) {
      found = makeElement(subject);
      elements.set(subject, found);
    }
    return found;
  };
  const all = (kind: SubjectKind): Element[] => subjectsOf(kind).map(elementOf);
  return {
    subjects: subjectsOf,
    elementOf,
    all,
    names(kind) {
      let found = names.get(kind);
      if (found === undefined) {
        // Known also where a repository has no row of the kind.
        found = new Set(fieldsOf(kind).map((field) => field.name));
        for (const element of all(kind)) for (const name in element) found.add(name);
        names.set(kind, found);
      }
      return found;
    },
  };
}

/** The names that rows of a kind have, besides what their manifests hold at the top. */
export function fieldsOf(kind: SubjectKind): Field[] {
  return kind === 'resource' ? everyField : [...everyField, ...recordFields[kind]];
}

function listSubjects({ model, resource }: Platform, kind: SubjectKind): Subject[] {
  const of = (record: Subject['record'], id: string | null): Subject => ({
    kind,
    record,
    resource: id === null ? undefined : resource(id),
  });
  switch (kind) {
    case 'resource':
      return [...model.resources]
        .sort((a, b) => compareText(a.id, b.id))
        .map((record) => ({ kind, record, resource: record }));
    case 'project':
      return model.projects.map((record) => of(record, record.id));
    case 'applicationset':
      return model.applicationSets.map((record) => of(record, record.id));
    case 'application':
      return model.applications.map((record) => of(record, record.id));
    case 'policy':
      return model.policies.flatMap((policy) =>
        policy.rules.map((rule) => of({ ...policy, rule }, policy.id)),
      );
    case 'event':
      return model.events.map((record) => of(record, record.source ?? record.sensor));
    case 'secret':
      return model.secrets.map((record) => of(record, record.externalSecret));
    case 'route':
      return model.routes.map((record) => of(record, record.route));
    case 'stack':
      return model.stacks.map((record) => of(record, record.applicationSet));
  }
}

/** Names of the object, under those of its resource, under those of the record. No prototype, so that no name is inherited. */
function makeElement(subject: Subject): Element {
  const element: Element = Object.create(null);
  const { record, resource } = subject;
  if (resource !== undefined) addResource(element, resource);
  if (record === resource) return element;
  for (const [key, value] of Object.entries(record))
    if (value !== undefined && key !== 'origin') element[key] = value as JsonValue;
  if ('origin' in record) {
    element.file = record.origin.file;
    element.line = record.origin.line;
  }
  if (subject.kind === 'application' && 'destination' in record) {
    // Readers ask where an application deploys to; its own place in Argo CD's namespace stays `metadata.namespace`.
    element.namespace = record.destination.namespace;
    element.path = record.sources.find((source) => source.path !== null)?.path ?? null;
    element.repoURL = record.sources[0]?.repoURL ?? null;
  }
  if (subject.kind === 'policy' && 'rule' in record) {
    for (const [key, value] of Object.entries(record.rule))
      if (key !== 'name' && key !== 'origin') element[key] = value;
    element.file = record.rule.origin.file;
    element.line = record.rule.origin.line;
  }
  return element;
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
  subjects(kind: SubjectKind): Subject[];
  elementOf(subject: Subject): Element;
  all(kind: SubjectKind): Element[];
  /** Every top-level name that some row of the kind has. */
  names(kind: SubjectKind): Set<string>;
}
