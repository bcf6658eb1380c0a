import { uniqueBy } from '../../base/index.ts';
import { parseExpression } from '../../cel/index.ts';
import type { Resource } from '../../model/index.ts';
import { mayBeUnread, mayHold, type Platform, type UnreadPart, unreadParts } from '../../platform/index.ts';
import { lookups } from '../cel/lookups.ts';
import { modelReads } from '../cel/model-reads.ts';
import { and, type Evaluate, namesIn, not, type Truth, truthOf } from '../cel/three-valued.ts';
import { type Chain, takes, wholeReads } from '../cel/whole-reads.ts';
import type { Elements } from '../elements.ts';
import { modelLists } from '../model-lists.ts';
import type { Subject, SubjectKind } from '../subjects/index.ts';
import type { Reach, Selection } from '../types.ts';
import { builtOtherwise } from './built-otherwise.ts';
import { otherwisePart } from './otherwise-fields.ts';
import { relatedAround, relatedOtherwise } from './otherwise-related.ts';
import { leftOutOf } from './placed-parts.ts';
import { fluxFieldsOf, manifestKinds, unreadRows } from './unread-rows.ts';
import { unsureFields } from './unsure-fields.ts';

/**
 * What could change the answer of an expression when it becomes known. Nothing where everything of the
 * platform is.
 */
