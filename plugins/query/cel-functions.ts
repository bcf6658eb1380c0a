import { Environment, EvaluationError } from '@marcbachmann/cel-js';
import { nearest } from '../base/index.ts';
import type { Platform } from '../platform/index.ts';
import { type Machine, PatternError } from './automaton.ts';
import type { Elements } from './elements.ts';
import { globMachine } from './path-glob.ts';
import { regexMachine } from './regex.ts';
import type { Subject, SubjectKind } from './types.ts';

/**
 * CEL with optional types and the functions of the model. One for a whole run: making it costs more than many queries.
 * `spend` takes steps from the budget of the expression that is being evaluated.
 */
export function createEnvironment(platform: Platform, elements: Elements, spend: Spend): Environment {
  const environment = new Environment({
    unlistedVariablesAreDyn: true,
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
    limits: {
      maxAstNodes: 2000,
      maxDepth: 48,
      maxListElements: 500,
      maxMapEntries: 200,
      maxCallArguments: 16,
    },
  });
  registerArithmetic(environment);
  registerText(environment, spend);
  for (const [name, kind] of Object.entries(lookups)) {
    const find =
      kind === 'resource' ? byReference(platform, elements, spend) : byName(elements, kind, name, spend);
    environment.registerFunction(`${name}(string): dyn`, find);
    environment.registerFunction(`${name}(null): dyn`, () => {
      throw new EvaluationError({ code: 'no_such_key', message: `${name}(null) is nothing` });
    });
  }
  return environment;
}

/** Functions that give one record by its name; the record's kind tells which fields it has. */
export const lookups: Record<string, SubjectKind> = {
  resource: 'resource',
  application: 'application',
  project: 'project',
  applicationset: 'applicationset',
  policy: 'policy',
  stack: 'stack',
};

/** The engine's own `matches()` is a JavaScript regular expression; calls are renamed to this safe one before they are checked. */
export const safeMatches = '_matches';

/** Manifests give JavaScript numbers, literals are CEL integers: counting with both should just work. */
function registerArithmetic(environment: Environment): void {
  const operations: Record<string, (a: number, b: number) => number> = {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
  };
  for (const [operator, apply] of Object.entries(operations)) {
    environment.registerOperator(`double ${operator} int`, (a: number, b: bigint) => apply(a, Number(b)));
    environment.registerOperator(`int ${operator} double`, (a: bigint, b: number) => apply(Number(a), b));
  }
}

/** Text functions of a null (the namespace of a cluster-scoped object) are false, not errors. */
function registerText(environment: Environment, spend: Spend): void {
  environment.registerFunction('glob(string, string): bool', (text: string, pattern: string) =>
    guarded(pattern, 'glob', spend, () => worked(globMachine(pattern), text, spend).matches(text)),
  );
  environment.registerFunction('glob(null, string): bool', () => false);
  environment.registerFunction(`string.${safeMatches}(string): bool`, (text: string, pattern: string) =>
    guarded(pattern, 'regular expression', spend, () =>
      worked(regexMachine(pattern), text, spend).finds(text),
    ),
  );
  for (const name of ['startsWith', 'endsWith', 'contains', safeMatches]) {
    environment.registerFunction(`null.${name}(string): bool`, () => false);
  }
}

/** Charged as if it were built each time: what is left of a budget must not depend on what was asked before. */
function worked(machine: Machine, text: string, spend: Spend): Machine {
  spend((machine.work >> 3) + ((machine.size * text.length) >> 5));
  return machine;
}

function guarded(pattern: string, what: string, spend: Spend, test: () => boolean): boolean {
  if (pattern.length > longestPattern)
    throw new EvaluationError({
      code: 'invalid_pattern',
      message: `the ${what} is longer than ${longestPattern} characters`,
    });
  try {
    return test();
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    spend(1000);
    throw new EvaluationError({
      code: 'invalid_pattern',
      message: `the ${what} \`${pattern}\` is not valid: ${error.message}`,
    });
  }
}

function byName(elements: Elements, kind: SubjectKind, noun: string, spend: Spend) {
  let index: Map<string, unknown> | undefined;
  return (name: string): unknown => {
    if (index === undefined) {
      index = new Map();
      for (const element of elements.all(kind))
        if (!index.has(String(element.name))) index.set(String(element.name), element);
    }
    const found = index.get(name);
    if (found !== undefined) return found;
    // The nearest is looked for among all.
    spend(1 + index.size);
    throw unknownName(`there is no ${noun} \`${name}\``, nearest(name, index.keys()), kind);
  };
}

function byReference(platform: Platform, elements: Elements, spend: Spend) {
  let subjects: Map<string, Subject> | undefined;
  return (reference: string): unknown => {
    const found = platform.resolveReference(reference);
    if (!found.ok) {
      spend(1 + platform.model.resources.length);
      const message =
        found.reason === 'ambiguous'
          ? `\`${reference}\` names several resources`
          : `there is no resource \`${reference}\``;
      throw unknownName(message, found.candidates, 'resource');
    }
    subjects ??= new Map(
      elements.subjects('resource').map((subject) => [subject.resource?.id ?? '', subject]),
    );
    const subject = subjects.get(found.resource.id);
    if (subject !== undefined) return elements.elementOf(subject);
    throw unknownName(`there is no resource \`${reference}\``, [], 'resource');
  };
}

function unknownName(message: string, candidates: string[], kind: SubjectKind): EvaluationError {
  const view = kind === 'policy' ? 'policies' : `${kind}s`;
  const help = candidates.length > 0 ? null : `\`plumbline table ${view}\` lists them`;
  const cause: UnknownName = { candidates, help };
  return new EvaluationError({ code: 'unknown_name', message, cause });
}

const longestPattern = 1000;

export type Spend = (steps: number) => void;

/** What an error says of a name that a look-up does not find. */
export interface UnknownName {
  candidates: string[];
  help: string | null;
}
