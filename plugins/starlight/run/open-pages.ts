import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import type { ViteDevServer } from 'vite';

/**
 * Which pages browsers have open, told by what they ask the server for, and the way to reload them. A page
 * that was asked for before a reload and is still on its way has no ear yet: it is reloaded as soon as it has
 * one, or it would show what was so before for good.
 */
export function watchOpenPages(server: ViteDevServer): OpenPages {
  let tick = 0;
  let asked = 0;
  let [before, reloaded] = [0, 0];
  let underWay = 0;
  const open = new Map<string, number>();
  const first = Promise.withResolvers<void>();
  const reload = () => {
    // Of two reloads in a row the browsers may not have heard the first.
    if (asked > reloaded) before = reloaded;
    reloaded = ++tick;
    server.ws.send({ type: 'full-reload' });
  };
  server.middlewares.stack.unshift({
    route: '',
    handle: (request: IncomingMessage, response: ServerResponse, next: () => void) => {
      if (request.headers.accept?.includes('text/html')) {
        asked = ++tick;
        const address = (request.url ?? '/').replace(/[?#].*$/, '');
        open.delete(address);
        open.set(address, asked);
        underWay += 1;
        response.once('close', () => {
          underWay -= 1;
          first.resolve();
        });
      }
      next();
    },
  });
  server.ws.on('connection', () => {
    if (asked < reloaded) reload();
  });
  return {
    first: first.promise,
    reload,
    addresses() {
      for (const [address, at] of open) if (at < before) open.delete(address);
      return [...open.keys()].slice(-mostOpen);
    },
    async served() {
      const [start, last] = [performance.now(), asked];
      const waited = () => performance.now() - start;
      while (waited() < (asked === last ? untilAsked : untilServed)) {
        if (asked !== last && underWay === 0) return;
        await after(pause);
      }
    },
  };
}

/** Pages that are shown before the others; whoever has more open than this waits for some of them. */
const mostOpen = 4;
/** Milliseconds until browsers have asked for a page again, and until they have it. */
const untilAsked = 300;
const untilServed = 3000;
const pause = 10;

export interface OpenPages {
  /** Fulfilled when a browser has its first page. */
  first: Promise<void>;
  /** Reloads the pages that are open. */
  reload(): void;
  /**
   * Addresses with the base, the last that was asked for at the end. What was not asked for again after the
   * reload before the last is closed.
   */
  addresses(): string[];
  /** Waits until browsers that were told to reload have what they ask for: nothing is done beside that. */
  served(): Promise<void>;
}
