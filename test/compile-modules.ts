/**
 * Loads our rooms and commands once for a whole run, before its workers start: Node writes what it compiled
 * when a process ends, so that workers that begin together would each compile all of it, and what they start
 * too.
 */
import { globSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const modules = globSync(['plugins/*/index.ts', 'scripts/commands/*.ts'], { cwd: root }).sort();
for (const module of [...modules.map((path) => join(root, path)), 'fast-check']) await import(module);
