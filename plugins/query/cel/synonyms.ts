import { byName } from '../../base/index.ts';

/** For a call of an unknown function: the name that CEL has for it. */
export function synonym(name: string): string | undefined {
  return Object.hasOwn(synonyms, name.toLowerCase()) ? synonyms[name.toLowerCase()] : undefined;
}

const synonyms: Record<string, string> = byName({
  len: 'size',
  length: 'size',
  count: 'size',
  includes: 'contains',
  has: 'has',
  find: 'filter',
  where: 'filter',
  select: 'filter',
  some: 'exists',
  any: 'exists',
  every: 'all',
  one: 'exists_one',
  match: 'matches',
  regex: 'matches',
  test: 'matches',
  tolower: 'lowerAscii',
  tolowercase: 'lowerAscii',
  lower: 'lowerAscii',
  toupper: 'upperAscii',
  touppercase: 'upperAscii',
  upper: 'upperAscii',
  substr: 'substring',
  slice: 'substring',
  prefix: 'startsWith',
  hasprefix: 'startsWith',
  hassuffix: 'endsWith',
  tostring: 'string',
  number: 'int',
  app: 'application',
  appset: 'applicationset',
  default: 'orValue',
});
