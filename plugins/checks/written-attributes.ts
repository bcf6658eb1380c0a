import type { Attributes } from '../markdown/index.ts';

/** Those of the named attributes that a statement has, as a name for it: `view=waves where=wave < 0`. */
export function writtenAttributes(attributes: Attributes, names: readonly string[]): string {
  return names.flatMap((name) => (attributes[name] ? [`${name}=${attributes[name].value}`] : [])).join(' ');
}
