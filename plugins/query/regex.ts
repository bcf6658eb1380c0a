import { parsePattern } from '../template/index.ts';
import { compilePattern, type Machine, PatternError } from './automaton.ts';

/**
 * CEL's `matches()`: true where some part of the text matches, in RE2's syntax, which CEL prescribes; back references and
 * look-around are refused, as RE2 does. Throws `PatternError`.
 */
export function compileRegex(pattern: string): (text: string) => boolean {
  return regexMachine(pattern).finds;
}

/** The same as a machine, which knows how much work it is. */
export function regexMachine(pattern: string): Machine {
  let machine = compiled.get(pattern);
  if (machine === undefined) {
    machine = compilePattern(parsed(pattern));
    if (compiled.size > 1000) compiled.clear();
    compiled.set(pattern, machine);
  }
  return machine;
}

function parsed(pattern: string) {
  try {
    return parsePattern(pattern).pattern;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new PatternError(words.replace(/^error parsing regexp: /, ''), 0);
  }
}

const compiled = new Map<string, Machine>();
