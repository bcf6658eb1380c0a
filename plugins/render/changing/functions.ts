/**
 * Functions of Helm's templates that answer otherwise each time: of the clock, of chance, and those that give
 * the keys of a mapping in no order. Source: sprig's `functions.go`, and Helm's `engine.go`.
 */

/** A stand-in may change the name, add a last argument (` x`) or a further step (` | x`). */
const functions: Record<string, Stands> = {
  // All parts of a date differ, so that whatever is taken of it does.
  now: {
    alone: ['20010203040506', '20121114172839'].map((time) => `(toDate ${layout()} (toString ${time}))`),
  },
  // A span up to now: of nothing that stays.
  ago: { name: ['kindOf', 'typeOf'] },
  ...chance(['randAlphaNum', 'randAlpha', 'randAscii', 'randBytes'], ['kindOf true', 'kindOf 1']),
  ...chance(['randNumeric'], ['toString 1', 'toString 2']),
  randInt: { name: ['min', 'max'], after: [' | int', ' | int'] },
  shuffle: { name: ['toString', 'sha256sum'] },
  // The order is no order: one and the other way round.
  keys: { after: [' | sortAlpha', ' | sortAlpha | reverse'], unless: /^[^|(){}]*\)?\s*\|\s*sortAlpha\b/ },
  // Of these no two answers are the same, so that they need no stand-in to differ.
  ...Object.fromEntries(
    [
      'values',
      'uuidv4',
      'genPrivateKey',
      'genCA',
      'genCAWithKey',
      'genSelfSignedCert',
      'genSelfSignedCertWithKey',
      'genSignedCert',
      'genSignedCertWithKey',
      'htpasswd',
      'bcrypt',
      'encryptAES',
    ].map((name) => [name, {}]),
  ),
};

/** The names of such functions that a text calls, also in templates within its strings. */
export function changingCalls(text: string): string[] {
  if (!text.includes('{{') || !anyName.test(text)) return [];
  const calls = new Set<string>();
  rewrite(text, 0, calls);
  return [...calls];
}

/**
 * The text with a stand-in for each such call, which answers the same each time: one in the first variant,
 * another one in the second. No stand-in holds a quote, so that the text of a template that is only handed on
 * comes out as it would if it were replaced afterwards.
 */
export function withStandIns(text: string, variant: Variant): string {
  return text.includes('{{') && anyName.test(text) ? rewrite(text, variant, new Set()) : text;
}

function rewrite(text: string, variant: Variant, calls: Set<string>): string {
  let result = '';
  let at = 0;
  for (;;) {
    const start = text.indexOf('{{', at);
    if (start < 0) return result + text.slice(at);
    result += text.slice(at, start + 2);
    const action = rewriteAction(text, start + 2, variant, calls);
    result += action.text;
    at = action.end;
  }
}

/** From behind `{{` to before `}}`. */
function rewriteAction(text: string, start: number, variant: Variant, calls: Set<string>): Rewritten {
  let result = '';
  let at = start;
  /** What is to be added where the command ends that is read, by the depth of its parentheses. */
  const pending: string[] = [''];
  const endCommand = () => {
    const added = pending.pop();
    if (added) result += `${added} `;
    pending.push('');
  };
  tokens.lastIndex = at;
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    const token = match[0] === '/*' ? commentAt(text, at) : match[0];
    if (/^-?\}\}$/.test(token)) {
      endCommand();
      return { text: result, end: at };
    }
    at += token.length;
    if (token === '|' || token === ')') endCommand();
    if (token === '(') pending.push('');
    if (token === ')' && pending.length > 1) pending.pop();
    const stands = Object.hasOwn(functions, token) ? functions[token] : undefined;
    const rest = text.slice(at, at + longestCommand);
    if (stands !== undefined && stands.unless?.test(rest) !== true) {
      calls.add(token);
      const isPiped = stands.piped !== undefined && /^\s*(?:[|)]|-?\}\})/.test(rest);
      result += stands.alone?.[variant] ?? (isPiped ? stands.piped : stands.name)?.[variant] ?? token;
      if (!isPiped) pending.push((pending.pop() ?? '') + (stands.after?.[variant] ?? ''));
    } else if (/^(?:\\?"|`)/.test(token) && token.length > '"{{"'.length && token.includes('{{'))
      result += token.slice(0, 1) + rewrite(token.slice(1), variant, calls);
    else result += token;
    tokens.lastIndex = at;
  }
  return { text: result, end: at };
}

/** Without an end the rest of the text, as Helm refuses it. */
function commentAt(text: string, at: number): string {
  const end = text.indexOf('*/', at + 2);
  return text.slice(at, end < 0 ? text.length : end + 2);
}

/** Text of the length that is asked for; asked through a pipe, one that differs. */
function chance(names: string[], made: [string, string]): Record<string, Stands> {
  const after = made.map((one) => ` (repeat 99 (${one}))`);
  return Object.fromEntries(
    names.map((name) => [name, { name: ['trunc', 'trunc'], after, piped: ['toString', 'duration'] }]),
  );
}

function layout(): string {
  return '(toString 20060102150405)';
}

/**
 * The begin of a comment, a string (in YAML or JSON its quotes may be escaped), an end, a name with what it
 * is part of, or a sign. Bounded, as one that has no end is looked for to its end.
 */
const tokens =
  /\/\*|\\"(?:[^"\\]|\\[^"]){0,999}\\"|"(?:[^"\\\n]|\\[^\n]){0,999}"|`[^`]{0,9999}`|'(?:[^'\\\n]|\\[^\n]){0,9}'|\s+|-?\}\}|[.$\w]+|[\s\S]/y;
const anyName = new RegExp(`\\b(?:${Object.keys(functions).join('|')})\\b`);
/** How far the end of a command is looked for. */
const longestCommand = 2_000;

/** The first or the second of two renders. */
export type Variant = 0 | 1;

interface Stands {
  /** In the place of a function that takes no argument. */
  alone?: string[];
  name?: string[];
  /** At the end of the command. */
  after?: string[];
  /** The name where the only argument comes through a pipe. */
  piped?: string[];
  /** What may follow, so that the answer is the same each time. */
  unless?: RegExp;
}

interface Rewritten {
  text: string;
  end: number;
}
