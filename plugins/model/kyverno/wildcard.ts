/** Kyverno's wildcards: `*` any run, `?` one character, nothing else; case-sensitive. */
import { globTest } from '../../base/index.ts';

const compiled = new Map<string, (value: string) => boolean>();

export function wildcard(pattern: string, value: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === value;
  let test = compiled.get(pattern);
  if (!test) {
    test = globTest(
      Array.from(pattern, (char) =>
        char === '*'
          ? { type: 'run', except: [] }
          : char === '?'
            ? { type: 'one', except: [] }
            : { type: 'char', char },
      ),
    );
    if (compiled.size > 10_000) compiled.clear();
    compiled.set(pattern, test);
  }
  return test(value);
}
