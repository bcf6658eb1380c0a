import type { Environment } from '@marcbachmann/cel-js';
import { EvaluationError } from '../../engine-errors.ts';
import type { Meter } from '../../environment.ts';

/** Functions by their signatures in the engine's words (`string.reverse(): string`). */
export function registerAll(environment: Environment, functions: Record<string, Handler>): void {
  for (const [signature, handler] of Object.entries(functions))
    environment.registerFunction(signature, handler);
}

/** A name that only holds functions: `math` of `math.greatest(…)`. */
export function registerNamespace(environment: Environment, name: string): string {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Namespace`;
  const holder = { [type]: class {} }[type] as new () => object;
  environment.registerType(type, holder);
  environment.registerConstant(name, type, new holder());
  return type;
}

/** What the function cannot take, as an error of the expression. */
export function refused(message: string): EvaluationError {
  return new EvaluationError({ code: 'refused', message });
}

/** What only a cluster, a registry or the request could tell. */
export function notKnown(message: string): EvaluationError {
  asked ??= message;
  return new EvaluationError({ code: 'not_known', message });
}

/** What was first asked for in vain while this ran; null where nothing was. */
export function askedDuring<T>(run: () => T): { value: T; asked: string | null } {
  const before = asked;
  asked = null;
  try {
    const value = run();
    return { value, asked };
  } finally {
    asked = before ?? asked;
  }
}

let asked: string | null = null;

// The engine takes handlers of any arguments, as their types are in the signature.
// biome-ignore lint/complexity/noBannedTypes: it is that which the engine asks for.
type Handler = Function & ((...given: never[]) => unknown);

export type Library = (environment: Environment, meter: Meter) => void;
