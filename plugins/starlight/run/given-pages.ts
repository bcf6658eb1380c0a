import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import type { ViteDevServer } from 'vite';

/**
 * What browsers were given at each address, and whether they would be given something else by now, which is
 * found by asking the server again as they did: a page may show anything of the site, and no list of what it
 * is made of would be whole.
 */
export function watchGivenPages(server: Pick<ViteDevServer, 'middlewares' | 'resolvedUrls'>): GivenPages {
  const pages = new Map<string, GivenPage>();
  const first = Promise.withResolvers<void>();
  let underWay = 0;
  server.middlewares.stack.unshift({
    route: '',
    handle: (request: IncomingMessage, response: ServerResponse, next: () => void) => {
      const { url = '/', headers } = request;
      // Astro takes the base away from the other.
      const { originalUrl: address = url } = request as { originalUrl?: string };
      const isOurs = headers[mark] !== undefined;
      delete headers[mark];
      if (!isOurs && headers.accept?.includes('text/html')) {
        const asked = performance.now();
        const { shown = new Set<string>(), since = asked } = pages.get(address) ?? {};
        const page = { asked, since: Math.min(since, asked), told: 0, headers: { ...headers }, shown };
        pages.delete(address);
        pages.set(address, page);
        underWay += 1;
        const digest = digestOfAnswer(response);
        response.once('close', () => {
          underWay -= 1;
          if (response.writableFinished) page.shown.add(digest());
          first.resolve();
        });
      }
      next();
    },
  });
  return {
    first: first.promise,
    since: (address) => pages.get(address)?.since,
    lately: () => {
      const now = performance.now();
      return [...pages].flatMap(([address, { asked }]) => (asked > now - untilOpen ? [address] : []));
    },
    isTold: (address) => {
      const page = pages.get(address);
      if (page === undefined) return;
      page.shown.clear();
      Object.assign(page, { told: performance.now(), since: Number.POSITIVE_INFINITY });
    },
    served: async () => {
      const start = performance.now();
      const isAwaited = ({ asked, told }: GivenPage) => told > asked && told > performance.now() - untilAsked;
      while ((underWay > 0 || [...pages.values()].some(isAwaited)) && performance.now() - start < untilServed)
        await after(pause);
    },
    isAnother: async (address) => {
      const page = pages.get(address);
      if (page === undefined) return true;
      // It was told already, and is to be asked for.
      if (page.shown.size === 0) return false;
      const start = performance.now();
      const now = await answerTo(address, page.headers, server.resolvedUrls?.local[0]).catch(() => null);
      if ([...page.shown].some((digest) => digest !== now)) return true;
      page.since = start;
      return false;
    },
    forget: (isClosed) => {
      const closed = [...pages.keys()].filter(isClosed);
      for (const address of closed.slice(0, -mostClosed)) pages.delete(address);
    },
  };
}

/** What an answer says, once it has ended. */
function digestOfAnswer(response: ServerResponse): () => string {
  const hash = createHash('md5');
  for (const name of ['write', 'end'] as const) {
    const give = response[name].bind(response) as (...given: unknown[]) => never;
    response[name] = (...given: unknown[]) => {
      const [chunk] = given;
      if (typeof chunk === 'string' || chunk instanceof Uint8Array) hash.update(chunk);
      return give(...given);
    };
  }
  return () => `${response.statusCode} ${hash.digest('hex')}`;
}

/** The same of what the server answers by now; null of a server that cannot be asked. */
async function answerTo(
  address: string,
  asked: IncomingHttpHeaders,
  origin: string | undefined,
): Promise<string | null> {
  if (origin === undefined) return null;
  const { protocol, hostname, port } = new URL(origin);
  const { request } = await import(protocol === 'https:' ? 'node:https' : 'node:http');
  // Of HTTP/2, and what would have it say only that nothing is otherwise.
  const again = Object.entries(asked).filter(([name]) => !/^(?::|if-)/.test(name));
  const headers = { ...Object.fromEntries(again), connection: 'close', [mark]: '1' };
  const hash = createHash('md5');
  const asking = request({
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port,
    path: address,
    headers,
    rejectUnauthorized: false,
  });
  asking.setTimeout(untilAnswered, () => asking.destroy(new Error('no answer')));
  asking.end();
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  for await (const chunk of response) hash.update(chunk);
  return `${response.statusCode} ${hash.digest('hex')}`;
}

/** Tells what we ask from what a browser does. */
const mark = 'plumbline-again';
/** Milliseconds in which a page that was asked for says that it is open. */
const untilOpen = 3000;
/** Milliseconds until browsers have asked for a page again, and until they have it. */
const untilAsked = 300;
const untilServed = 3000;
/** Milliseconds in which the server answers us; where it does not, a page may be another. */
const untilAnswered = 20_000;
const pause = 10;
/** Addresses that are remembered though no page there is open: one may be on its way. */
const mostClosed = 50;

interface GivenPage {
  /** When it was last asked for, and when browsers were last told to ask for it. */
  asked: number;
  told: number;
  /** When the oldest was asked for of what a browser may show. */
  since: number;
  headers: IncomingHttpHeaders;
  /** Digests of what browsers may show: of each answer since they were last told to ask again. */
  shown: Set<string>;
}

export interface GivenPages {
  /** Fulfilled when a browser has its first page. */
  first: Promise<void>;
  /** When the oldest was asked for of what browsers may show at an address, in the time of `performance`. */
  since(address: string): number | undefined;
  /** Addresses that were asked for a moment ago, in that order. */
  lately(): string[];
  /** Browsers at an address were told to ask again. */
  isTold(address: string): void;
  /** Waits until they have what they ask for: nothing is done beside that. */
  served(): Promise<void>;
  /** Whether a browser may show something else than it would be given now; true where that is not known. */
  isAnother(address: string): Promise<boolean>;
  /** Forgets most of the addresses at which no page is open. */
  forget(isClosed: (address: string) => boolean): void;
}
