import { applyOperator } from './operators.ts';
import { type EnvsubstExpression, type EnvsubstNode, parseEnvsubst } from './parse.ts';

/**
 * A text with its variables replaced, as Flux's post-build substitution does it: one that is not set is
 * empty. An expression whose value hangs on a variable that is not known stays as it is written, and so does
 * one that takes too much work.
 * @param lookUp gives the value of a variable; null where it is not known.
 * @throws EnvsubstError where the controller refuses the text.
 */
export function substituteVariables(
  text: string,
  lookUp: (name: string) => string | null,
): { text: string; unknown: string[] } {
  const unknown = new Set<string>();
  let left = mostTries;
  const evaluate = (node: EnvsubstNode): string | null => {
    if (typeof node === 'string') return node;
    const value = lookUp(node.name);
    if (value === null) unknown.add(node.name);
    // A value that is set needs no default, whether or not that is known.
    if (value === null || (value !== '' && isDefault(node))) return value;
    if (hasGlob(node)) left -= value.length ** 2;
    if (left < 0) {
      unknown.add(node.name);
      return null;
    }
    const words = node.words.map(evaluate);
    return words.every((word) => word !== null) ? applyOperator(node.operator, value, words) : null;
  };
  const parts = parseEnvsubst(text).map((node) =>
    typeof node === 'string' ? node : (evaluate(node) ?? node.source),
  );
  return { text: parts.join(''), unknown: [...unknown] };
}

/** One that is tried on each start of the value, or on each end. */
function hasGlob({ operator, words }: EnvsubstExpression): boolean {
  return words.length > 0 && /^(?:##?|%%?)$/.test(operator);
}

function isDefault({ operator }: EnvsubstExpression): boolean {
  return /^(=|:[=\-?+])$/.test(operator);
}

/** Characters that the globs of one text may look at, a tenth of a second of work. */
const mostTries = 10_000_000;
