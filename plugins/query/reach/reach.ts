import { type JsonValue, keepAnswers, uniqueBy } from '../../base/index.ts';
import { parseExpression } from '../../cel/index.ts';
import type { Resource } from '../../model/index.ts';
import { mayBeUnread, mayHold, type Platform, type UnreadPart, unreadParts } from '../../platform/index.ts';
import { lookups } from '../cel/lookups.ts';
import { modelReads } from '../cel/model-reads.ts';
import {
  and,
  type Evaluate,
  namesIn,
  not,
  type PartialRow,
  type PartialValue,
  type Truth,
  truthOf,
} from '../cel/three-valued.ts';
import { type Chain, takes, wholeReads } from '../cel/whole-reads.ts';
import type { Elements } from '../elements.ts';
import { modelLists } from '../model-lists.ts';
import type { Subject, SubjectKind } from '../subjects/index.ts';
import type { Reach, Selection } from '../types.ts';
import { builtOtherwise } from './built-otherwise.ts';
import type { UnsureField } from './field-part.ts';
import { otherwisePart } from './otherwise-fields.ts';
import { relatedAround, relatedOtherwise } from './otherwise-related.ts';
import { leftOutOf } from './placed-parts.ts';
import { fluxFieldsOf, manifestKinds, unreadRows } from './unread-rows.ts';
import { unsureFields } from './unsure-fields.ts';

/**
 * What could change the answer of an expression once it becomes known. Nothing where everything of the
 * platform is known.
 */
