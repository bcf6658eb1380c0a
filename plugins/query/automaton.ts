/**
 * A pattern as a machine that looks at each character once: time is text length × pattern length whatever the pattern,
 * so that no page can hang a build (a JavaScript regular expression can). No captures, no back references.
 */
export function compilePattern(pattern: Pattern, limit = 1000): Machine {
  const program: Program = Object.assign([], { work: 0 });
  emit(pattern, program, limit);
  program.push({ op: 'match' });
  return {
    matches: (text) => run(program, text, true),
    finds: (text) => run(program, text, false),
    size: program.length,
    work: program.work,
  };
}

/** The pattern cannot be used; `message` says why, `offset` where in it. */
export class PatternError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

function emit(pattern: Pattern, program: Program, limit: number): void {
  program.work += 1;
  if (program.length > limit || program.work > 20 * limit)
    throw new PatternError('the pattern is too large', 0);
  switch (pattern.type) {
    case 'char':
      program.push({ op: 'char', test: pattern.test });
      return;
    case 'assert':
      program.push({ op: 'assert', at: pattern.at });
      return;
    case 'sequence':
      for (const part of pattern.parts) emit(part, program, limit);
      return;
    case 'group':
      emit(pattern.part, program, limit);
      return;
    case 'choice':
      emitChoice(pattern.options, program, limit);
      return;
    case 'repeat':
      emitRepeat(pattern, program, limit);
  }
}

function emitChoice(options: Pattern[], program: Program, limit: number): void {
  const jumps: Jump[] = [];
  options.forEach((option, index) => {
    if (index === options.length - 1) {
      emit(option, program, limit);
      return;
    }
    const split: Split = { op: 'split', first: program.length + 1, second: 0 };
    program.push(split);
    emit(option, program, limit);
    const jump: Jump = { op: 'jump', to: 0 };
    program.push(jump);
    jumps.push(jump);
    split.second = program.length;
  });
  for (const jump of jumps) jump.to = program.length;
}

function emitRepeat(pattern: Extract<Pattern, { type: 'repeat' }>, program: Program, limit: number): void {
  for (let count = 0; count < pattern.min; count++) emit(pattern.part, program, limit);
  if (pattern.max === null) {
    const split: Split = { op: 'split', first: program.length + 1, second: 0 };
    const start = program.length;
    program.push(split);
    emit(pattern.part, program, limit);
    program.push({ op: 'jump', to: start });
    split.second = program.length;
    return;
  }
  const splits: Split[] = [];
  for (let count = pattern.min; count < pattern.max; count++) {
    const split: Split = { op: 'split', first: program.length + 1, second: 0 };
    program.push(split);
    splits.push(split);
    emit(pattern.part, program, limit);
  }
  for (const split of splits) split.second = program.length;
}

/** All states at once (Thompson's construction); `whole` anchors both ends. */
function run(program: Instruction[], text: string, whole: boolean): boolean {
  const seen = new Int32Array(program.length).fill(-1);
  const stack: number[] = [];
  let current: number[] = [];
  let next: number[] = [];

  /** Adds a state with all that it reaches without a character; true where that is the end of the pattern. */
  const add = (states: number[], from: number, position: number): boolean => {
    stack.push(from);
    while (stack.length > 0) {
      const state = stack.pop() as number;
      if (seen[state] === position) continue;
      seen[state] = position;
      const instruction = program[state];
      if (instruction === undefined) continue;
      if (instruction.op === 'jump') stack.push(instruction.to);
      else if (instruction.op === 'split') stack.push(instruction.second, instruction.first);
      else if (instruction.op === 'assert') {
        if (holds(instruction.at, text, position)) stack.push(state + 1);
      } else if (instruction.op === 'char') states.push(state);
      else if (!whole || position === text.length) {
        stack.length = 0;
        return true;
      }
    }
    return false;
  };

  if (add(current, 0, 0)) return true;
  for (let position = 0; position < text.length; ) {
    const code = text.codePointAt(position) as number;
    const after = position + (code > 0xffff ? 2 : 1);
    next = [];
    for (const state of current) {
      const instruction = program[state];
      if (instruction?.op === 'char' && instruction.test(code) && add(next, state + 1, after)) return true;
    }
    if (!whole && add(next, 0, after)) return true;
    if (whole && next.length === 0) return false;
    current = next;
    position = after;
  }
  return false;
}

function holds(at: Assertion, text: string, position: number): boolean {
  if (at === 'start') return position === 0;
  if (at === 'end') return position === text.length;
  if (at === 'line-start') return position === 0 || text[position - 1] === '\n';
  if (at === 'line-end') return position === text.length || text[position] === '\n';
  const edge = isWord(text.charCodeAt(position - 1)) !== isWord(text.charCodeAt(position));
  return at === 'word' ? edge : !edge;
}

function isWord(code: number): boolean {
  return (
    (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122)
  );
}

/** `work` counts steps of building, so that repetitions of nothing end too. */
type Program = Instruction[] & { work: number };

export interface Machine {
  /** The whole text is as the pattern says. */
  matches(text: string): boolean;
  /** Some part of the text is. */
  finds(text: string): boolean;
  /** Instructions: each is looked at once a character at most. */
  size: number;
  /** Steps that building it took. */
  work: number;
}

export type Pattern =
  | { type: 'char'; test: (code: number) => boolean }
  | { type: 'assert'; at: Assertion }
  | { type: 'sequence'; parts: Pattern[] }
  | { type: 'choice'; options: Pattern[] }
  | { type: 'group'; part: Pattern }
  | { type: 'repeat'; part: Pattern; min: number; max: number | null };

export type Assertion = 'start' | 'end' | 'line-start' | 'line-end' | 'word' | 'not-word';

type Jump = { op: 'jump'; to: number };
type Split = { op: 'split'; first: number; second: number };
type Instruction =
  | Jump
  | Split
  | { op: 'char'; test: (code: number) => boolean }
  | { op: 'assert'; at: Assertion }
  | { op: 'match' };
