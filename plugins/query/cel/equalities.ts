import type { ASTNode } from '../../cel/index.ts';

/**
 * What names of a row must be texts of, wherever a condition holds: its parts of the form `name == 'text'`
 * and `name in ['a', 'b']` that stand beside each other with `&&`. A part that is false makes the whole
 * false, whatever the others are, an error too. To be asked once names are resolved.
 */
export function equalitiesOf(root: ASTNode): Equality[] {
  if (root.op === '&&') return root.args.flatMap(equalitiesOf);
  if (root.op === '==') {
    const [left, right] = root.args;
    return equality(left, [right]) ?? equality(right, [left]) ?? [];
  }
  if (root.op !== 'in' || root.args[1].op !== 'list') return [];
  return equality(root.args[0], root.args[1].args) ?? [];
}

function equality(name: ASTNode, values: readonly ASTNode[]): Equality[] | undefined {
  if (name.op !== 'id' || !name.args.startsWith('$')) return undefined;
  const texts = values.map((value) => (value.op === 'value' ? value.args : undefined));
  if (!texts.every((text) => typeof text === 'string')) return undefined;
  return [{ name: name.args.slice(1), texts: new Set(texts) }];
}

export interface Equality {
  name: string;
  texts: ReadonlySet<string>;
}
