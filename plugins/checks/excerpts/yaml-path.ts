import type { JsonPath } from '../../base/index.ts';

/**
 * A path into a document as a person writes it: `spec.destinations[0].namespace`. A key that holds a dot
 * stands in brackets and quotes: `metadata.annotations['argocd.argoproj.io/sync-wave']`.
 * @returns the steps with their offsets in the text, or the offset from which it does not parse.
 */
export function parseYamlPath(text: string): { ok: true; steps: PathStep[] } | { ok: false; offset: number } {
  const steps: PathStep[] = [];
  let offset = 0;
  while (offset < text.length) {
    step.lastIndex = offset;
    const match = step.exec(text);
    if (!match) return { ok: false, offset };
    const [whole, key, index, double, single] = match;
    // A dot stands between two keys, and nowhere else.
    if (key !== undefined && whole.startsWith('.') === (steps.length === 0)) return { ok: false, offset };
    steps.push({
      key: index === undefined ? (key ?? double ?? single ?? '') : Number(index),
      start: offset,
      end: offset + whole.length,
    });
    offset += whole.length;
  }
  return steps.length === 0 ? { ok: false, offset: 0 } : { ok: true, steps };
}

/** A key behind another as the path has it: `.name`, `[0]`, `['a.b/c']`. */
export function stepText(key: string | number, first: boolean): string {
  if (typeof key === 'number') return `[${key}]`;
  if (/^[^\s.[\]"']+$/.test(key)) return first ? key : `.${key}`;
  return key.includes("'") ? `["${key}"]` : `['${key}']`;
}

/** The keys alone. */
export function keysOf(steps: PathStep[]): JsonPath {
  return steps.map(({ key }) => key);
}

const step = /\.?([^\s.[\]"']+)|\[(\d{1,9})\]|\["([^"]*)"\]|\['([^']*)'\]/y;

export interface PathStep {
  key: string | number;
  /** Offsets in the text, with its dot or brackets. */
  start: number;
  end: number;
}
