import { FAILSAFE_SCHEMA, loadAll, Type } from 'js-yaml';
import { isObject, type JsonObject, type JsonValue, plainScalar } from '../../base/index.ts';
import { valuesOf } from '../helm/engine-values.ts';

/**
 * The objects that kustomize wrote, the same as `valuesOf` gives and in a sixth of its time: what a machine
 * writes needs no places, so that a parser without them will do. What it does not write (anchors, tags,
 * depths that nobody has), and what that parser refuses, such as a key given twice, is read by the other one.
 * @returns undefined where it is no YAML, or not of objects.
 */
export function kustomizeValues(text: string): JsonObject[] | undefined {
  const values = unusual.test(text) ? valuesOf(text) : (quickly(text) ?? valuesOf(text));
  return values?.every((value) => value === null || isObject(value)) ? values.filter(isObject) : undefined;
}

function quickly(text: string): JsonValue[] | undefined {
  try {
    return loadAll(text, null, { schema }) as JsonValue[];
  } catch {
    return undefined;
  }
}

/** Plain scalars as everywhere here; all others are texts. */
const schema = FAILSAFE_SCHEMA.extend({
  implicit: [
    new Type('tag:yaml.org,2002:null', {
      kind: 'scalar',
      resolve: () => true,
      construct: (text: string | null) => plainScalar(text ?? ''),
    }),
  ],
});

/** Words that may be an anchor, an alias, a tag or a merge, wherever they stand; 100 levels. */
const unusual = /(?:^|[\s,[{])(?:[&*]\w|![\w!<]|<<["']?\s*:)|^(?: {2}|- ){100}/m;
