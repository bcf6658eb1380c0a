import type { Environment } from '@marcbachmann/cel-js';
import { type EngineError, readError } from './engine-errors.ts';
import { replaceReserved } from './reserved-words.ts';
import type { ASTNode } from './syntax-tree.ts';
import { type Budget, meterNode } from './work-budget.ts';

/**
 * Parses an expression. Names in its tree may be written over until it is made ready to run, which checks its
 * types and puts a limit on its work.
 */
export function parseIn(environment: Environment, expression: string): Outcome<Parsed> {
  try {
    const parsed = environment.parse(replaceReserved(expression));
    return {
      ok: true,
      value: {
        tree: parsed.ast,
        ready(nodes, budget) {
          const checked = parsed.check();
          if (!checked.valid) return { ok: false, error: readError(checked.error) };
          for (const node of nodes) meterNode(node, budget, nodes.length);
          return { ok: true, value: runner(parsed, budget) };
        },
      },
    };
  } catch (error) {
    return { ok: false, error: readError(error) };
  }
}

/**
 * Evaluates against the names that a look-up gives; never throws. An undefined value is a name that is
 * missing, an error where `?` does not precede it.
 */
function runner(parsed: ReturnType<Environment['parse']>, budget: Budget): Run {
  let variable: (name: string) => unknown = () => undefined;
  const context = new Map<string, unknown>();
  context.get = (name) => {
    const value = variable(name.slice(1));
    return value === undefined && name.startsWith('?') ? nothing : value;
  };
  return (lookUp) => {
    variable = lookUp;
    // A missing key is an error to the engine, and of many resources most lack it: nobody reads where in the
    // engine it arose.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      const value: unknown = parsed(context);
      if (!budget.exhausted) return { ok: true, value };
    } catch (error) {
      if (!budget.exhausted) return { ok: false, error: readError(error) };
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
    return { ok: false, error: null };
  };
}

const nothing = Object.freeze(Object.create(null) as object);

interface Parsed {
  tree: ASTNode;
  /**
   * To be called once.
   * @param nodes all of the tree whose work counts.
   */
  ready(nodes: readonly ASTNode[], budget: Budget): Outcome<Run>;
}

/** Names in the tree begin with `$`, or with `?` where their absence is no error. */
export type Run = (lookUp: (name: string) => unknown) => Outcome<unknown, EngineError | null>;

/** An error of null: the budget is exhausted. */
export type Outcome<T, E = EngineError> = { ok: true; value: T } | { ok: false; error: E };
