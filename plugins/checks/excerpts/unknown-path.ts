import { firstOf, inCode, isObject, type JsonValue, nearest, at as valueAt } from '../../base/index.ts';
import type { Attribute } from '../../markdown/index.ts';
import type { SourceDocument, SourceFile } from '../../source/index.ts';
import { diagnose, suggestion } from '../diagnose.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { excerptStale } from '../rules/pages/excerpt-stale.ts';
import type { ExcerptStatement } from '../types.ts';
import { aboutOf, sourceAt } from './excerpt-fault.ts';
import { keysOf, type PathStep, parseYamlPath, stepText } from './yaml-path.ts';

/** The fault of a path that no document of a file has: the deepest part that exists, its line, and the nearest key there. */
export function unknownPath(
  statement: ExcerptStatement,
  file: SourceFile,
  documents: SourceDocument[],
  at: Attribute,
  steps: PathStep[],
): Diagnostic {
  const depths = documents.map((document) => ({ document, depth: depthIn(document, steps) }));
  const { document, depth } = depths.reduce((best, one) => (one.depth > best.depth ? one : best));
  const known = steps.slice(0, depth);
  const prefix = at.value.slice(0, known.at(-1)?.end ?? 0);
  const missing = steps[depth];
  const value = valueAt(document.value, ...keysOf(known));
  const candidates = nearSteps(value, steps.slice(depth)).map(({ key, instead }) => {
    const rest = at.value.slice(steps[depth + instead]?.start ?? at.value.length);
    return prefix + stepText(key, depth === 0) + (rest === '' || /^[.[]/.test(rest) ? rest : `.${rest}`);
  });
  const existing = candidates.filter((candidate) => {
    const path = parseYamlPath(candidate);
    return path.ok && valueAt(document.value, ...keysOf(path.steps)) !== undefined;
  });
  const place = document.locate(keysOf(known), { key: true }) ?? document.place;
  const start = missing?.start ?? 0;
  return diagnose(excerptStale, {
    about: aboutOf(statement),
    page: at.at(start, (missing?.end ?? start + 1) - start),
    message: `\`${file.path}\` has no \`${at.value.slice(0, missing?.end)}\``,
    expected: 'the path of something in the file',
    actual: prefix === '' ? shape('the document', value) : shape(`\`${prefix}\``, value),
    candidates: existing.length > 0 ? existing : candidates,
    sources: [sourceAt(file, place.line, prefix === '' ? null : prefix, 'nearest', place.column)],
    help:
      suggestion(existing.length > 0 ? existing : candidates) ??
      'say where in the file it is now, or drop the excerpt',
  });
}

function depthIn(document: SourceDocument, steps: PathStep[]): number {
  const path = keysOf(steps);
  let depth = path.length;
  while (depth > 0 && valueAt(document.value, ...path.slice(0, depth)) === undefined) depth -= 1;
  return depth;
}

/** Steps that may have been meant, each instead of so many of the path: none of an item that was not named, all of a key with dots. */
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

function shape(what: string, value: JsonValue | undefined): string {
  if (Array.isArray(value)) return `${what} is a list of ${value.length}`;
  if (!isObject(value)) return `${what} is a single value`;
  return `${what} has ${firstOf(Object.keys(value).map(inCode), 8)}`;
}
