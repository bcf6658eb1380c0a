/**
 * The natural order of keys: `a2` before `a10`, what is no letter before letters. Source: go-yaml v2
 * (`sorter.go`).
 */
export function compareKeys(left: string, right: string): number {
  if (left === right) return 0;
  return isLess([...left], [...right]) ? -1 : 1;
}

function isLess(left: readonly string[], right: readonly string[]): boolean {
  for (const [index, a] of left.entries()) {
    const b = right[index];
    if (b === undefined) return false;
    if (a === b) continue;
    const letters = [isLetter(a), isLetter(b)];
    if (letters[0] && letters[1]) return codeOf(a) < codeOf(b);
    if (letters[0] || letters[1]) return letters[1] === true;
    const lead = a === '0' || b === '0' ? leadOf(left, index) : 0;
    const [x, y] = [numberAt(left, index, lead), numberAt(right, index, lead)];
    if (x.value !== y.value) return x.value < y.value;
    if (x.end !== y.end) return x.end < y.end;
    return codeOf(a) < codeOf(b);
  }
  return left.length < right.length;
}

/** 1 where the digits before, which both have, are more than zeros: a `0` then counts. */
function leadOf(text: readonly string[], index: number): number {
  for (let at = index - 1; at >= 0 && isDigit(text[at]); at -= 1) if (text[at] !== '0') return 1;
  return 0;
}

function numberAt(text: readonly string[], start: number, lead: number): { value: bigint; end: number } {
  let value = BigInt(lead);
  let end = start;
  for (; isDigit(text[end]); end += 1)
    value = BigInt.asIntN(64, value * 10n + BigInt(codeOf(text[end]) - 48));
  return { value, end };
}

const codeOf = (character = ''): number => character.codePointAt(0) ?? 0;
const isLetter = (character: string): boolean => /\p{L}/u.test(character);
const isDigit = (character = ''): boolean => /\p{Nd}/u.test(character);
