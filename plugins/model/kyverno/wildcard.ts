/** Kyverno's wildcards: `*` any run, `?` one character, nothing else; case-sensitive. */
import { takeSteps } from '../../base/index.ts';

/**
 * On a mismatch only the last `*` takes one character more. Takes steps (`withinSteps`); where there are none
 * left, nothing matches.
 */
export function wildcard(pattern: string, value: string): boolean {
  if (pattern === '*') return takeSteps(value.length / stepTurns);
  const literal = pattern.search(/[*?]/);
  if (literal < 0) return pattern === value;
  // Most that do not match are told by how they begin.
  if (literal > 0 && !value.startsWith(pattern.slice(0, literal))) return false;
  // A character may be two units, which only `?` could take apart.
  const [wanted, given] = pattern.includes('?') ? [Array.from(pattern), Array.from(value)] : [pattern, value];
  let [at, position, star, resume, turns] = [0, 0, -1, 0, 0];
  while (position < given.length) {
    turns += 1;
    if (wanted[at] === '*') {
      star = at;
      resume = position;
      at += 1;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === given[position])) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      resume += 1;
      at = star + 1;
      position = resume;
    } else break;
  }
  while (wanted[at] === '*') at += 1;
  return takeSteps(turns / stepTurns) && position === given.length && at === wanted.length;
}

/** Turns of the loop that are a step. */
const stepTurns = 200;
