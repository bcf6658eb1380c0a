import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright';

/**
 * Pages of one browser. Those that are opened with the same options share a context, which keeps what they
 * load: a second visit takes half the time of a first.
 */
export function createVisits(browser: Browser): Visits {
  const contexts = new Map<string, Promise<BrowserContext>>();
  return {
    async open(address, { theme = 'light', ...more } = {}) {
      const options: BrowserContextOptions = {
        viewport: desktop,
        colorScheme: theme,
        reducedMotion: 'reduce',
        ...more,
      };
      const key = JSON.stringify(options);
      const context = contexts.get(key) ?? browser.newContext(options);
      contexts.set(key, context);
      const page = await (await context).newPage();
      page.setDefaultTimeout(10_000);
      page.on('pageerror', (error) => {
        throw error;
      });
      await page.addInitScript((chosen) => localStorage.setItem('starlight-theme', chosen), theme);
      await page.goto(address);
      return page;
    },
    async leave() {
      for (const context of browser.contexts()) for (const page of context.pages()) await page.close();
    },
  };
}

export const desktop = { width: 1280, height: 900 };

export interface Visits {
  open(address: string, options?: VisitOptions): Promise<Page>;
  /** Closes the pages that are open. */
  leave(): Promise<void>;
}

export interface VisitOptions extends BrowserContextOptions {
  theme?: 'light' | 'dark';
}
