import { Environment, EvaluationError } from '@marcbachmann/cel-js';
import { compileRe2, once, PatternError, type Re2 } from '../base/index.ts';
import { compilePathGlob } from './path-glob.ts';

/**
 * CEL with optional types, and patterns whose work is counted. Making it costs more than many evaluations.
 */
export function baseEnvironment(meter: Meter): Environment {
  const environment = counting().clone();
  registerText(environment, meter);
  return environment;
}

/** What is the same for all, made once. */
const counting = once(() => {
  const environment = new Environment(environmentOptions);
  registerArithmetic(environment);
  return environment;
});

export const environmentOptions: ConstructorParameters<typeof Environment>[0] = {
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  enableOptionalTypes: true,
  limits: { maxAstNodes: 2000, maxDepth: 48, maxListElements: 500, maxMapEntries: 200, maxCallArguments: 16 },
};

/**
 * The engine's own `matches()` is a JavaScript regular expression; calls are renamed to this safe one before
 * they are checked.
 */
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
function registerText(environment: Environment, meter: Meter): void {
  environment.registerFunction('glob(string, string): bool', (text: string, pattern: string) =>
    patternFor('glob', pattern, text, meter, compilePathGlob).matches(text),
  );
  environment.registerFunction('glob(null, string): bool', () => false);
  environment.registerFunction(`string.${safeMatches}(string): bool`, (text: string, pattern: string) =>
    patternFor('regular expression', pattern, text, meter, compileRe2).finds(text),
  );
  for (const name of ['startsWith', 'endsWith', 'contains', safeMatches]) {
    environment.registerFunction(`null.${name}(string): bool`, () => false);
  }
}

/**
 * The pattern, with the work of building it and of one match taken from the budget: building as if it were
 * new to the expression, since what is left of a budget must not depend on what was asked before.
 */
export function patternFor(
  what: string,
  pattern: string,
  text: string,
  meter: Meter,
  compile: (pattern: string, limit: number) => Re2,
  largest = largestPattern,
): Re2 {
  const refuse = (message: string) => new EvaluationError({ code: 'invalid_pattern', message });
  if (pattern.length > largest) throw refuse(`the ${what} is longer than ${largest} characters`);
  try {
    const built = compile(pattern, largest);
    meter.spendOnce(`${what} ${pattern}`, 16 * built.size);
    meter.spend((built.size * text.length) / 32);
    return built;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    meter.spend(1000);
    const why =
      error.is === 'too-large'
        ? 'the pattern is too large'
        : error.message.replace(/^error parsing regexp: /, '');
    throw refuse(`the ${what} \`${pattern}\` is not valid: ${why}`);
  }
}

const largestPattern = 1000;

/** Takes steps from the budget of the expression that is being evaluated. */
export interface Meter {
  /** @param size of what it makes, where that could be much. */
  spend(steps: number, size?: number): void;
  /** Takes them only where the expression has not paid for the same thing before. */
  spendOnce(what: string, steps: number): void;
}
