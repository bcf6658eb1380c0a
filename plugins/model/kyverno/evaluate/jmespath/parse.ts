/** JMESPath → its tree, by the library's parser; Kyverno's functions are names to it as any other. */
import jmespath from 'jmespath';
import { type JsonValue, keepAnswers } from '../../../../base/index.ts';
import { EvaluationError, NotKnown } from '../types.ts';

declare module 'jmespath' {
  export function compile(expression: string): unknown;
}

/**
 * @throws EvaluationError where it is no JMESPath.
 * @throws NotKnown where it is longer than what is parsed here.
 */
export function parseJmesPath(expression: string): Node {
  return parsed(expression, () => parse(expression));
}

function parse(expression: string): Node {
  // The parser calls itself for what is nested.
  if (expression.length > longest)
    throw new NotKnown(`a JMESPath of ${expression.length} characters is not evaluated`);
  try {
    return jmespath.compile(withWholeCurrent(expression)) as Node;
  } catch (error) {
    throw new EvaluationError(
      `failed to parse \`${expression}\`: ${error instanceof Error ? error.message : ''}`,
    );
  }
}

/**
 * `@` as `(@)`: between brackets, and as an argument, the library takes a bare `@` for all that stands there,
 * and refuses `[?(@.type == 'a')]` and `length(@.items)`. What is quoted stays.
 */
function withWholeCurrent(expression: string): string {
  return expression.replaceAll(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|@/gs, (part) =>
    part === '@' ? '(@)' : part,
  );
}

const longest = 5000;
const parsed = keepAnswers<string, Node>(1000);

/** As the library makes it; what each type has is known by its name. */
export interface Node {
  type: string;
  name?: string;
  value?: JsonValue | Node;
  children?: Node[];
}
