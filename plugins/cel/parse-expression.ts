import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { keepAnswers } from '../base/index.ts';
import { environmentOptions } from './environment.ts';
import { replaceReserved } from './reserved-words.ts';

/**
 * The syntax tree of an expression, with its names as they are written; undefined for one that does not
 * parse.
 */
export function parseExpression(expression: string): ASTNode | undefined {
  return trees(expression, () => parse(expression));
}

function parse(expression: string): ASTNode | undefined {
  try {
    return parser.parse(replaceReserved(expression)).ast;
  } catch {
    return undefined;
  }
}

const parser = new Environment(environmentOptions);
const trees = keepAnswers<string, ASTNode | undefined>(2000);
