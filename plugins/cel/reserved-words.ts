/**
 * CEL reserves the word `namespace`, which is a field of every row here. It is replaced by another of the
 * same length before parsing, so that positions in errors stay true; strings, comments and fields
 * (`metadata.namespace`) keep theirs.
 */
export function replaceReserved(expression: string): string {
  return expression.replace(token, (found: string, word: string | undefined, offset: number) =>
    word === undefined || isField(expression, offset) ? found : replacement,
  );
}

/** The names as the author wrote them, in a message of the engine. */
export function restoreReserved(text: string): string {
  return text.replaceAll(replacement, 'namespace');
}

/** True where a name taken from the parsed expression is the replaced one. */
export function nameFrom(parsed: string): string {
  return parsed === replacement ? 'namespace' : parsed;
}

function isField(expression: string, offset: number): boolean {
  const before = expression.slice(0, offset).trimEnd();
  return before.endsWith('.') || before.endsWith('.?');
}

const replacement = 'namespac_';

/** Triple-quoted, raw and plain strings, comments, and the word by itself. */
const token =
  /(?:[rR]?[bB]?[rR]?)(?:"""[\s\S]*?"""|'''[\s\S]*?''')|[rR][bB]?"[^"\n]*"|[rR][bB]?'[^'\n]*'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/[^\n]*|\b(namespace)\b/g;
