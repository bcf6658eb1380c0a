import { existsSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { digestOf } from '../../base/index.ts';

/**
 * Astro hands the pages its content store as a module, one text of all that was rendered. Vite would parse,
 * rewrite and compile that text, in a build for ten times its size in memory, and after each edit for longer
 * than to render the page that is open: where pages run in this very process, they are given what it says
 * instead.
 * @param builtFrom the file of the store where the pages of a build run in this process, and nothing of it
 *   elsewhere or later; else null.
 */
export function storeModule(builtFrom: URL | null): Plugin {
  return {
    name: 'plumbline-store',
    load: {
      order: 'pre',
      filter,
      handler() {
        // What another Astro writes elsewhere is its own to read.
        if (builtFrom === null || this.environment.name !== 'prerender' || !existsSync(builtFrom)) return;
        const text = readFileSync(builtFrom, 'utf8');
        // Two builds of one process each have a module of their own: Node keeps what it has read.
        return given(text, digestOf(text));
      },
    },
    transform: {
      order: 'pre',
      filter,
      handler(code) {
        // Others may run elsewhere, and what is written otherwise is another Astro's.
        if (!('runner' in this.environment) || !(code.startsWith(start) && code.endsWith(end))) return;
        return given(JSON.parse(code.slice(start.length, -end.length)));
      },
    },
  };
}

function given(text: string, digest = ''): { code: string; map: null } {
  shared[key] = { [digest]: JSON.parse(text) };
  const code = `export default globalThis[Symbol.for(${JSON.stringify(name)})][${JSON.stringify(digest)}];`;
  return { code, map: null };
}

const filter = { id: /^\0astro:data-layer-content$/ };
const start = 'export default JSON.parse(';
const end = ')';
const name = 'plumbline-content-store';
const key = Symbol.for(name);
const shared = globalThis as { [key]?: Record<string, unknown> };
