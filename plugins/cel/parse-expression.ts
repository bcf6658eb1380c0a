import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { environmentOptions } from './environment.ts';
import { replaceReserved } from './reserved-words.ts';

/**
 * The syntax tree of an expression, with its names as they are written; undefined for one that does not
 * parse.
 */
export function parseExpression(expression: string): ASTNode | undefined {
  if (trees.has(expression)) return trees.get(expression);
  let tree: ASTNode | undefined;
  try {
    tree = parser.parse(replaceReserved(expression)).ast;
  } catch {
    tree = undefined;
  }
  if (trees.size >= 2000) trees.clear();
  trees.set(expression, tree);
  return tree;
}

const parser = new Environment(environmentOptions);
const trees = new Map<string, ASTNode | undefined>();