export function createReach(platform: Platform, elements: Elements, evaluator: Evaluator): Reach {
  const parts = () => unreadParts(platform);
  const evaluateFor =
    (kind: SubjectKind): Evaluate =>
    (text, known) =>
      evaluator.holds(text, kind, known);
  const unsure = new WeakMap<Subject, ReturnType<typeof unsureFields>>();
  const unsureOf = (subject: Subject) => {
    const known = unsure.get(subject);
    if (known !== undefined) return known;
    const found = unsureFields(subject, platform);
    // Of most there is nothing, which is found as soon as it is kept.
    if (found.length > 0) unsure.set(subject, found);
    return found;
  };
  const open = new Map<SubjectKind, Subject[]>();
  /** The subjects of which anything is open at all: mostly few. */
  const openOf = (kind: SubjectKind): Subject[] => {
    const found =
      open.get(kind) ?? elements.subjects<SubjectKind>(kind).filter((one) => unsureOf(one).length > 0);
    open.set(kind, found);
    return found;
  };
  const kept = new Map<string, UnreadPart[]>();
  const once = (key: string, find: () => UnreadPart[]) => {
    const found = kept.get(key) ?? find();
    if (kept.size >= 2000) kept.clear();
    kept.set(key, found);
    return found;
  };

  const reads = new Map<string, { names: Set<string>; read: Set<string>; whole: Chain[] }>();
  /** Names and chains that expressions read: the same ones are asked of many subjects. */
  const readsOf = (expressions: readonly string[]) => {
    const key = JSON.stringify(expressions);
    const found = reads.get(key) ?? {
      names: startsOf(expressions),
      read: keysOf(expressions),
      whole: wholeReads(expressions, listNames),
    };
    if (reads.size >= 2000) reads.clear();
    reads.set(key, found);
    return found;
  };
  const touching = (subject: Subject, expressions: readonly string[]): UnreadPart[] => {
    const fields = unsureOf(subject);
    if (fields.length === 0) return [];
    const { names, read, whole } = readsOf(expressions);
    return fields
      .filter(({ name, except, path, known }) =>
        path === undefined
          ? (name === '*' && (except === undefined || [...names].some((one) => !except.has(one)))) ||
            read.has(name)
          : whole.some((chain) => takes(chain, path) && !isKnown(chain, path, known)),
      )
      .flatMap((field) => field.parts);
  };

  const joining = (kind: SubjectKind, { tests, unless = null }: Selection): UnreadPart[] =>
    parts().length === 0
      ? []
      : once(JSON.stringify([kind, tests, unless]), () => {
          const evaluate = evaluateFor(kind);
          const holds = (row: Parameters<typeof truthOf>[1]): Truth =>
            and(
              ...tests.map((test) => truthOf(test, row, evaluate)),
              unless === null ? 'yes' : not(truthOf(unless, row, evaluate)),
            );
          const found = parts().filter((part) =>
            unreadRows(part, kind, platform).some((row) => holds(row) !== 'no'),
          );
          return kind === 'resource' ? [...found, ...redeploying(tests, unless, holds)] : found;
        });

  /**
   * A deployer that is not known may deploy manifests of this repository that none is known to deploy.
   */
  const redeploying = (
    tests: readonly string[],
    unless: string | null,
    holds: (row: Parameters<typeof truthOf>[1]) => Truth,
  ): UnreadPart[] => {
    const deployers = parts().filter(
      (part) =>
        part.set !== null ||
        (part.adds &&
          (part.mayHold({ group: 'argoproj.io', kind: 'Application' }) ||
            fluxFieldsOf(part, platform).length > 0)),
    );
    const read = keysOf(unless === null ? tests : [...tests, unless]);
    if (deployers.length === 0 || !placed.some((name) => read.has(name))) return [];
    const known = new Map(
      (['application', 'kustomization', 'helmRelease'] as const).map((name) => [
        name as string,
        new Set(platform.model[`${name}s`].map((one) => one.name)),
      ]),
    );
    const isReached = elements.subjects('resource').some((subject) => {
      if (subject.resource?.deployer !== null || subject.resource.generatedBy !== null) return false;
      const element = elements.elementOf(subject);
      return (
        holds((name) => {
          const names = known.get(name);
          if (names) return { lacks: (value) => typeof value === 'string' && names.has(value) };
          if (placed.includes(name)) return undefined;
          const value = element[name];
          return value === undefined ? undefined : { values: [value] };
        }) === 'maybe'
      );
    });
    return isReached ? deployers : [];
  };

  /** @param tests what selects the rows, where the expressions are more than that. */
  const altering = (
    kind: SubjectKind,
    expressions: readonly string[],
    tests: readonly string[] = expressions,
  ): UnreadPart[] =>
    // What a cluster decides of routes, and keys that a store knows, are open though everything is read.
    parts().length === 0 && builtOtherwise(platform).size === 0 && kind !== 'route' && kind !== 'resource'
      ? []
      : once(JSON.stringify([kind, expressions, tests]), () =>
          openOf(kind).flatMap((subject) => {
            const found = touching(subject, expressions);
            return found.length === 0 || isLeftOut(subject, tests) ? [] : found;
          }),
        );

  /** Whether a row is not selected whatever becomes known of it: what is open of it is not asked. */
  const isLeftOut = (subject: Subject, tests: readonly string[]): boolean => {
    const fields = unsureOf(subject);
    if (fields.some(({ path }) => path === undefined)) return false;
    const open = new Set(fields.map(({ path }) => path?.[0] ?? ''));
    if (open.has('metadata')) for (const name of ['labels', 'annotations']) open.add(name);
    const element = elements.elementOf(subject);
    const row = (name: string) => {
      const value = open.has(name) ? undefined : element[name];
      return value === undefined ? undefined : { values: [value] };
    };
    return and(...tests.map((test) => truthOf(test, row, evaluateFor(subject.kind)))) === 'no';
  };

  const unrelating = (from: Resource, to: Resource): UnreadPart[] => [
    ...[from, to].flatMap((one) => touching(subjectOf(one), [])),
    ...relatedOtherwise(from, to, platform).map(otherwisePart),
  ];

  const missing = (expression: string): UnreadPart[] =>
    parts().length === 0
      ? []
      : modelReads(expression, listNames).lookups.flatMap(({ name, argument }) => {
          if (argument === null || evaluator.named(name, argument) !== undefined) return [];
          if (name === 'resource') return mayBeUnread(platform, argument);
          const kinds = manifestKinds[lookups[name] ?? 'stack'] ?? [];
          return mayHold(platform, kinds, null, argument);
        });

  return {
    parts: () => [...parts()],
    joining: (kind, selection) => distinct(joining(kind, selection)),
    touching: (subject, expressions) => distinct(touching(subject, expressions)),
    altering: (kind, expressions) => distinct(altering(kind, expressions)),
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
    value(expression) {
      const reads = modelReads(expression, listNames);
      const found: UnreadPart[] = [];
      for (const { list, tests, unless } of reads.lists) {
        const kind = modelLists.find(({ name }) => name === list)?.kind ?? null;
        if (kind === null) found.push(...parts().filter(({ adds }) => adds));
        else found.push(...joining(kind, { tests, unless }), ...altering(kind, [expression], tests));
      }
      for (const { name, argument } of reads.lookups) {
        const subject = argument === null ? undefined : evaluator.named(name, argument);
        if (subject !== undefined) found.push(...touching(subject, [expression]));
      }
      return distinct([...found, ...missing(expression)]);
    },
    missing: (expression) => distinct(missing(expression)),
  };
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

/** Of something of which only some keys are known, a chain that goes on with one of these. */
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

/** What a deployer decides of an object. */
const placed = [
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

export interface Evaluator {
  /** A condition over the names of a row; undefined where it is an error. */
  holds(expression: string, kind: SubjectKind, known: Parameters<Evaluate>[1]): boolean | undefined;
  /** What a function such as `application('x')` gives. */
  named(lookup: string, name: string): Subject | undefined;
}
