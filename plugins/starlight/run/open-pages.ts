import type { ViteDevServer, WebSocketClient } from 'vite';
import { watchGivenPages } from './given-pages.ts';

/**
 * Which pages browsers have open, as each says once it listens, and the way to reload those that show
 * something else than they would by now: once, and no others, as whoever reads one loses their place in it.
 * @param isOf whether an entry of the collection is shown at an address.
 */
export function watchOpenPages(server: Server, isOf: (address: string, id: string) => boolean): OpenPages {
  const given = watchGivenPages(server);
  const open = new Map<WebSocketClient, string>();
  const addresses = () => [...new Set(open.values())];
  let changed = 0;
  let looked = 0;
  let looking = Promise.resolve();

  function tell(address: string): void {
    given.isTold(address);
    for (const [client, at] of open) if (at === address) client.send(reload);
  }

  /** Of one that does not say what it shows nobody knows whether it is that. */
  function tellOthers(before: readonly WebSocketClient[]): void {
    const { clients } = server.ws;
    for (const client of before) if (clients.has(client) && !open.has(client)) client.send(reload);
  }

  async function lookAt(address: string): Promise<void> {
    if (await given.isAnother(address)) tell(address);
  }

  server.ws.on('plumbline:open', ({ address }: { address: string }, client: WebSocketClient) => {
    open.set(client, address);
    const since = given.since(address);
    if (since === undefined) return;
    // What came while it was on its way it did not hear, nor that it was to ask again.
    if (since === Number.POSITIVE_INFINITY) client.send(reload);
    else if (since <= changed) looking = looking.then(() => lookAt(address));
  });
  server.ws.on('vite:client:disconnect', (_: unknown, client: WebSocketClient) => {
    open.delete(client);
  });

  return {
    first: given.first,
    served: given.served,
    addresses: () => [...new Set([...addresses(), ...given.lately()])].slice(-mostOpen),
    reload() {
      for (const address of addresses()) given.isTold(address);
      server.ws.send(reload);
    },
    changed(ids) {
      changed = performance.now();
      const before = [...server.ws.clients];
      setTimeout(() => tellOthers(before), untilSaid).unref();
      for (const address of addresses()) if (ids.some((id) => isOf(address, id))) tell(address);
    },
    look(overtaken) {
      looking = looking.then(async () => {
        const start = changed;
        if (start === looked) return;
        given.forget((address) => !addresses().includes(address));
        await given.served();
        for (const address of addresses()) {
          if (overtaken.aborted) return;
          await lookAt(address);
        }
        looked = start;
      });
      return looking;
    },
  };
}

const reload = { type: 'full-reload' } as const;
/** Pages that are shown before the others; whoever has more open than this waits for some of them. */
const mostOpen = 4;
/** Milliseconds until a page that listens has said which it is. */
const untilSaid = 1000;

type Server = Pick<ViteDevServer, 'middlewares' | 'resolvedUrls' | 'ws'>;

export interface OpenPages {
  /** Fulfilled when a browser has its first page. */
  first: Promise<void>;
  /** Addresses with the base, the last that was asked for at the end. */
  addresses(): string[];
  /** Reloads all that are open. */
  reload(): void;
  /** Told that pages may be shown otherwise: those of some entries, which are reloaded at once, or any. */
  changed(ids: readonly string[]): void;
  /**
   * Looks which of the others are, and reloads them, where anything has changed since that was last done.
   * @param overtaken given where something else changes meanwhile, after which it is called again.
   */
  look(overtaken: AbortSignal): Promise<void>;
  /** Waits until browsers that were told to reload have what they ask for: nothing is done beside that. */
  served(): Promise<void>;
}
