/** What is made when it is first asked for, and then stays. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** A record whose values are made when each is first asked for; to whoever takes it apart it is like any other. */
export function lazyRecord<T extends object>(makers: { [Name in keyof T]: () => T[Name] }): T {
  const record = {} as T;
  for (const [name, make] of Object.entries(makers) as [keyof T, () => T[keyof T]][]) {
    const value = once(make);
    Object.defineProperty(record, name, {
      enumerable: true,
      configurable: true,
      get: value,
      set: (given: T[keyof T]) => {
        Object.defineProperty(record, name, {
          value: given,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      },
    });
  }
  return record;
}
