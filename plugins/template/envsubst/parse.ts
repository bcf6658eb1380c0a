/**
 * The grammar of `${name}` and its operators. Source: `fluxcd/pkg/envsubst/parse`, whose peculiarities count:
 * `${name-word}` is refused, `}` does not end the pattern of a replacement, and a word of a default may hold
 * further variables, that of a removal may not.
 */

/** Text and expressions, in order. @throws EnvsubstError in the words of the controller. */
export function parseEnvsubst(text: string): EnvsubstNode[] {
  const scanner: Scanner = { text, at: 0, depth: 0 };
  const nodes: EnvsubstNode[] = [];
  while (scanner.at < text.length) {
    if (text.startsWith('${', scanner.at)) nodes.push(expression(scanner));
    else nodes.push(run(scanner, () => true, dollars));
  }
  return nodes;
}

/** From `${` to its `}`. */
function expression(scanner: Scanner): EnvsubstExpression {
  const start = scanner.at;
  scanner.at += 2;
  if (++scanner.depth > maximumDepth) throw new EnvsubstError('variables are nested too deeply');
  const parsed = peek(scanner) === '#' ? length(scanner) : operation(scanner);
  scanner.depth -= 1;
  return { ...parsed, source: scanner.text.slice(start, scanner.at) };
}

function length(scanner: Scanner): Parsed {
  scanner.at += 1;
  const name = match(scanner, identifier);
  if (name === '') throw new EnvsubstError('bad substitution');
  close(scanner);
  return { name, operator: '#', words: [] };
}

function operation(scanner: Scanner): Parsed {
  const name = match(scanner, identifier);
  if (name === '') throw new EnvsubstError('unable to parse variable name');
  const next = peek(scanner);
  if (next === ':') {
    const isDefault = '=-?+'.includes(scanner.text[scanner.at + 1] || ' ');
    return isDefault ? withDefault(scanner, name, /:[=\-?+]/y) : substring(scanner, name);
  }
  if (next === '=') return withDefault(scanner, name, /=/y);
  if (next === ',' || next === '^') {
    const operator = match(scanner, /[,^]{1,2}/y);
    close(scanner);
    return { name, operator, words: [] };
  }
  if (next === '/') return replacement(scanner, name);
  if (next === '#' || next === '%') {
    const operator = match(scanner, next === '#' ? /#{1,2}/y : /%{1,2}/y);
    const words = [word(scanner, (char) => char !== '}')];
    close(scanner);
    return { name, operator, words };
  }
  if (next !== '}') throw new EnvsubstError('missing closing brace');
  scanner.at += 1;
  return { name, operator: '', words: [] };
}

function withDefault(scanner: Scanner, name: string, pattern: RegExp): Parsed {
  const operator = match(scanner, pattern);
  const words: EnvsubstNode[] = [];
  while (peek(scanner) !== '}') words.push(word(scanner, (char) => char !== '}'));
  close(scanner);
  return { name, operator, words };
}

function substring(scanner: Scanner, name: string): Parsed {
  scanner.at += 1;
  const words = [word(scanner, (char) => char !== ':' && char !== '}')];
  if (match(scanner, /:+/y) !== '') words.push(word(scanner, (char) => char !== '}'));
  close(scanner);
  return { name, operator: ':', words };
}

function replacement(scanner: Scanner, name: string): Parsed {
  const operator = match(scanner, /\/[/#%]?/y);
  const words = [word(scanner, (char) => char !== '/', dollarsAndSlashes)];
  if (match(scanner, /\/+/y) === '') throw new EnvsubstError('bad substitution');
  if (peek(scanner) !== '}') words.push(word(scanner, (char) => char !== '}', dollarsAndSlashes));
  close(scanner);
  return { name, operator, words };
}

/** A parameter of an operator: a variable, or text up to the next variable or what `accepts` refuses. */
function word(scanner: Scanner, accepts: (char: string) => boolean, escapes?: RegExp): EnvsubstNode {
  if (scanner.text.startsWith('${', scanner.at)) return expression(scanner);
  const found = run(scanner, accepts, escapes);
  if (found === '') throw new EnvsubstError('unable to parse substitution within function');
  return found;
}

/** Text up to the next `${`; of what is escaped the second character stays. */
function run(scanner: Scanner, accepts: (char: string) => boolean, escapes?: RegExp): string {
  let found = '';
  while (scanner.at < scanner.text.length && !scanner.text.startsWith('${', scanner.at)) {
    const escaped = escapes && match(scanner, escapes);
    if (escaped) found += escaped.slice(1);
    else {
      const char = peek(scanner);
      if (!accepts(char)) break;
      found += char;
      scanner.at += char.length;
    }
  }
  return found;
}

function close(scanner: Scanner): void {
  if (peek(scanner) !== '}') throw new EnvsubstError('bad substitution');
  scanner.at += 1;
}

function peek({ text, at }: Scanner): string {
  return text[at] ?? '';
}

/** What a sticky pattern finds at this place, which is then behind. */
function match(scanner: Scanner, pattern: RegExp): string {
  pattern.lastIndex = scanner.at;
  const [found = ''] = pattern.exec(scanner.text) ?? [];
  scanner.at += found.length;
  return found;
}

/** `$$` stands for a dollar; inside a replacement `\/` and `\\` are characters as well. */
const dollars = /\$\$/y;
const dollarsAndSlashes = /\$\$|\\[/\\]/y;
const identifier = /[\p{L}\p{Nd}_]+/uy;

/** The controller has no bound, and nobody writes so many in one another. */
const maximumDepth = 100;

/** Why a text cannot be substituted, in the words of the controller. */
export class EnvsubstError extends Error {}

interface Scanner {
  text: string;
  at: number;
  /** Expressions around this place. */
  depth: number;
}

/** A text, or an expression. */
export type EnvsubstNode = string | EnvsubstExpression;

export interface EnvsubstExpression extends Parsed {
  /** As it is written, braces included. */
  source: string;
}

interface Parsed {
  name: string;
  /** Empty for the variable itself; `#` without words for its length. */
  operator: string;
  words: EnvsubstNode[];
}
