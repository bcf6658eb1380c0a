/** `{{ }}` in what is written: texts whose parts are values. Source: kyverno `pkg/engine/variables`. */
import { asText, isObject, type JsonPath, type JsonValue } from '../../../base/index.ts';
import { spend } from './spend.ts';
import { EvaluationError, NotKnown, type Variables } from './types.ts';

/**
 * The value with all its variables filled in, those in keys as well; a text that is one variable becomes its
 * value, whatever type that has.
 * @param path in `request.object` that the value stands for, which `{{@}}` means.
 */
export function substitute(value: JsonValue, variables: Variables, path: JsonPath = []): JsonValue {
  spend(0.1);
  if (typeof value === 'string') return substituteText(value, variables, path);
  if (Array.isArray(value)) return value.map((one, index) => substitute(one, variables, [...path, index]));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      asText(substituteText(key, variables, path)),
      substitute(inner, variables, [...path, key]),
    ]),
  );
}

/** Begins with the character before, which is no backslash. */
const variable = /(^|[^\\])(\{\{(?:\{[^{}]*\}|[^{}])*\}\})/g;
const escaped = /\\(\{\{(?:\{[^{}]*\}|[^{}])*\}\})/g;

function substituteText(written: string, variables: Variables, path: JsonPath): JsonValue {
  let text = written;
  let isShallow = false;
  for (
    let found = [...text.matchAll(variable)];
    found.length > 0 && !isShallow;
    found = [...text.matchAll(variable)]
  ) {
    const before = text;
    for (const [, , braced = ''] of found) {
      spend(1 + text.length / 1000);
      const expression = braced.slice(2, -2).trim();
      isShallow ||= expression.startsWith('-');
      const value = variables.query(named(expression.replace(/^-\s*/, ''), path));
      if (before === braced) return value;
      text = text.replace(braced, () => asText(value));
      if (text.length > longest) throw new NotKnown('a text with variables becomes too long');
    }
    if (text === before) break;
  }
  return text.replace(escaped, '$1');
}

const longest = 1_000_000;

/** `@` alone is the place of the object that the text stands for. */
function named(expression: string, path: JsonPath): string {
  if (expression === '') throw new EvaluationError('failed to resolve variable: empty query');
  if (expression !== '@') return expression;
  const keys = path.map((key) => {
    if (typeof key === 'number') return `[${key}]`;
    const plain = key.trim().replace(/^[+<=X^]?\((.+)\)$/s, '$1');
    return /^[A-Za-z_]\w*$/.test(plain) ? `.${plain}` : `.${JSON.stringify(plain)}`;
  });
  return `request.object${keys.join('')}`;
}

/** The text of a message; as it is written where a variable of it has no value. */
export function messageOf(written: string, variables: Variables): string {
  try {
    const value = substitute(written, variables);
    return typeof value === 'string' ? value : asText(value);
  } catch (error) {
    if (error instanceof EvaluationError || error instanceof NotKnown) return written;
    throw error;
  }
}
