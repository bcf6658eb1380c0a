import { firstOf, inCode } from '../../base/index.ts';
import { formsOf, signatures } from './signatures.ts';

/** For a key that is not there: it may be a method without its brackets, or one that a dot cannot name. */
export function keyHelp(
  path: string,
  key: string,
  candidates: string[] = [],
  known?: ReadonlySet<string>,
): string | null {
  const form = formsOf(key).find((one) => !one.startsWith(`${key}(`));
  if (form !== undefined) return `it is called: \`${path}(${form.endsWith('()') ? '' : '…'})\``;
  const near = candidates.find((candidate) => !/^[A-Za-z_]\w*$/.test(candidate));
  if (near === undefined) return candidates.length > 0 ? null : knownHelp(known);
  const holder = path.slice(0, -key.length - 1);
  return `a key with dots or slashes stands in brackets: \`${holder}['${near}']\``;
}

function knownHelp(known: ReadonlySet<string> | undefined): string | null {
  if (known === undefined) return null;
  if (known.size === 0) return 'it is no map: it has no keys';
  return `known: ${firstOf([...known].sort().map(inCode), 12)}`;
}

/** For a row or value that lacks a key: how to allow for that. */
export function absenceHelp(text: string): string | null {
  const match = /^(.*\w)\.([A-Za-z_]\w*)$/.exec(text);
  if (!match) return null;
  return `allow for its absence: \`has(${text})\`, or \`${match[1]}.?${match[2]}.orValue(…)\``;
}

/** For the name of a table's column that expressions know by another. */
export function shownHelp(name: string, expression: string): string {
  return `what tables show as \`${name}\` is \`${expression}\` in expressions`;
}

/**
 * For a name that is none: a text without its quotes (an operand may be one), or a name of the other scope.
 */
export function nameHelp(name: string, isOperand: boolean, scope: NameScope): string | null {
  if (scope.isList) return `\`${name}\` is a list of the whole model: here the names of one row are known`;
  if (scope.isField)
    return `\`${name}\` is of one row: go through a list, \`resources.filter(r, r.${name} == …)\``;
  return isOperand && /^[A-Z]/.test(name) ? `a text stands in quotes: \`'${name}'\`` : null;
}

/** All that can be called, for what looks like it. */
export const callables: ReadonlySet<string> = new Set(signatures.map(({ name }) => name));

interface NameScope {
  /** A list of the model, where the names of a row are asked for. */
  isList: boolean;
  /** A name of a row, where the lists of the model are asked for. */
  isField: boolean;
}
