import type { PageReport } from './judge-page.ts';

/**
 * Whether a page was found to be what it was found to be before: then the report of before stays, of which
 * more is known, and what was made anew need not outlive its check.
 */
export function isSameReport(before: PageReport, now: PageReport): boolean {
  return (
    before.hash === now.hash &&
    before.verdicts.length === now.verdicts.length &&
    before.verdicts.every((verdict, index) => {
      const other = now.verdicts[index];
      return (
        areAlike(verdict.statement, other?.statement, true) &&
        found.every((part) => areAlike(verdict[part], other?.[part]))
      );
    }) &&
    parts.every((part) => areAlike(before[part], now[part]))
  );
}

const found = ['outcome', 'diagnostics', 'unverified', 'result'] as const;

/** All but its digest, which is made of these. */
const parts = ['file', 'diagnostics', 'cases', 'coverage', 'behind', 'leftOut'] as const;

/**
 * Whether two say the same, whatever objects they are made of. It makes nothing: there are thousands of them.
 * @param functions true where those of the one are made of the same text as those of the other.
 */
function areAlike(one: unknown, other: unknown, functions = false, above: object[] = []): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one === 'function') return functions && typeof other === 'function';
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  // A command knows its page, and that its commands.
  if (above.includes(one)) return true;
  above.push(one);
  const found =
    one instanceof Map || one instanceof Set
      ? areAlike([...one], [...(other as typeof one)], functions, above)
      : haveSame(one as Fields, other as Fields, functions, above);
  above.pop();
  return found;
}

function haveSame(one: Fields, other: Fields, functions: boolean, above: object[]): boolean {
  let left = 0;
  for (const key in one) {
    if (!Object.hasOwn(other, key) || !areAlike(one[key], other[key], functions, above)) return false;
    left += 1;
  }
  for (const _ in other) left -= 1;
  return left === 0;
}

type Fields = Record<string, unknown>;
