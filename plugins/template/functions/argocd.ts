/** What Argo CD adds to sprig for names. */
import { type FunctionTable, fn, variadic } from '../go/functions.ts';
import { isInt, typeName } from '../go/values.ts';
import { normalizeName, slugifyName } from '../safe-names.ts';

export const argocd: FunctionTable = {
  normalize: fn(['string'], normalizeName),
  /** `slugify [max] [smart] name`. */
  slugify: variadic([], 'any', (...values) => {
    const name = values.at(-1);
    const [max, smart] = values.length > 1 ? values.slice(0, -1) : [];
    if (values.length > 3 || typeof name !== 'string') throw new Error(`cannot slugify ${typeName(name)}`);
    if (max !== undefined && !(isInt(max) && max.type === 'int'))
      throw new Error(`max has to be int, not ${typeName(max)}`);
    if (smart !== undefined && typeof smart !== 'boolean')
      throw new Error(`smart has to be bool, not ${typeName(smart)}`);
    return slugifyName(name, max === undefined ? undefined : Number(max.int), smart);
  }),
};
