import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The file of a module that no import names: a process, a thread or a browser is given it by its path. As
 * the module that asks is named, `.ts` in the checkout and `.js` in the package, so is the other.
 * @param own the asking module's `import.meta.url`.
 * @param path from there, without its ending.
 */
export function moduleBeside(own: string, path: string): string {
  const file = fileURLToPath(own.split('?')[0] ?? own);
  return join(dirname(file), `${path}.${file.split('.').at(-1)}`);
}
