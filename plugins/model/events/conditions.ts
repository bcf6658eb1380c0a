/**
 * `conditions` of a trigger: a boolean expression over names of dependencies. Source: argo-events
 * pkg/sensors/listener.go (getDependencyExpression, listenEvents). The text is rewritten for one parser and
 * its result given to another; what both take is here one grammar: names, `&&`, `||`, parentheses, and names
 * in quotes, which are taken as they stand.
 */

/** What a trigger waits for. Without a condition: for all dependencies of its sensor. */
export function readConditions(conditions: string | null, dependencies: readonly string[]): Conditions {
  if (conditions === null || conditions === '') {
    if (dependencies.length === 0) return { dead: 'no-dependency', names: [] };
    const wrong = dependencies.filter((name) => !isVariable(name));
    if (wrong.length > 0) return { dead: 'dependency-name', names: wrong };
    return living({ and: dependencies.map((name) => ({ name })) });
  }
  const written = parse(conditions);
  if (written === null) return { dead: 'conditions-syntax', names: [] };
  // `-` and `_` are the same letter; of two names that differ only there the later one is meant.
  const spelt = new Map(dependencies.map((name) => [underscored(name), name]));
  const unknown: string[] = [];
  const meant = withNames(written, ({ name, quoted }) => {
    const found = quoted
      ? dependencies.find((one) => one === underscored(name))
      : spelt.get(underscored(name));
    if (found === undefined) unknown.push(name);
    return found ?? name;
  });
  if (unknown.length > 0) return { dead: 'unknown-dependency', names: [...new Set(unknown)] };
  const wrong = namesOf(meant).filter((name) => !isVariable(name));
  if (wrong.length > 0) return { dead: 'dependency-name', names: wrong };
  return living(meant);
}

/** True where the condition can become true by the names alone that `isAlive` takes. */
export function canBecomeTrue(expression: Expression, isAlive: (name: string) => boolean): boolean {
  if ('name' in expression) return isAlive(expression.name);
  return 'and' in expression
    ? expression.and.every((one) => canBecomeTrue(one, isAlive))
    : expression.or.some((one) => canBecomeTrue(one, isAlive));
}

/**
 * All smallest sets of names that make it true, the smaller before the larger, names as they come in it; null
 * where they are more than anybody reads.
 */
export function smallestSets(
  expression: Expression,
  isAlive: (name: string) => boolean = () => true,
): string[][] | null {
  const names = namesOf(expression);
  const sets = names.length > mostNames ? null : setsOf(expression, isAlive);
  const numbered = sets?.map((set) => [...set].map((name) => names.indexOf(name)).sort((a, b) => a - b));
  return (
    numbered
      ?.sort((a, b) => a.length - b.length || firstDifference(a, b))
      .map((set) => set.map((index) => names[index] ?? '')) ?? null
  );
}

function firstDifference(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((one, at) => one !== b[at]);
  return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}

function living(expression: Expression): Conditions {
  const sets = smallestSets(expression);
  return {
    dead: null,
    expression,
    uses: [...new Set(namesOf(expression))],
    firesOn: sets,
    each: !hasAnd(expression),
  };
}

function setsOf(expression: Expression, isAlive: (name: string) => boolean): Set<string>[] | null {
  if ('name' in expression) return isAlive(expression.name) ? [new Set([expression.name])] : [];
  const parts: Set<string>[][] = [];
  for (const part of 'and' in expression ? expression.and : expression.or) {
    const sets = setsOf(part, isAlive);
    if (sets === null) return null;
    parts.push(sets);
  }
  if ('or' in expression) return smallest(parts.flat());
  return parts.reduce<Set<string>[] | null>(
    (left, right) =>
      left === null || left.length * right.length > mostSets * mostSets
        ? null
        : smallest(left.flatMap((one) => right.map((other) => new Set([...one, ...other])))),
    [new Set<string>()],
  );
}

function smallest(sets: readonly Set<string>[]): Set<string>[] | null {
  const kept: Set<string>[] = [];
  for (const set of [...sets].sort((a, b) => a.size - b.size)) {
    if (kept.some((one) => [...one].every((name) => set.has(name)))) continue;
    kept.push(set);
    if (kept.length > mostSets) return null;
  }
  return kept;
}