export function createReach(platform: Platform, elements: Elements, evaluator: Evaluator): Reach {
  const parts = () => unreadParts(platform);
  const evaluateFor =
    (kind: SubjectKind): Evaluate =>
    (text, known) =>
      evaluator.holds(text, kind, known);
  const unsure = new WeakMap<Subject, readonly UnsureField[]>();
  const unsureSubjects = new Map<SubjectKind, Subject[]>();
  const kept = keepAnswers<string, UnreadPart[]>(mostKept);
  const readsOf = openReads();

  return {
    parts: () => [...parts()],
    joining: (kind, selection) => distinct(joining(kind, selection)),
    touching: (subject, expressions) => distinct(touching(subject, expressions)),
    altering: (kind, expressions) => distinct(altering(kind, expressions, expressions)),
    relating(from, to) {
      const left = [from, to].flatMap((one) =>
        leftOutOf(subjectOf(one), platform).filter(({ name }) => name === '*'),
      );
      return distinct([...unrelating(from, to), ...left.flatMap(({ parts }) => parts)]);
    },
    unrelating: (from, to) => distinct(unrelating(from, to)),
    around: (resource) =>
      distinct([
        ...touching(subjectOf(resource), []),
        ...relatedAround(resource, platform).map(otherwisePart),
      ]),
    value: (expression) => distinct(ofValue(expression)),
    missing: (expression) => distinct(missing(expression)),
  };

  /** Fields of a subject that are not sure; only those of subjects that have any are kept, which are few. */
  function unsureOf(subject: Subject): readonly UnsureField[] {
    const known = unsure.get(subject);
    if (known !== undefined) return known;
    const found = unsureFields(subject, platform);
    if (found.length > 0) unsure.set(subject, found);
    return found;
  }

  /** The subjects of a kind that have a field which is not sure. */
  function unsureOfKind(kind: SubjectKind): Subject[] {
    const found =
      unsureSubjects.get(kind) ??
      elements.subjects<SubjectKind>(kind).filter((one) => unsureOf(one).length > 0);
    unsureSubjects.set(kind, found);
    return found;
  }

  function touching(subject: Subject, expressions: readonly string[]): UnreadPart[] {
    const fields = unsureOf(subject);
    if (fields.length === 0) return [];
    const { names, keys, chains } = readsOf(expressions);
    return fields
      .filter(({ name, except, path, known }) =>
        path === undefined
          ? (name === '*' && (except === undefined || [...names].some((one) => !except.has(one)))) ||
            keys.has(name)
          : chains.some((chain) => takes(chain, path) && !isKnown(chain, path, known)),
      )
      .flatMap((field) => field.parts);
  }

  function joining(kind: SubjectKind, selection: Selection): UnreadPart[] {
    if (parts().length === 0) return [];
    const { tests, unless = null } = selection;
    return kept(JSON.stringify([kind, tests, unless]), () => {
      const holds = (row: PartialRow) => selects(selection, row, evaluateFor(kind));
      const found = parts().filter((part) =>
        unreadRows(part, kind, platform).some((row) => holds(row) !== 'no'),
      );
      return kind === 'resource' ? [...found, ...redeploying(selection, holds)] : found;
    });
  }

  /** A deployer that is not known may deploy manifests of this repository that none is known to deploy. */
  function redeploying({ tests, unless = null }: Selection, holds: (row: PartialRow) => Truth): UnreadPart[] {
    const deployers = parts().filter((part) => mayDeploy(part, platform));
    const { keys } = readsOf(unless === null ? tests : [...tests, unless]);
    if (deployers.length === 0 || !placedFields.some((name) => keys.has(name))) return [];
    const names = deployerNames(platform);
    const isReached = elements.subjects('resource').some((subject) => {
      if (subject.resource?.deployer !== null || subject.resource.generatedBy !== null) return false;
      return holds(asDeployed(elements.elementOf(subject), names)) === 'maybe';
    });
    return isReached ? deployers : [];
  }

  /** @param tests which select the rows, where the expressions are more than these. */
  function altering(
    kind: SubjectKind,
    expressions: readonly string[],
    tests: readonly string[],
  ): UnreadPart[] {
    // What a cluster decides of routes, and which keys a store holds, is open though everything is read.
    const isAllRead = parts().length === 0 && builtOtherwise(platform).size === 0;
    if (isAllRead && kind !== 'route' && kind !== 'resource') return [];
    return kept(JSON.stringify([kind, expressions, tests]), () =>
      unsureOfKind(kind).flatMap((subject) => {
        const found = touching(subject, expressions);
        return found.length === 0 || isLeftOut(subject, tests) ? [] : found;
      }),
    );
  }

  /** True where the tests do not select a row whatever its unsure fields turn out to be. */
  function isLeftOut(subject: Subject, tests: readonly string[]): boolean {
    const fields = unsureOf(subject);
    if (fields.some(({ path }) => path === undefined)) return false;
    const open = new Set(fields.map(({ path }) => path?.[0] ?? ''));
    if (open.has('metadata')) for (const name of ['labels', 'annotations']) open.add(name);
    const element = elements.elementOf(subject);
    const row = (name: string) => (open.has(name) ? undefined : certain(element[name]));
    return selects({ tests }, row, evaluateFor(subject.kind)) === 'no';
  }

  function unrelating(from: Resource, to: Resource): UnreadPart[] {
    return [
      ...[from, to].flatMap((one) => touching(subjectOf(one), [])),
      ...relatedOtherwise(from, to, platform).map(otherwisePart),
    ];
  }

  function missing(expression: string): UnreadPart[] {
    if (parts().length === 0) return [];
    return modelReads(expression, listNames).lookups.flatMap(({ name, argument }) => {
      if (argument === null || evaluator.named(name, argument) !== undefined) return [];
      if (name === 'resource') return mayBeUnread(platform, argument);
      const kinds = manifestKinds[lookups[name] ?? 'stack'] ?? [];
      return mayHold(platform, kinds, null, argument);
    });
  }

  function ofValue(expression: string): UnreadPart[] {
    const reads = modelReads(expression, listNames);
    const ofLists = reads.lists.flatMap(({ list, tests, unless }) => {
      const kind = modelLists.find(({ name }) => name === list)?.kind ?? null;
      if (kind === null) return parts().filter(({ adds }) => adds);
      return [...joining(kind, { tests, unless }), ...altering(kind, [expression], tests)];
    });
    const ofLookups = reads.lookups.flatMap(({ name, argument }) => {
      const subject = argument === null ? undefined : evaluator.named(name, argument);
      return subject === undefined ? [] : touching(subject, [expression]);
    });
    return [...ofLists, ...ofLookups, ...missing(expression)];
  }
}

