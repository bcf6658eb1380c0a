/** Classes of characters, ASCII as in RE2 but for `\p{…}`. */
const isDigit: Test = (code) => code >= 48 && code <= 57;
const isUpper: Test = (code) => code >= 65 && code <= 90;
const isLower: Test = (code) => code >= 97 && code <= 122;
const isAlpha: Test = (code) => isUpper(code) || isLower(code);
export const isWord: Test = (code) => isAlpha(code) || isDigit(code) || code === 95;
const isBlank: Test = (code) => code === 32 || code === 9;

/** `d`, `s`, `w`, or `p{Name}` by Unicode's tables. */
export function classOf(name: string): Test | undefined {
  if (name === 'd') return isDigit;
  if (name === 'w') return isWord;
  // RE2's `\s` has no vertical tab.
  if (name === 's') return (code) => code === 32 || (code >= 9 && code <= 13 && code !== 11);
  if (!/^p\{\w+\}$/.test(name)) return undefined;
  for (const form of [name, name.replace('{', '{Script=')]) {
    try {
      const pattern = new RegExp(`^\\${form}$`, 'u');
      return (code) => pattern.test(String.fromCodePoint(code));
    } catch {
      // Not a category: perhaps a script.
    }
  }
  return undefined;
}

export function posixClass(name: string): Test | undefined {
  return posix[name];
}

const posix: Record<string, Test | undefined> = {
  alnum: (code) => isAlpha(code) || isDigit(code),
  alpha: isAlpha,
  ascii: (code) => code < 128,
  blank: isBlank,
  cntrl: (code) => code < 32 || code === 127,
  digit: isDigit,
  graph: (code) => code > 32 && code < 127,
  lower: isLower,
  print: (code) => code >= 32 && code < 127,
  punct: (code) => code > 32 && code < 127 && !isAlpha(code) && !isDigit(code),
  space: (code) => code === 32 || (code >= 9 && code <= 13),
  upper: isUpper,
  word: isWord,
  xdigit: (code) => isDigit(code) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102),
};

export type Test = (code: number) => boolean;