function hasAnd(expression: Expression): boolean {
  if ('name' in expression) return false;
  const parts = 'and' in expression ? expression.and : expression.or;
  return ('and' in expression && parts.length > 1) || parts.some(hasAnd);
}

function namesOf(expression: Expression): string[] {
  if ('name' in expression) return [expression.name];
  return ('and' in expression ? expression.and : expression.or).flatMap(namesOf);
}

function withNames(expression: Expression, nameOf: (name: Name) => string): Expression {
  if ('name' in expression) return { name: nameOf(expression) };
  const mapped = ('and' in expression ? expression.and : expression.or).map((one) => withNames(one, nameOf));
  return 'and' in expression ? { and: mapped } : { or: mapped };
}

/** Null where it is not of the grammar. `&&` binds tighter than `||`. */
function parse(text: string): Expression | null {
  const tokens = [...text.matchAll(tokenPattern)]
    .map(([token]) => token)
    .filter((token) => token.trim() !== '');
  let at = 0;
  const either = (depth: number): Expression | null => chain(depth, '||', both, (or) => ({ or }));
  const both = (depth: number): Expression | null => chain(depth, '&&', single, (and) => ({ and }));
  const parsed = either(0);
  return at === tokens.length ? parsed : null;

  function chain(
    depth: number,
    operator: string,
    part: (depth: number) => Expression | null,
    join: (parts: Expression[]) => Expression,
  ): Expression | null {
    const parts: Expression[] = [];
    for (;;) {
      const next = part(depth);
      if (next === null) return null;
      parts.push(next);
      if (tokens[at] !== operator) break;
      at += 1;
    }
    return parts.length === 1 ? (parts[0] ?? null) : join(parts);
  }

  function single(depth: number): Expression | null {
    const token = tokens[at] ?? '';
    at += 1;
    if (token === '(' && depth < deepest) {
      const inner = either(depth + 1);
      if (inner === null || tokens[at] !== ')') return null;
      at += 1;
      return inner;
    }
    const quoted = /^(["'])([^"'\\]+)\1$/.exec(token)?.[2];
    if (quoted !== undefined) return isVariable(quoted) ? { name: quoted, quoted: true } : null;
    return isIdentifier(underscored(token)) ? { name: token } : null;
  }
}

const tokenPattern = /&&|\|\||[()]|"[^"]*"|'[^']*'|[\p{L}\p{N}_$-]+|\s+|[\s\S]/gu;

/** A name in a condition, with each `-` as `_`: expr-lang's identifiers, its own words left out. */
function isIdentifier(name: string): boolean {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) && !wordsOfExpr.has(name);
}

/** A dependency's name as govaluate reads it; each `-` in it is escaped for it. */
function isVariable(name: string): boolean {
  return /^\p{L}[\p{L}\p{Nd}_-]*$/u.test(name) && !/^(true|false|in|IN)$/.test(name);
}

function underscored(name: string): string {
  return name.replaceAll('-', '_');
}

const wordsOfExpr = new Set('and or not in matches contains startsWith endsWith true false nil'.split(' '));
/**
 * More ways than this to fire a trigger are not listed, nor those of more names; deeper brackets are not
 * read.
 */
const mostSets = 64;
const mostNames = 500;
const deepest = 1000;

export type Expression = Name | { and: Expression[] } | { or: Expression[] };
interface Name {
  name: string;
  /** Written in quotes: then only a dependency of exactly this name is meant. */
  quoted?: boolean;
}

export type Conditions =
  | {
      dead: null;
      expression: Expression;
      /** Names of the dependencies that it waits for. */
      uses: string[];
      /** Null where they are too many to tell. */
      firesOn: string[][] | null;
      /** Every single event fires at once. */
      each: boolean;
    }
  | {
      /** The trigger never subscribes, although its sensor is accepted. */
      dead: 'conditions-syntax' | 'unknown-dependency' | 'no-dependency' | 'dependency-name';
      /** Of the dependencies that are at fault. */
      names: string[];
    };
