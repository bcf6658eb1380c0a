import { at, type JsonPath, listAt, textAt } from '../../base/index.ts';
import type { Unverified } from '../../source/index.ts';
import { type Analysis, placeIn } from '../analysis/analysis.ts';
import { missesSource, unmergedName } from './engine-words.ts';

/**
 * What else to take out of an incomplete build that failed because it refers to something that was taken out:
 * a generator that merges into a remote ConfigMap (then what it says itself stays, under the same name), a
 * replacement that reads an object of a chart. Empty where the failure has another cause.
 */
export function dependents(
  message: string,
  analyses: Analysis[],
  already: Map<Analysis, JsonPath[]>,
): Dependent[] {
  const merged = unmergedName(message);
  const known = (one: Dependent) =>
    (already.get(one.analysis) ?? []).some((path) => path.join() === one.path.join());
  // The innermost makes what those around it merge into.
  if (merged !== undefined)
    return analyses
      .flatMap((analysis) => generatorsOf(analysis, merged))
      .filter((one) => !known(one))
      .slice(-1);
  const found = analyses.flatMap((analysis): Dependent[] => {
    if (!missesSource(message)) return [];
    return ['replacements', 'vars']
      .filter((field) => analysis.value[field] !== undefined)
      .map((field) => dependent(analysis, [field], field));
  });
  return found.filter((one) => !known(one));
}

function generatorsOf(analysis: Analysis, name: string): Dependent[] {
  return ['configMapGenerator', 'secretGenerator'].flatMap((field) =>
    listAt(analysis.value, field).flatMap((item, index) => {
      const behavior = textAt(item, 'behavior');
      if ((behavior !== 'merge' && behavior !== 'replace') || textAt(item, 'name') !== name) return [];
      return [generator(analysis, [field, index], name, behavior)];
    }),
  );
}

/**
 * Without its `behavior` a generator makes the object itself. What `replace` says of its data is all that
 * there is; of `merge` a part, and a name that ends in the digest of the whole is not known.
 */
function generator(
  analysis: Analysis,
  path: JsonPath,
  name: string,
  behavior: 'merge' | 'replace',
): Dependent {
  const isHashed =
    at(analysis.value, 'generatorOptions', 'disableNameSuffixHash') !== true &&
    at(analysis.value, ...path, 'options', 'disableNameSuffixHash') !== true;
  if (behavior === 'merge' && isHashed) return dependent(analysis, path, `generator ${name}`);
  const { origin } = dependent(analysis, path, '').unverified;
  const data = behavior === 'merge' ? ['data', 'binaryData', 'stringData', 'immutable'] : [];
  const what =
    behavior === 'merge' ? 'the rest of its data, its labels and annotations' : 'its labels and annotations';
  return {
    analysis,
    path: [...path, 'behavior'],
    unverified: {
      kind: 'partial',
      what: `${name}: ${what}`,
      why: `\`behavior: ${behavior}\` takes them from an object that was taken out`,
      origin,
      fields: ['labels', 'annotations', 'metadata', ...data],
    },
  };
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
