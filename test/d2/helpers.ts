import { classesD2, createD2, type D2, type D2Input, type RenderOptions } from '../../plugins/d2/index.ts';
import { type Cache, openCache } from '../../plugins/source/index.ts';

export function memory(): Cache {
  return openCache(null);
}

export function engine(cache: Cache = memory()): D2 {
  return createD2({ cache });
}

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
