import { Environment, EvaluationError } from '@marcbachmann/cel-js';
import type { Platform } from '../model/index.ts';
import { resolveReference } from '../model/index.ts';
import { nearest } from '../source/index.ts';
import { PatternError } from './automaton.ts';
import type { Elements } from './elements.ts';
import { compileGlob } from './glob.ts';
import { compileRegex } from './regex.ts';
import type { Subject, SubjectKind } from './types.ts';

/** CEL with optional types and the functions of the model. One for a whole run: making it costs more than many queries. */
export function createEnvironment(platform: Platform, elements: Elements): Environment {
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
  registerText(environment);
  for (const [name, kind] of Object.entries(lookups)) {
    const find = kind === 'resource' ? byReference(platform, elements) : byName(elements, kind, name);
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
function registerText(environment: Environment): void {
  environment.registerFunction('glob(string, string): bool', (text: string, pattern: string) =>
    guarded(pattern, 'glob', () => compileGlob(pattern)(text)),
  );
  environment.registerFunction('glob(null, string): bool', () => false);
  environment.registerFunction(`string.${safeMatches}(string): bool`, (text: string, pattern: string) =>
    guarded(pattern, 'regular expression', () => compileRegex(pattern)(text)),
  );
  for (const name of ['startsWith', 'endsWith', 'contains', safeMatches]) {
    environment.registerFunction(`null.${name}(string): bool`, () => false);
  }
}

function guarded(pattern: string, what: string, test: () => boolean): boolean {
  try {
    return test();
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new EvaluationError({
      code: 'invalid_pattern',
      message: `the ${what} \`${pattern}\` is not valid: ${error.message}`,
    });
  }
}

function byName(elements: Elements, kind: SubjectKind, noun: string) {
  let index: Map<string, unknown> | undefined;
  return (name: string): unknown => {
    if (index === undefined) {
      index = new Map();
      for (const element of elements.all(kind))
        if (!index.has(String(element.name))) index.set(String(element.name), element);
    }
    const found = index.get(name);
    if (found !== undefined) return found;
    throw unknownName(`there is no ${noun} \`${name}\``, nearest(name, index.keys()));
  };
}

function byReference({ model }: Platform, elements: Elements) {
  let subjects: Map<string, Subject> | undefined;
  return (reference: string): unknown => {
    const found = resolveReference(model, reference);
    if (!found.ok) {
      const message =
        found.reason === 'ambiguous'
          ? `\`${reference}\` names several resources`
          : `there is no resource \`${reference}\``;
      throw unknownName(message, found.candidates);
    }
    subjects ??= new Map(
      elements.subjects('resource').map((subject) => [subject.resource?.id ?? '', subject]),
    );
    const subject = subjects.get(found.resource.id);
    if (subject !== undefined) return elements.elementOf(subject);
    throw unknownName(`there is no resource \`${reference}\``, []);
  };
}

function unknownName(message: string, candidates: string[]): EvaluationError {
  return new EvaluationError({ code: 'unknown_name', message, cause: { candidates } });
}
