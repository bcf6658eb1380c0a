/**
 * Paths into JSON as tidwall/gjson has them, which filters and parameters of Argo Events are written in:
 * members and indexes by dots, `\` before what is meant as it stands, `*` and `?` in names, `#` for lengths
 * and every element, `#(name=="x")` for the first that fits and `#(…)#` for all, `[a,b]` and `{a,b}` for
 * several paths at once, `|` as a dot. Modifiers (`@reverse`) are not read.
 */
import { isObject, type JsonObject, type JsonValue, takeSteps } from '../../../base/index.ts';
import { wildcard } from '../../kyverno/wildcard.ts';

/** The value at a path; undefined where there is none. @throws UnreadPath where the path is not read here. */
export function valueAt(value: JsonValue, path: string): JsonValue | undefined {
  if (path === '') return undefined;
  return follow(value, path, 0);
}

/** A path with parts that are not read here: what it finds is not known. */
export class UnreadPath extends Error {}

function follow(value: JsonValue, path: string, depth: number): JsonValue | undefined {
  if (depth > deepest || !takeSteps(1)) throw new UnreadPath(path);
  if (path.startsWith('@') || path.startsWith('!')) throw new UnreadPath(path);
  if (path.startsWith('[') || path.startsWith('{')) {
    const end = closing(path, 0);
    if (end < 0) return undefined;
    const several = severalOf(value, path.slice(0, end + 1), depth);
    const after = path.slice(end + 1);
    if (after === '') return several;
    return /^[.|]./.test(after) ? follow(several, after.slice(1), depth + 1) : undefined;
  }
  const { part, rest, piped } = firstPart(path);
  if (part.startsWith('#') && Array.isArray(value)) return elements(value, part, rest, piped, depth);
  const found = member(value, part);
  if (found === undefined || rest === null) return found;
  return follow(found, rest, depth + 1);
}

/** `#`, `#(…)` and `#(…)#` of a list, and what follows of each element or, behind a `|`, of the list. */
function elements(
  list: JsonValue[],
  part: string,
  rest: string | null,
  piped: boolean,
  depth: number,
): JsonValue | undefined {
  if (part === '#') {
    if (rest === null) return list.length;
    return piped ? follow(list.length, rest, depth + 1) : each(list, rest, depth);
  }
  const all = part.endsWith('#');
  const query = part.slice(2, all ? -2 : -1);
  const fitting = list.filter((one) => fits(one, query, depth));
  if (!all) {
    const [first] = fitting;
    return first === undefined || rest === null ? first : follow(first, rest, depth + 1);
  }
  if (rest === null) return fitting;
  return piped ? follow(fitting, rest, depth + 1) : each(fitting, rest, depth);
}

function each(list: readonly JsonValue[], rest: string, depth: number): JsonValue[] {
  return list.flatMap((one) => {
    const found = follow(one, rest, depth + 1);
    return found === undefined ? [] : [found];
  });
}

/** `name`, `name=="x"`, `=="x"`; comparators `== = != < <= > >= % !%`. */
function fits(element: JsonValue, query: string, depth: number): boolean {
  const split = /^((?:\\[\s\S]|[^\\=!<>%])*?)\s*(==|=|!=|<=|>=|<|>|!%|%)\s*([\s\S]*)$/.exec(query);
  const path = (split === null ? query : (split[1] ?? '')).trim();
  const left = path === '' ? element : follow(element, path, depth + 1);
  if (left === undefined) return false;
  const operator = split?.[2];
  if (operator === undefined) return true;
  const text = (split?.[3] ?? '').trim();
  if (text.startsWith('~')) throw new UnreadPath(query);
  const right = literalOf(text);
  if (operator === '%' || operator === '!%')
    return typeof left === 'string' && wildcard(String(right), left) === (operator === '%');
  if (typeof left === 'string' && typeof right === 'string') return compare(operator, left, right);
  if (typeof left === 'number') return compare(operator, left, Number(right) || 0);
  if (typeof left === 'boolean' && typeof right === 'boolean')
    return compare(operator, Number(left), Number(right));
  return operator === '!=' ? left !== right : false;
}

function compare<T extends string | number>(operator: string, left: T, right: T): boolean {
  switch (operator) {
    case '=':
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    default:
      return left >= right;
  }
}

function literalOf(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

/** `[a,b]`: a list of what is found; `{a,b}`, `{"x":a}`: a mapping by the last name of each path. */
function severalOf(value: JsonValue, text: string, depth: number): JsonValue {
  const found = commaParts(text.slice(1, -1)).flatMap((written): [string, JsonValue][] => {
    const named = /^"([^"\\]*)":([\s\S]*)$/.exec(written.trim());
    const path = named?.[2] ?? written.trim();
    const one = path === '' ? undefined : follow(value, path, depth + 1);
    return one === undefined ? [] : [[named?.[1] ?? lastName(path), one]];
  });
  return text.startsWith('[') ? found.map(([, one]) => one) : Object.fromEntries(found);
}

function lastName(path: string): string {
  return /([\w-]+)\)?#?$/.exec(path)?.[1] ?? '_';
}

function member(value: JsonValue, part: string): JsonValue | undefined {
  const name = part.replace(/\\([\s\S])/g, '$1');
  if (Array.isArray(value)) return /^\d+$/.test(name) ? value[Number(name)] : undefined;
  if (!isObject(value)) return undefined;
  if (!/(^|[^\\])[*?]/.test(part)) return own(value, name);
  if (part.includes('\\')) throw new UnreadPath(part);
  const key = Object.keys(value).find((one) => wildcard(part, one));
  return key === undefined ? undefined : own(value, key);
}

function own(value: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Up to the first dot or bar that is neither escaped nor in a query. */
function firstPart(path: string): { part: string; rest: string | null; piped: boolean } {
  for (let at = 0; at < path.length; at += 1) {
    const char = path[at];
    if (char === '\\') at += 1;
    else if (char === '#' && at === 0 && (path[1] === '(' || path[1] === '[')) {
      if (path[1] === '[') throw new UnreadPath(path);
      const end = closing(path, 1);
      if (end < 0) return { part: path, rest: null, piped: false };
      at = end;
    } else if (char === '.' || char === '|')
      return { part: path.slice(0, at), rest: path.slice(at + 1), piped: char === '|' };
  }
  return { part: path, rest: null, piped: false };
}

/** Where the bracket that opens at a place is closed, texts in quotes left out; -1 where it is not. */
function closing(text: string, open: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = open; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '\\') at += 1;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && '([{'.includes(char)) depth += 1;
    else if (!quoted && ')]}'.includes(char)) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

function commaParts(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '\\') at += 1;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && '([{'.includes(char)) depth += 1;
    else if (!quoted && ')]}'.includes(char)) depth -= 1;
    else if (!quoted && depth === 0 && char === ',') {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

const deepest = 200;
