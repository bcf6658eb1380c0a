import type { LoaderContext } from 'astro/loaders';

/**
 * The loader's context that tells when a page was put into the collection by the watcher of its file: Astro
 * writes that half a second later, and shows it no sooner.
 */
export function withTold(context: LoaderContext, tell: (id: string) => unknown): LoaderContext {
  if (context.watcher === undefined) return context;
  const set: LoaderContext['store']['set'] = (entry) => {
    const isNew = context.store.set(entry);
    if (isNew) tell(entry.id);
    return isNew;
  };
  return { ...context, store: { ...context.store, set } };
}

/**
 * The loader's context that tells how a page is read again whose file has changed, as the loader inside ours
 * only tells the watcher.
 */
export function withFollower(context: LoaderContext, tell: (follow: (path: string) => unknown) => void) {
  if (context.watcher === undefined) return context;
  const readers = new Map<(path: string) => unknown, (path: string) => Promise<void>>();
  const watcher = new Proxy(context.watcher, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (name !== 'on') return value.bind(target);
      return (event: string, listener: (path: string) => unknown) => {
        if (event !== 'change' && event !== 'add') return value.call(target, event, listener);
        const read = readers.get(listener) ?? inTurn(listener);
        readers.set(listener, read);
        if (event === 'change') tell(read);
        return value.call(target, event, read);
      };
    },
  });
  return { ...context, watcher };
}

/**
 * Reads a page one time after the other, as of two at once the older text could come last; once more where it
 * was edited meanwhile, however often.
 */
function inTurn(read: (path: string) => unknown): (path: string) => Promise<void> {
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<string, Promise<void>>();
  const start = (path: string) => {
    waiting.delete(path);
    const run = Promise.resolve(read(path)).then(() => {
      if (running.get(path) === run) running.delete(path);
    });
    running.set(path, run);
    return run;
  };
  return (path) => {
    const before = running.get(path);
    if (before === undefined) return start(path);
    const next = waiting.get(path) ?? before.then(() => start(path));
    waiting.set(path, next);
    return next;
  };
}
