import { once } from './once.ts';
import { uncounted } from './steps.ts';

/** What is made when it is first asked for, and then stays; it takes no steps of whoever asks first. */
export function later<T>(make: () => T): () => T {
  return once(() => uncounted(make));
}

/** An object whose values are made when they are first read. Once all are, it is like any other. */
export function lazily<T extends object>(parts: Parts<T>): T {
  const made = {} as T;
  for (const key of Object.keys(parts) as (keyof T)[]) {
    const shape = { enumerable: true, configurable: true };
    const get = (): T[typeof key] => {
      const value = uncounted(parts[key]);
      Object.defineProperty(made, key, { ...shape, value, writable: true });
      return value;
    };
    Object.defineProperty(made, key, { ...shape, get });
  }
  return made;
}

/** The same object with some values made otherwise, when they are first read; of the others none is read. */
export function remade<T extends object>(before: T, parts: Partial<Parts<T>>): T {
  const all = (Object.keys(before) as (keyof T)[]).map((key) => [key, parts[key] ?? (() => before[key])]);
  return lazily(Object.fromEntries(all) as Parts<T>);
}

type Parts<T> = { [Key in keyof T]: () => T[Key] };
