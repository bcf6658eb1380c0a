/** Kyverno's wildcards: `*` any run, `?` one character, nothing else; case-sensitive. */
import { compileStates, type Program, runStates } from '../states.ts';

const compiled = new Map<string, Program>();

export function wildcard(pattern: string, value: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === value;
  let program = compiled.get(pattern);
  if (!program) {
    program = compileStates(
      Array.from(pattern, (char) =>
        char === '*'
          ? { type: 'run', except: [] }
          : char === '?'
            ? { type: 'one', except: [] }
            : { type: 'char', char },
      ),
    );
    if (compiled.size > 10_000) compiled.clear();
    compiled.set(pattern, program);
  }
  return runStates(program, value);
}
