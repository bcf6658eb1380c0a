import { isObject, type JsonValue, nearest, at as valueAt } from '../../base/index.ts';
import type { SourceDocument } from '../../source/index.ts';
import { keysOf, type PathStep, parseYamlPath, stepText } from './yaml-path.ts';

/**
 * Where a path that no document has comes to its end: the document that goes along with it furthest, and the
 * paths that may have been meant.
 * @param written the path, of which `steps` are made.
 */
export function nearestPath(documents: SourceDocument[], written: string, steps: PathStep[]): NearestPath {
  const depths = documents.map((document) => ({ document, depth: depthIn(document, steps) }));
  const { document, depth } = depths.reduce((best, one) => (one.depth > best.depth ? one : best));
  const known = steps.slice(0, depth);
  const prefix = written.slice(0, known.at(-1)?.end ?? 0);
  const missing = steps[depth];
  const value = valueAt(document.value, ...keysOf(known));
  const candidates = nearSteps(value, steps.slice(depth)).map(({ key, instead }) => {
    const rest = written.slice(steps[depth + instead]?.start ?? written.length);
    return prefix + stepText(key, depth === 0) + (rest === '' || /^[.[]/.test(rest) ? rest : `.${rest}`);
  });
  const existing = candidates.filter((candidate) => {
    const path = parseYamlPath(candidate);
    return path.ok && valueAt(document.value, ...keysOf(path.steps)) !== undefined;
  });
  return { document, known, prefix, value, missing, candidates: existing.length > 0 ? existing : candidates };
}

function depthIn(document: SourceDocument, steps: PathStep[]): number {
  const path = keysOf(steps);
  let depth = path.length;
  while (depth > 0 && valueAt(document.value, ...path.slice(0, depth)) === undefined) depth -= 1;
  return depth;
}

/**
 * Steps that may have been meant, each instead of so many of the path: none of an item that was not named,
 * all of a key with dots.
 */
function nearSteps(
  value: JsonValue | undefined,
  rest: PathStep[],
): { key: string | number; instead: number }[] {
  const [first] = rest;
  if (Array.isArray(value)) {
    const instead = typeof first?.key === 'number' ? 1 : 0;
    return value.slice(0, 3).map((_, key) => ({ key, instead }));
  }
  if (!isObject(value)) return [];
  const keys = Object.keys(value);
  const joined = rest.map(({ key }) => key).join('.');
  if (rest.length > 1 && keys.includes(joined)) return [{ key: joined, instead: rest.length }];
  return nearest(String(first?.key ?? ''), keys).map((key) => ({ key, instead: 1 }));
}

export interface NearestPath {
  document: SourceDocument;
  /** The steps that exist, their text, and what lies there. */
  known: PathStep[];
  prefix: string;
  value: JsonValue | undefined;
  /** The first step that does not. */
  missing: PathStep | undefined;
  /** Whole paths, best first. */
  candidates: string[];
}
