import { type JsonPath, listAt, textAt } from '../base/index.ts';
import type { Unverified } from '../source/index.ts';
import { type Analysis, placeIn } from './analysis.ts';

/**
 * What else to take out of an incomplete build that failed because it refers to something that was taken out:
 * a generator that merges into a remote ConfigMap, a replacement that reads an object of a chart. Empty where
 * the failure has another cause.
 */
export function dependents(
  message: string,
  analyses: Analysis[],
  already: Map<Analysis, JsonPath[]>,
): Dependent[] {
  const merged = message.match(/Name:"([^"]+)".*cannot merge or replace/)?.[1];
  const found = analyses.flatMap((analysis): Dependent[] => {
    if (merged !== undefined) return generatorsOf(analysis, merged);
    if (!/nothing selected by|unable to find field|variables? .* not|could not find/i.test(message))
      return [];
    return ['replacements', 'vars']
      .filter((field) => analysis.value[field] !== undefined)
      .map((field) => dependent(analysis, [field], field));
  });
  const known = (one: Dependent) =>
    (already.get(one.analysis) ?? []).some((path) => path.join() === one.path.join());
  return found.filter((one) => !known(one));
}

function generatorsOf(analysis: Analysis, name: string): Dependent[] {
  return ['configMapGenerator', 'secretGenerator'].flatMap((field) =>
    listAt(analysis.value, field).flatMap((item, index) => {
      const behavior = textAt(item, 'behavior');
      const merges = behavior === 'merge' || behavior === 'replace';
      return merges && textAt(item, 'name') === name
        ? [dependent(analysis, [field, index], `generator ${name}`)]
        : [];
    }),
  );
}

function dependent(analysis: Analysis, path: JsonPath, what: string): Dependent {
  const document = analysis.file.documents[0];
  const why = 'it refers to something that was taken out';
  const origin = document ? placeIn(document, path) : null;
  return { analysis, path, unverified: { kind: 'dependent', what, why, origin } };
}

export interface Dependent {
  analysis: Analysis;
  path: JsonPath;
  unverified: Unverified;
}
