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

/**
 * A copy of an object of which it is not known whether it has some more fields: to ask for one, or whether
 * it is there, says what is not known.
 */
export function openObject(
  object: object,
  fields: readonly string[],
  said: (field: string) => string,
): object {
  const made: object = Object.assign(Object.create(null), object);
  for (const field of fields)
    if (!Object.hasOwn(made, field))
      Object.defineProperty(made, field, {
        enumerable: false,
        get() {
          throw notKnown(said(field));
        },
      });
  return made;
}

/** Asks for a field whose very presence is not known, which throws. */
export function requireKnown(object: object, field: string): void {
  const descriptor = Object.getOwnPropertyDescriptor(object, field);
  if (descriptor?.enumerable === false) descriptor.get?.();
}