/** What expressions read, together: asked with the same expressions about many subjects. */
function openReads(): (expressions: readonly string[]) => Reads {
  const kept = keepAnswers<string, Reads>(mostKept);
  return (expressions) =>
    kept(JSON.stringify(expressions), () => ({
      names: startsOf(expressions),
      keys: keysOf(expressions),
      chains: wholeReads(expressions, listNames),
    }));
}

/** Whether a selection takes a row of which only a part is known. */
function selects({ tests, unless = null }: Selection, row: PartialRow, evaluate: Evaluate): Truth {
  return and(
    ...tests.map((test) => truthOf(test, row, evaluate)),
    unless === null ? 'yes' : not(truthOf(unless, row, evaluate)),
  );
}

/** Whether a part may hold a deployer: an Application, or what Flux deploys by. */
function mayDeploy(part: UnreadPart, platform: Platform): boolean {
  if (part.set !== null || !part.adds) return part.set !== null;
  return (
    part.mayHold({ group: 'argoproj.io', kind: 'Application' }) || fluxFieldsOf(part, platform).length > 0
  );
}

/** The names of the deployers that are known, by the field of a resource that names one. */
function deployerNames({ model }: Platform): Map<string, Set<string>> {
  const fields = ['application', 'kustomization', 'helmRelease'] as const;
  return new Map(fields.map((field) => [field, new Set(model[`${field}s`].map((one) => one.name))]));
}

/** A manifest that nothing deploys, as a deployer that is not known would: it has none of the known names. */
function asDeployed(element: Record<string, JsonValue>, names: Map<string, Set<string>>): PartialRow {
  return (name) => {
    const known = names.get(name);
    if (known) return { lacks: (value) => typeof value === 'string' && known.has(value) };
    return placedFields.includes(name) ? undefined : certain(element[name]);
  };
}

function certain(value: JsonValue | undefined): PartialValue | undefined {
  return value === undefined ? undefined : { values: [value] };
}

function subjectOf(resource: Resource): Subject {
  return { kind: 'resource', resource, record: resource };
}

/** The names that expressions begin from. */
function startsOf(expressions: readonly string[]): Set<string> {
  const roots = expressions.map((expression) => parseExpression(expression));
  return new Set(roots.flatMap((root) => (root === undefined ? [] : [...namesIn(root)])));
}

/** Every name and every key that an expression asks for. */
function keysOf(expressions: readonly string[]): Set<string> {
  const keys = new Set<string>();
  for (const expression of expressions) {
    const root = parseExpression(expression);
    if (root === undefined) continue;
    for (const name of namesIn(root)) keys.add(name);
    for (const key of modelReads(expression, new Set()).keys) keys.add(key);
  }
  return keys;
}

/** True of a chain whose next key, in a mapping that is known in part, is one of the known keys. */
function isKnown(
  { keys, isRow }: Chain,
  path: readonly string[],
  known: ReadonlySet<string> | undefined,
): boolean {
  const next = keys[path.length];
  return isRow && next !== undefined && known?.has(next) === true;
}

function distinct(parts: readonly UnreadPart[]): UnreadPart[] {
  return uniqueBy(parts, ({ unverified }) =>
    JSON.stringify([unverified.what, unverified.why, unverified.origin]),
  );
}

/** The fields of a resource that depend on its deployer. */
const placedFields = [
  'deployer',
  'application',
  'kustomization',
  'helmRelease',
  'namespace',
  'id',
  'stack',
  'layer',
  'metadata',
];
const listNames = new Set(modelLists.map(({ name }) => name));
const mostKept = 2000;

export interface Evaluator {
  /** A condition over the names of a row; undefined where it is an error. */
  holds(expression: string, kind: SubjectKind, known: Parameters<Evaluate>[1]): boolean | undefined;
  /** What a function such as `application('x')` gives. */
  named(lookup: string, name: string): Subject | undefined;
}

interface Reads {
  /** The names that the expressions begin from. */
  names: Set<string>;
  /** These, and every key that they ask for. */
  keys: Set<string>;
  /** Chains of keys that are read whole. */
  chains: Chain[];
}
