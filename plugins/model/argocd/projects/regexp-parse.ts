/** The text of a regular expression as a tree. Only what does not change which texts match is left out: greed and names of groups. */
export function parseRegexp(pattern: string): ParsedRegexp {
  const chars = Array.from(pattern);
  let position = 0;
  let fault: 'invalid' | 'undecided' | null = null;
  const node = either(0);
  if (position < chars.length) fail('invalid');
  return fault === null ? { ok: true, node } : { ok: false, undecided: fault === 'undecided' };

  function fail(kind: 'invalid' | 'undecided'): void {
    fault ??= kind;
    position = chars.length;
  }

  function either(depth: number): RegexpNode {
    if (depth > 100) fail('undecided');
    const branches = [sequence(depth)];
    while (chars[position] === '|') {
      position += 1;
      branches.push(sequence(depth));
    }
    return branches.length === 1 && branches[0] ? branches[0] : { type: 'either', branches };
  }

  function sequence(depth: number): RegexpNode {
    const parts: RegexpNode[] = [];
    while (position < chars.length && chars[position] !== '|' && chars[position] !== ')')
      parts.push(quantified(depth));
    return { type: 'sequence', parts };
  }

  function quantified(depth: number): RegexpNode {
    let inner = atom(depth);
    let times = 0;
    for (let bounds = quantifier(); bounds !== null; bounds = quantifier()) {
      if (bounds.max < bounds.min || times > 0) fail('invalid');
      times += 1;
      inner = { type: 'repeat', inner, ...bounds };
      if (chars[position] === '?') position += 1;
      else if (chars[position] === '+') fail('invalid');
    }
    return inner;
  }

  function quantifier(): { min: number; max: number } | null {
    const char = chars[position];
    const simple = { '*': [0, endless], '+': [1, endless], '?': [0, 1] }[char ?? ''];
    if (simple) {
      position += 1;
      return { min: simple[0] ?? 0, max: simple[1] ?? 0 };
    }
    if (char !== '{') return null;
    const text = chars.slice(position, position + 24).join('');
    const match = /^\{(\d{1,9})(,(\d{0,9}))?\}/.exec(text);
    if (!match) return null;
    position += match[0].length;
    const min = Number(match[1]);
    return { min, max: match[2] === undefined ? min : match[3] === '' ? endless : Number(match[3]) };
  }

  function atom(depth: number): RegexpNode {
    const char = chars[position++] ?? '';
    if (char === '(') return group(depth);
    if (char === '[') return { type: 'test', accepts: set() };
    if (char === '.') return { type: 'test', accepts: (one) => one !== '\n' };
    if (char === '^') return { type: 'edge', holds: (_, at) => at === 0 };
    if (char === '$') return { type: 'edge', holds: isEnd };
    if (char === '\\') return escapeSequence();
    if (char === '*' || char === '+' || char === '?') fail('invalid');
    return { type: 'test', accepts: (one) => one === char };
  }

  function group(depth: number): RegexpNode {
    const rest = chars.slice(position, position + 80).join('');
    const opening = /^\?(:|=|!|<=|<!|P?<\w+>|'\w+')/.exec(rest);
    if (rest.startsWith('?') && !opening) fail('undecided');
    position += opening?.[0].length ?? 0;
    const inner = either(depth + 1);
    if (chars[position] !== ')') fail('invalid');
    position += 1;
    const kind = opening?.[1] ?? '';
    if (kind === '=' || kind === '!') return { type: 'ahead', inner, not: kind === '!' };
    if (kind === '<=' || kind === '<!') return { type: 'behind', inner, not: kind === '<!' };
    return inner;
  }

  function escapeSequence(): RegexpNode {
    const char = chars[position++];
    if (char === undefined) fail('invalid');
    if (char === 'b' || char === 'B')
      return { type: 'edge', holds: (text, at) => isBoundary(text, at) === (char === 'b') };
    if (char === 'A') return { type: 'edge', holds: (_, at) => at === 0 };
    if (char === 'z') return { type: 'edge', holds: (text, at) => at === text.length };
    if (char === 'Z') return { type: 'edge', holds: isEnd };
    return { type: 'test', accepts: escaped(char ?? '') };
  }

  function escaped(char: string): Accepts {
    const named = classes[char];
    if (named) return named;
    const control = controls[char];
    if (control !== undefined) return (one) => one === control;
    // Back references, code points and Unicode classes.
    if (/[0-9A-Za-z]/.test(char)) fail('undecided');
    return (one) => one === char;
  }

  function set(): Accepts {
    const not = chars[position] === '^';
    if (not) position += 1;
    const tests: Accepts[] = [];
    for (let first = true; first || chars[position] !== ']'; first = false) {
      const low = chars[position++];
      if (low === undefined || (low === '[' && chars[position] === ':')) {
        fail(low === undefined ? 'invalid' : 'undecided');
        break;
      }
      const literal = low === '\\' ? (chars[position++] ?? '') : low;
      const isRange = chars[position] === '-' && chars[position + 1] !== ']' && position + 1 < chars.length;
      if (low === '\\' && !isRange) tests.push(escaped(literal));
      else if (!isRange) tests.push((one) => one === literal);
      else {
        position += 1;
        let high = chars[position++] ?? '';
        if (high === '[') fail('undecided');
        if (high === '\\') high = chars[position++] ?? '';
        if (code(high) < code(literal)) fail('invalid');
        if (low === '\\' && /[0-9A-Za-z]/.test(literal)) fail('undecided');
        tests.push((one) => code(one) >= code(literal) && code(one) <= code(high));
      }
    }
    position += 1;
    return (one) => tests.some((test) => test(one)) !== not;
  }
}

const endless = Number.MAX_SAFE_INTEGER;
const isWord: Accepts = (one) => /[\p{L}\p{Mn}\p{Nd}\p{Pc}]/u.test(one);
const classes: Record<string, Accepts> = {
  d: (one) => /\p{Nd}/u.test(one),
  D: (one) => !/\p{Nd}/u.test(one),
  w: isWord,
  W: (one) => !isWord(one),
  s: (one) => /\s/u.test(one),
  S: (one) => !/\s/u.test(one),
};
const controls: Record<string, string> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v' };

function isEnd(text: readonly string[], at: number): boolean {
  return at === text.length || (at === text.length - 1 && text[at] === '\n');
}

function isBoundary(text: readonly string[], at: number): boolean {
  return isWord(text[at - 1] ?? ' ') !== isWord(text[at] ?? ' ');
}

function code(char: string): number {
  return char.codePointAt(0) ?? 0;
}

type Accepts = (char: string) => boolean;
export type RegexpNode =
  | { type: 'test'; accepts: Accepts }
  | { type: 'edge'; holds: (text: readonly string[], at: number) => boolean }
  | { type: 'sequence'; parts: RegexpNode[] }
  | { type: 'either'; branches: RegexpNode[] }
  | { type: 'ahead' | 'behind'; inner: RegexpNode; not: boolean }
  | { type: 'repeat'; inner: RegexpNode; min: number; max: number };
export type ParsedRegexp = { ok: true; node: RegexpNode } | { ok: false; undecided: boolean };
