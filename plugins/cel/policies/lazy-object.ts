import type { Evaluated } from './expression.ts';
import { notKnown, refused } from './libraries/library.ts';

/**
 * An object whose fields are worked out when an expression first asks for them: what a field could not be
 * worked out is the error of the expression that asks.
 */
export function lazyObject(fields: ReadonlyMap<string, () => Evaluated>, known: object = {}): object {
  const made: object = Object.assign(Object.create(null), known);
  for (const [name, evaluate] of fields) {
    let result: Evaluated | undefined;
    Object.defineProperty(made, name, {
      enumerable: true,
      get() {
        result ??= evaluate();
        if (result.status === 'value') return result.value;
        throw result.status === 'unknown' ? notKnown(result.message) : refused(result.message);
      },
    });
  }
  return made;
}
