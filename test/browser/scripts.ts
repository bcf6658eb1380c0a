import type { Browser, Page } from 'playwright';
import { elsewhere } from './hostile.ts';

/** What ran, and who was asked, on pages that are opened one after another. */
export async function watchScripts(browser: Browser, home: string): Promise<Watch> {
  const context = await browser.newContext();
  const asked: string[] = [];
  context.on('request', (request) => {
    if (!request.url().startsWith(home) && !/^(data|blob):/.test(request.url())) asked.push(request.url());
  });
  context.on('dialog', () => asked.push('a dialog'));
  await context.addInitScript('globalThis.__ran = []');
  const found: Record<string, unknown> = {};
  const watch: Watch = {
    asked,
    found,
    page: await context.newPage(),
    async open(addresses, { links = 0 } = {}) {
      const left = [...addresses];
      const visit = async () => {
        const page = await context.newPage();
        for (let address = left.shift(); address !== undefined; address = left.shift()) {
          await page.goto(address, { waitUntil: 'load' });
          await watch.look(page, address, links);
        }
        await page.close();
      };
      await Promise.all([visit(), visit(), visit()]);
    },
    async look(page, name, links = 0) {
      const seen = await page.evaluate(
        ([host, allowed]) => {
          const elements = [...document.querySelectorAll('*')];
          const addresses = elements.flatMap((element) =>
            [
              'href',
              'src',
              'srcset',
              'action',
              'formaction',
              'poster',
              'background',
              'xlink:href',
              'data',
              'style',
            ]
              .map((attribute) => element.getAttribute(attribute) ?? '')
              .filter((value) => value !== ''),
          );
          return {
            ran: (globalThis as unknown as { __ran: string[] }).__ran,
            // Pagefind's own form says `javascript:void(0)`.
            running: addresses.filter(
              (one) =>
                one !== 'javascript:void(0);' && /^[\s\0-\x20]*(?:javascript|vbscript|data:text)/i.test(one),
            ),
            elsewhere: addresses.filter((one) => one.includes(host)).slice(allowed),
            handlers: elements.flatMap((element) =>
              [...element.attributes].filter(
                ({ name, value }) => name.startsWith('on') && value.includes('__ran'),
              ),
            ).length,
          };
        },
        [elsewhere, links] as const,
      );
      if (seen.ran.length + seen.running.length + seen.elsewhere.length + seen.handlers > 0)
        found[name] = seen;
    },
    close: () => context.close(),
  };
  return watch;
}

export interface Watch {
  /** Requests to anywhere else. */
  asked: string[];
  /** By the address of a page what should not be there. */
  found: Record<string, unknown>;
  /** A page of the same context. */
  page: Page;
  /** `links`: how many addresses of another host a page may show. */
  open(addresses: string[], options?: { links?: number }): Promise<void>;
  look(page: Page, name: string, links?: number): Promise<void>;
  close(): Promise<void>;
}
