/**
 * The part of Go's text/template that sets over directories use: fields, `index`, literals, `normalize`.
 * Whatever else stands between the braces is named and not guessed at.
 */
import { isObject, type JsonObject, type JsonValue } from '../../source/index.ts';
import { normalizeName, type Rendering } from './rendering.ts';

export function renderGoTemplate(
  text: string,
  data: JsonObject,
  missingKeyError: boolean,
): Rendering<string> {
  let result = '';
  let position = 0;
  for (;;) {
    const open = text.indexOf('{{', position);
    if (open < 0) return { ok: true, value: result + text.slice(position) };
    const close = closing(text, open + 2);
    if (close < 0)
      return {
        ok: false,
        why: `an action of the template is not closed: \`${text.slice(open, open + 40)}\``,
      };
    let action = text.slice(open + 2, close);
    let before = text.slice(position, open);
    position = close + 2;
    if (/^-\s/.test(action)) {
      before = before.trimEnd();
      action = action.slice(1);
    }
    if (/\s-$/.test(action)) {
      action = action.slice(0, -1);
      while (/\s/.test(text[position] ?? '')) position += 1;
    }
    result += before;
    const value = evaluate(action.trim(), data, missingKeyError);
    if (!value.ok) return value;
    result += value.value;
  }
}

function closing(text: string, from: number): number {
  let quote = '';
  for (let index = from; index < text.length; index += 1) {
    const char = text[index] ?? '';
    if (quote !== '') {
      if (char === '\\' && quote === '"') index += 1;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === '`') quote = char;
    else if (text.startsWith('}}', index)) return index;
  }
  return -1;
}

function evaluate(action: string, data: JsonObject, missingKeyError: boolean): Rendering<string> {
  if (action.startsWith('/*')) return { ok: true, value: '' };
  let piped: JsonValue | undefined;
  for (const [number, stage] of action.split('|').entries()) {
    const words = stage.match(/"(?:[^"\\]|\\.)*"|`[^`]*`|[^\s]+/g) ?? [];
    const stageResult = call(words, number === 0 ? [] : [piped], data, missingKeyError);
    if (!stageResult.ok) return stageResult;
    piped = stageResult.value;
  }
  return { ok: true, value: print(piped) };
}

function call(
  words: string[],
  piped: (JsonValue | undefined)[],
  data: JsonObject,
  missingKeyError: boolean,
): Rendering<JsonValue | undefined> {
  const [head = '', ...rest] = words;
  if (rest.length === 0 && piped.length === 0 && isOperand(head)) return operand(head, data, missingKeyError);
  if (head !== 'index' && head !== 'normalize') {
    return { ok: false, why: `the template uses \`${head}\`, which is not evaluated` };
  }
  const values: (JsonValue | undefined)[] = [];
  for (const word of rest) {
    if (!isOperand(word)) return { ok: false, why: `the template uses \`${word}\`, which is not evaluated` };
    const value = operand(word, data, missingKeyError);
    if (!value.ok) return value;
    values.push(value.value);
  }
  values.push(...piped);
  if (head === 'normalize') return { ok: true, value: normalizeName(print(values[0])) };
  let current = values[0];
  for (const key of values.slice(1)) {
    if (Array.isArray(current) && typeof key === 'number' && key >= 0 && key < current.length)
      current = current[key];
    else if (isObject(current) && typeof key === 'string')
      current = Object.hasOwn(current, key) ? current[key] : undefined;
    else return { ok: false, why: `\`${words.join(' ')}\` of the template has no such element` };
  }
  return { ok: true, value: current };
}

function isOperand(word: string): boolean {
  return /^(\.|(\.[A-Za-z_]\w*)+|-?\d+|"(?:[^"\\]|\\.)*"|`[^`]*`|true|false)$/.test(word);
}

function operand(word: string, data: JsonObject, missingKeyError: boolean): Rendering<JsonValue | undefined> {
  if (word.startsWith('`')) return { ok: true, value: word.slice(1, -1) };
  if (!word.startsWith('.')) return { ok: true, value: JSON.parse(word) as JsonValue };
  let current: JsonValue | undefined = data;
  for (const key of word.split('.').filter((part) => part !== '')) {
    if (isObject(current) && Object.hasOwn(current, key)) current = current[key];
    else if (missingKeyError || (current !== undefined && !isObject(current))) {
      return { ok: false, why: `\`${word}\` of the template has no value` };
    } else current = undefined;
  }
  return { ok: true, value: current };
}

/** As Go prints it; a missing key is `<no value>`. */
function print(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '<no value>';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map(print).join(' ')}]`;
  if (isObject(value)) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `map[${entries.map(([key, inner]) => `${key}:${print(inner)}`).join(' ')}]`;
  }
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) >= 1e21)
    return value.toExponential();
  return String(value);
}
