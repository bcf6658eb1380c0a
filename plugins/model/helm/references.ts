/** What a template's pipelines read: `.Values.image.tag` through `with`, `range` and variables. */
import type { Command, Operand, Pipeline } from '../../template/index.ts';

/** What a pipeline reads, each path once; what it calls is looked into, not run. */
export function referencesOf(node: Pipeline | Command | Operand, scope: Scope): ReadPath[] {
  switch (node.type) {
    case 'dot':
      return scope.dot === null ? [] : [scope.dot];
    case 'field':
      return scope.dot === null ? [] : [[...scope.dot, ...node.path]];
    case 'variable': {
      const bound = scope.variables.get(node.name) ?? null;
      return bound === null ? [] : [[...bound, ...node.path]];
    }
    case 'chain': {
      const [of, ...more] = referencesOf(node.of, scope);
      return of === undefined || more.length > 0 ? [] : [[...of, ...node.path]];
    }
    case 'command':
      return ofCommand(node, scope);
    case 'pipeline':
      return distinct(node.commands.flatMap((command) => referencesOf(command, scope)));
    default:
      return [];
  }
}

/** The one path that a pipeline reads; null where it reads none or several. */
export function soleReference(node: Pipeline, scope: Scope): ReadPath | null {
  const [found, ...more] = referencesOf(node, scope);
  return found !== undefined && more.length === 0 ? found : null;
}

/** `index .Values "a" 0` and `get .Values "a"` read on from their first operand. */
function ofCommand({ operands }: Command, scope: Scope): ReadPath[] {
  const [head, of, ...steps] = operands;
  if (head?.type === 'function' && (head.name === 'index' || head.name === 'get') && of !== undefined) {
    const [path, ...more] = referencesOf(of, scope);
    const literals = steps.flatMap((step) => stepOf(step) ?? []);
    if (path !== undefined && more.length === 0 && literals.length === steps.length)
      return [[...path, ...literals]];
  }
  return distinct(operands.flatMap((operand) => referencesOf(operand, scope)));
}

function stepOf(operand: Operand): string | number | undefined {
  if (operand.type !== 'literal') return undefined;
  if (typeof operand.value === 'string') return operand.value;
  return /^\d+$/.test(operand.text) ? Number(operand.text) : undefined;
}

function distinct(paths: ReadPath[]): ReadPath[] {
  const seen = new Map(paths.map((path) => [JSON.stringify(path), path]));
  return [...seen.values()];
}

/** From the root, as in `Values`, `image`, `tag`; null stands for any item of a list or mapping. */
export type ReadPath = readonly (string | number | null)[];

/** What names mean at a place of a template; null where that is not known. */
export interface Scope {
  dot: ReadPath | null;
  variables: ReadonlyMap<string, ReadPath | null>;
}
