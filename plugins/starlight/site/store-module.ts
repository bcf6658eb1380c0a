import type { Plugin } from 'vite';

/**
 * Astro hands the pages its content store as a module, one text of all that was rendered. Vite would parse,
 * rewrite and compile that text after each edit, which takes longer than to render the page that is open:
 * where pages run in this very process, they are given what it says instead.
 */
export function storeModule(): Plugin {
  return {
    name: 'plumbline-store',
    apply: 'serve',
    transform: {
      order: 'pre',
      filter: { id: /^\0astro:data-layer-content$/ },
      handler(code) {
        // Others may run elsewhere, and what is written otherwise is another Astro's.
        if (!('runner' in this.environment) || !(code.startsWith(start) && code.endsWith(end))) return;
        const text: string = JSON.parse(code.slice(start.length, -end.length));
        shared[key] = JSON.parse(text);
        return { code: `export default globalThis[Symbol.for(${JSON.stringify(name)})];`, map: null };
      },
    },
  };
}

const start = 'export default JSON.parse(';
const end = ')';
const name = 'plumbline-content-store';
const key = Symbol.for(name);
const shared = globalThis as { [key]?: unknown };
