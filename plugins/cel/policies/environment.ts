import { Environment, Optional } from '@marcbachmann/cel-js';
import { type Budget, newBudget, spend, spendOnce } from '../work-budget.ts';
import { addressesLibrary } from './libraries/addresses.ts';
import { clusterLibrary } from './libraries/cluster.ts';
import { formatsLibrary } from './libraries/formats.ts';
import { imagesLibrary } from './libraries/images.ts';
import { kyvernoLibrary } from './libraries/kyverno.ts';
import { registerAll } from './libraries/library.ts';
import { listsLibrary } from './libraries/lists.ts';
import { quantityLibrary } from './libraries/quantity.ts';
import { regexesLibrary } from './libraries/regexes.ts';
import { semversLibrary } from './libraries/semvers.ts';
import { stringsLibrary } from './libraries/strings.ts';
import { urlsLibrary } from './libraries/urls.ts';
import { optionalMacro } from './macros.ts';
import { sameValue } from './values.ts';

/**
 * CEL as admission policies have it: the engine's own, the extensions of cel-go that Kubernetes adds, its
 * libraries and Kyverno's. Made when it is first asked for, and once.
 */
export function policyEnvironment(): Environment {
  environment ??= create();
  return environment;
}

/** Counts into the budget what functions take while this runs. */
export function countingInto<T>(budget: Budget, run: () => T): T {
  const before = current;
  current = budget;
  try {
    return run();
  } finally {
    current = before;
  }
}

let environment: Environment | undefined;
let current = newBudget();

function create(): Environment {
  const made = new Environment({
    unlistedVariablesAreDyn: true,
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
    limits: {
      maxAstNodes: 20_000,
      maxDepth: 200,
      maxListElements: 1000,
      maxMapEntries: 1000,
      maxCallArguments: 32,
    },
  });
  const meter = {
    spend: (steps: number, size?: number) => spend(current, steps, size),
    spendOnce: (what: string, steps: number) => spendOnce(current, what, steps),
  };
  for (const library of libraries) library(made, meter);
  made.registerFunction('optional.optMap(ast, ast): dyn', optionalMacro(false));
  made.registerFunction('optional.optFlatMap(ast, ast): dyn', optionalMacro(true));
  made.registerOperator('optional<dyn> == optional<dyn>', (a: Optional, b: Optional) =>
    a.hasValue() && b.hasValue() ? sameValue(a.value(), b.value()) : a.hasValue() === b.hasValue(),
  );
  registerAll(made, {
    'OptionalNamespace.ofNonZeroValue(dyn): optional<dyn>': (_: unknown, value: unknown) =>
      isZero(value) ? Optional.none() : Optional.of(value),
  });
  return made;
}

function isZero(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) {
    if (Array.isArray(value)) return value.length === 0;
    return value instanceof Map ? value.size === 0 : Object.keys(value).length === 0;
  }
  return (
    value === null || value === undefined || value === '' || value === false || value === 0 || value === 0n
  );
}

const libraries = [
  stringsLibrary,
  regexesLibrary,
  listsLibrary,
  quantityLibrary,
  addressesLibrary,
  urlsLibrary,
  semversLibrary,
  formatsLibrary,
  imagesLibrary,
  kyvernoLibrary,
  clusterLibrary,
];
