import { notKnown } from './libraries/library.ts';

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
