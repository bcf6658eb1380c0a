import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright';

/**
 * Pages of one browser. Those that are opened with the same options share a context, which keeps what they
 * load: a second visit takes half the time of a first. A page that was left is opened again somewhere else,
 * since a new one alone takes the browser as long as all that is on it.
 */
export function createVisits(browser: Browser): Visits {
  const contexts = new Map<string, Promise<BrowserContext>>();
  const left = new Map<string, Page[]>();
  const visited = new Map<Page, string>();

  const newPage = async (key: string, options: BrowserContextOptions, theme: string): Promise<Page> => {
    const context = contexts.get(key) ?? browser.newContext(options);
    contexts.set(key, context);
    const page = await (await context).newPage();
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => {
      throw error;
    });
    await page.addInitScript((chosen) => {
      if (!location.protocol.startsWith('http')) return;
      sessionStorage.clear();
      localStorage.setItem('starlight-theme', chosen);
    }, theme);
    return page;
  };

  return {
    async open(address, { theme = 'light', ...more } = {}) {
      const options = { viewport: desktop, colorScheme: theme, reducedMotion: 'reduce', ...more } as const;
      const key = JSON.stringify(options);
      const page = left.get(key)?.pop() ?? (await newPage(key, options, theme));
      visited.set(page, key);
      // Otherwise the page that it may be on already would only scroll.
      if (address.includes('#')) await page.goto('about:blank');
      await page.goto(address);
      return page;
    },
    async leave() {
      for (const [page, key] of visited) {
        await page.emulateMedia({ media: null });
        await page.mouse.move(0, 0);
        const viewport = (JSON.parse(key) as { viewport: typeof desktop }).viewport;
        await page.setViewportSize(viewport);
        left.set(key, [...(left.get(key) ?? []), page]);
      }
      visited.clear();
    },
  };
}

export const desktop = { width: 1280, height: 900 };

export interface Visits {
  open(address: string, options?: VisitOptions): Promise<Page>;
  /** Says that nobody looks at the pages any more that are open. */
  leave(): Promise<void>;
}

export interface VisitOptions extends BrowserContextOptions {
  theme?: 'light' | 'dark';
}
