import type { Element, Nodes } from 'hast';
import { fromHtml } from 'hast-util-from-html';
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
        // What nobody looks at need not be painted.
        await page.setViewportSize({ width: 320, height: 100 });
        for (let address = left.shift(); address !== undefined; address = left.shift()) {
          await page.goto(address, { waitUntil: 'load' });
          await watch.look(page, address, links);
        }
        await page.close();
      };
      // A page that is new takes the browser a process of its own.
      await Promise.all(addresses.slice(0, 3).map(visit));
    },
    async look(page, name, links = 0) {
      const { ran, attributes } = await page.evaluate(() => ({
        ran: (globalThis as unknown as { __ran: string[] }).__ran,
        attributes: [...document.querySelectorAll('*')].flatMap((element) =>
          [...element.attributes].map(({ name, value }) => [name, value] as const),
        ),
      }));
      const seen = { ran, ...suspicious(attributes, links) };
      if (Object.values(seen).some((one) => one.length > 0)) found[name] = seen;
    },
    close: () => context.close(),
  };
  return watch;
}

/**
 * What of a built page would run or ask another host, found without a browser: HTML says how a text is read,
 * whoever reads it. Empty where there is nothing; what the site's own scripts make of a page, only a browser
 * shows.
 */
export function scriptsIn(html: string): string[] {
  const attributes: [string, string][] = [];
  const found: string[] = [];
  const visit = (node: Nodes): void => {
    if (node.type === 'element') {
      for (const [name, value] of Object.entries(node.properties))
        attributes.push([name.toLowerCase(), Array.isArray(value) ? value.join(' ') : String(value)]);
      if (isForeign(node)) found.push(`${node.tagName} ${textOf(node)}`);
    }
    if ('content' in node && node.content) visit(node.content);
    if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(fromHtml(html));
  return [...found, ...Object.values(suspicious(attributes, 0)).flat()];
}

/** Whether an element holds a script that a text brought, or leads to another host without being asked. */
function isForeign(element: Element): boolean {
  const text = textOf(element);
  if (element.tagName === 'style') return text.includes(elsewhere);
  if (element.tagName === 'meta' && 'httpEquiv' in element.properties)
    return String(element.properties.content).includes(elsewhere);
  return element.tagName === 'script' && (text.includes('__ran') || text.includes(elsewhere));
}

function textOf(element: Element): string {
  return element.children.map((child) => ('value' in child ? child.value : '')).join('');
}

/** Of the attributes of a page those that run something or ask another host, but for so many links. */
function suspicious(attributes: (readonly [name: string, value: string])[], links: number): Suspicious {
  const values = attributes.filter(([name]) => addresses.has(name)).map(([, value]) => value);
  return {
    // Pagefind's own form says `javascript:void(0)`.
    running: values.filter(
      (one) =>
        one !== 'javascript:void(0);' &&
        /^(?:javascript|vbscript|data:text)/i.test(one.replaceAll(/[\0-\x20]/g, '')),
    ),
    elsewhere: values.filter((one) => one.includes(elsewhere)).slice(links),
    handlers: attributes
      .filter(([name, value]) => /^(?:on|srcdoc$)/.test(name) && value.includes('__ran'))
      .map(([name, value]) => `${name}=${value}`),
  };
}

/** What may name an address, in a document and in an SVG. */
const addresses = new Set([
  ...['href', 'src', 'srcset', 'action', 'formaction', 'poster', 'background', 'xlink:href', 'xlinkhref'],
  ...['data', 'style', 'to', 'from', 'values'],
]);

interface Suspicious {
  running: string[];
  elsewhere: string[];
  handlers: string[];
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
