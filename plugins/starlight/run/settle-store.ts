import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ViteDevServer } from 'vite';

/**
 * Pages read Astro's store, and what components ask for, as modules. One that is asked for while these are
 * made anew may have read what was there before, and those that are asked for after it may share that with
 * it, for good. So whoever was under way then is waited for, and then `readAnew` is called.
 * @param written called when Astro has written its store, in the place of all pages being reloaded for it.
 */
export function settleStore(
  { middlewares, environments }: Server,
  { readAnew, written }: StoreListeners,
): SettledStore {
  const underWay = new Set<Promise<void>>();
  let changes = 0;
  middlewares.stack.unshift({
    route: '',
    handle: (request: IncomingMessage, response: ServerResponse, next: () => void) => {
      if (isRendered(request.url ?? '/')) {
        const ended = endOf(response);
        underWay.add(ended);
        ended.then(() => underWay.delete(ended));
      }
      next();
    },
  });
  const settle = () => {
    changes += 1;
    if (underWay.size === 0) return false;
    const change = changes;
    void Promise.all(underWay).then(() => {
      // The last one waits for all of them.
      if (change === changes) readAnew();
    });
    return true;
  };
  /** Whether Astro has just said that its store is written: Vite reloads all pages for reasons of its own. */
  let isStored = false;
  for (const { hot } of Object.values(environments)) {
    if (hot === environments.client.hot) continue;
    const send = hot.send.bind(hot) as (...message: unknown[]) => void;
    hot.send = (...message: unknown[]) => {
      isStored ||= message[0] === 'astro:content-changed';
      send(...message);
    };
  }
  const { hot } = environments.client;
  const send = hot.send.bind(hot) as (...message: unknown[]) => void;
  /** Whether an error lies over the pages, which only goes with a reload. */
  let isCovered = false;
  // As Astro tells browsers that its store is written; there is no other sign of it in time.
  hot.send = (...message: unknown[]) => {
    const [told] = message as [{ type?: string; path?: string }];
    const isReload = told?.type === 'full-reload';
    const isWritten = isReload && told.path === '*' && isStored;
    if (!isWritten || isCovered) send(...message);
    isCovered = told?.type === 'error' || (isCovered && !isReload);
    if (!isWritten) return;
    isStored = false;
    settle();
    written();
  };
  return { isAsked: () => underWay.size > 0, settle };
}

/** When the server has answered, which it goes on with where the browser has left, as it does at a reload. */
function endOf(response: ServerResponse): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = response.end.bind(response) as (...given: unknown[]) => ServerResponse;
  response.end = (...given: unknown[]) => {
    resolve();
    return end(...given);
  };
  setTimeout(resolve, longest).unref();
  return promise;
}

/** Whether a request is for something that Astro renders, and not for a module or a picture. */
function isRendered(url: string): boolean {
  const path = url.replace(/[?#].*$/, '');
  return !path.includes('/@') && /(?:^|\/)[^/.]*$|\.(?:html|json|md|txt|xml)$/.test(path);
}

/** Milliseconds after which an answer is one that never ends. */
const longest = 20_000;

type Server = Pick<ViteDevServer, 'middlewares' | 'environments'>;

interface StoreListeners {
  readAnew(): void;
  written(): void;
}

export interface SettledStore {
  /** Whether somebody waits for a page. */
  isAsked(): boolean;
  /** Told that modules are made anew. @returns whether somebody is waited for before `readAnew` is called. */
  settle(): boolean;
}
