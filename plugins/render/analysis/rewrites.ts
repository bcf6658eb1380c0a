import { posix } from 'node:path';
import { at, isObject, type JsonObject } from '../../base/index.ts';
import type { Reference } from '../../source/index.ts';
import type { Analysis } from './analysis.ts';
import type { Reading } from './leave-out.ts';

/** Writes other texts in the places of some. */
export function rewriteAll(value: JsonObject, rewrites: Analysis['rewrites']): void {
  for (const { path, to } of rewrites) {
    const holder = at(value, ...path.slice(0, -1));
    const last = path.at(-1);
    if (Array.isArray(holder) && typeof last === 'number') holder[last] = to;
    else if (isObject(holder) && typeof last === 'string') holder[last] = to;
  }
}

/** Notes the path that stands for an address; false where the address is not what is written there. */
export function noteRewrite(
  { target, path, use }: Reference,
  resolved: string,
  { document, analysis }: Reading,
): boolean {
  const text = at(document.value, ...path);
  const relative = posix.relative(analysis.directory, resolved);
  const to = relative.startsWith('.') ? relative : `./${relative}`;
  if (text === target) {
    // A file without a name of its own has that of its address.
    const isNamed = (use === 'data' || use === 'secret') && path.at(-2) === 'files';
    analysis.rewrites.push({ path, to: isNamed ? `${posix.basename(target)}=${to}` : to });
    return true;
  }
  if (typeof text !== 'string' || !text.endsWith(`=${target}`)) return false;
  analysis.rewrites.push({ path, to: `${text.slice(0, -target.length)}${to}` });
  return true;
}
