import { classesD2, createD2, type D2, type D2Input, type RenderOptions } from '../../plugins/d2/index.ts';
import { cacheDirectory, openCache } from '../../plugins/source/index.ts';

/** What all tests of a run draw is drawn once. */
export const sharedCache = openCache(cacheDirectory(import.meta.dirname));

/**
 * One pool for all tests of a worker, since an engine takes longer to start than most of them; it ends with
 * the worker.
 */
export const d2: D2 = createD2({ cache: sharedCache, size: 1 });

export function input(source: string, files: Record<string, string> = {}): D2Input {
  return { source, files: { 'gitops/classes.d2': classesD2(), ...files }, layout: 'dagre' };
}

export function options(salt: string, overrides: Partial<RenderOptions> = {}): RenderOptions {
  return {
    salt,
    title: 'A title',
    description: 'What it shows',
    resolveLink: (link) => ({ href: `/resources/${encodeURIComponent(link)}/`, title: link }),
    ...overrides,
  };
}

/** The text that a range covers. */
export function textAt(
  source: string,
  range: { line: number; column: number; endColumn: number } | null | undefined,
): string {
  return (source.split('\n')[range?.line ?? 0] ?? '').slice(range?.column, range?.endColumn);
}
