/**
 * A pattern as a machine that looks at each character once (Pike's construction, with captures): time is text length × pattern length
 * whatever the pattern, so that no template can hang. The leftmost match wins, then the one that Perl would find first, as in Go.
 */
import { spend } from '../go/budget.ts';
import { isWord } from './classes.ts';
import { type Assertion, type Pattern, parsePattern } from './parse.ts';

/** @throws Error in Go's words where the pattern is wrong. */
export function compileRegex(source: string): Regex {
  const { pattern, groups, names } = parsePattern(source);
  const program: Instruction[] = [{ op: 'save', slot: 0 }];
  emit(pattern, program, { work: 0 });
  program.push({ op: 'save', slot: 1 }, { op: 'match' });
  return { groups, names, exec: (text, from) => run(program, text, from) };
}

/** Every match from left to right; an empty one right after another is left out, as Go does. */
export function allMatches(regex: Regex, text: string, limit = -1): Match[] {
  const found: Match[] = [];
  let position = 0;
  let previousEnd = -1;
  while (position <= text.length && (limit < 0 || found.length < limit)) {
    const match = regex.exec(text, position);
    if (match === null) break;
    const [start = 0, end = 0] = match;
    if (start !== end || start !== previousEnd) found.push(match);
    previousEnd = end;
    position = end > position ? end : position + ((text.codePointAt(position) ?? 0) > 0xffff ? 2 : 1);
    if (start === end && start > position) position = start;
  }
  return found;
}

function emit(pattern: Pattern, program: Instruction[], budget: { work: number }): void {
  budget.work += 1;
  if (program.length > maximumProgram || budget.work > 20 * maximumProgram)
    throw new Error('error parsing regexp: expression too large');
  switch (pattern.type) {
    case 'char':
      program.push({ op: 'char', test: pattern.test });
      return;
    case 'assert':
      program.push({ op: 'assert', at: pattern.at });
      return;
    case 'sequence':
      for (const part of pattern.parts) emit(part, program, budget);
      return;
    case 'group':
      program.push({ op: 'save', slot: 2 * pattern.number });
      emit(pattern.part, program, budget);
      program.push({ op: 'save', slot: 2 * pattern.number + 1 });
      return;
    case 'choice': {
      const jumps: Split[] = [];
      for (const [index, option] of pattern.options.entries()) {
        if (index === pattern.options.length - 1) {
          emit(option, program, budget);
          break;
        }
        const split = branch(program);
        emit(option, program, budget);
        jumps.push(branch(program));
        split.second = program.length;
      }
      for (const jump of jumps) jump.first = jump.second = program.length;
      return;
    }
    case 'repeat':
      emitRepeat(pattern, program, budget);
  }
}

function emitRepeat(
  pattern: Extract<Pattern, { type: 'repeat' }>,
  program: Instruction[],
  budget: { work: number },
): void {
  const { part, min, max, greedy } = pattern;
  for (let count = 0; count < min; count += 1) emit(part, program, budget);
  const splits: Split[] = [];
  const optional = (): void => {
    const split = branch(program);
    splits.push(split);
    emit(part, program, budget);
  };
  if (max === null) {
    const start = program.length;
    optional();
    const back = branch(program);
    back.first = back.second = start;
  } else for (let count = min; count < max; count += 1) optional();
  for (const split of splits) {
    if (greedy) split.second = program.length;
    else [split.first, split.second] = [program.length, split.first];
  }
}

/** A split whose first way is the next instruction. */
function branch(program: Instruction[]): Split {
  const split: Split = { op: 'split', first: program.length + 1, second: program.length + 1 };
  program.push(split);
  return split;
}

function run(program: Instruction[], text: string, from: number): Match | null {
  const seen = new Int32Array(program.length).fill(-1);
  let threads: Thread[] = [];
  let best: Match | null = null;

  const add = (list: Thread[], start: number, captures: Match, position: number): void => {
    const stack: Thread[] = [{ state: start, captures }];
    for (let thread = stack.pop(); thread !== undefined; thread = stack.pop()) {
      const { state } = thread;
      if (seen[state] === position) continue;
      seen[state] = position;
      const instruction = program[state];
      if (instruction?.op === 'split') {
        stack.push(
          { state: instruction.second, captures: thread.captures },
          { state: instruction.first, captures: thread.captures },
        );
      } else if (instruction?.op === 'save') {
        const saved = [...thread.captures];
        saved[instruction.slot] = position;
        stack.push({ state: state + 1, captures: saved });
      } else if (instruction?.op === 'assert') {
        if (holds(instruction.at, text, position))
          stack.push({ state: state + 1, captures: thread.captures });
      } else list.push(thread);
    }
  };

  for (let position = from; ; ) {
    if (best === null) add(threads, 0, [], position);
    if (threads.length === 0 && best !== null) return best;
    const code = position < text.length ? (text.codePointAt(position) ?? 0) : -1;
    const after = position + (code > 0xffff ? 2 : 1);
    const next: Thread[] = [];
    spend(threads.length);
    for (const { state, captures } of threads) {
      const instruction = program[state];
      if (instruction?.op === 'match') {
        best = captures;
        break;
      }
      if (code >= 0 && instruction?.op === 'char' && instruction.test(code))
        add(next, state + 1, captures, after);
    }
    if (code < 0) return best;
    threads = next;
    position = after;
  }
}

function holds(at: Assertion, text: string, position: number): boolean {
  if (at === 'start') return position === 0;
  if (at === 'end') return position === text.length;
  if (at === 'line-start') return position === 0 || text[position - 1] === '\n';
  if (at === 'line-end') return position === text.length || text[position] === '\n';
  const edge = isWord(text.charCodeAt(position - 1)) !== isWord(text.charCodeAt(position));
  return (at === 'word') === edge;
}

const maximumProgram = 5000;

export interface Regex {
  groups: number;
  names: ReadonlyMap<string, number>;
  /** The first match at or after a place. */
  exec(text: string, from: number): Match | null;
}
/** Start and end of the whole, then of each group; undefined where a group took no part. */
export type Match = (number | undefined)[];

interface Thread {
  state: number;
  captures: Match;
}
interface Split {
  op: 'split';
  first: number;
  second: number;
}
type Instruction =
  | Split
  | { op: 'char'; test: (code: number) => boolean }
  | { op: 'assert'; at: Assertion }
  | { op: 'save'; slot: number }
  | { op: 'match' };
