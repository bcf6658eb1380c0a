/** Regular expressions: CEL's `matches`, Kubernetes' `find`, and the `regex` extension of cel-go. */
import { Optional } from '@marcbachmann/cel-js';
import { compileRe2, type Match } from '../../../base/index.ts';
import { type Meter, patternFor, safeMatches } from '../../environment.ts';
import { type Library, refused, registerAll, registerNamespace } from './library.ts';

export const regexesLibrary: Library = (environment, meter) => {
  const regex = registerNamespace(environment, 'regex');
  const built = (text: string, pattern: string) =>
    patternFor('regular expression', pattern, text, meter, compileRe2, largestPattern);
  const all = (text: string, pattern: string, limit = -1n): string[] => {
    const found: string[] = [];
    if (limit === 0n) return found;
    for (const match of built(text, pattern).all(text)) {
      meter.spend(1);
      found.push(match.group(0) ?? '');
      if (BigInt(found.length) === limit) break;
    }
    return found;
  };
  registerAll(environment, {
    [`string.${safeMatches}(string): bool`]: (text: string, pattern: string) =>
      built(text, pattern).finds(text),
    [`${safeMatches}(string, string): bool`]: (text: string, pattern: string) =>
      built(text, pattern).finds(text),
    'string.find(string): string': (text: string, pattern: string) => all(text, pattern, 1n)[0] ?? '',
    'string.findAll(string): list<string>': (text: string, pattern: string) => all(text, pattern),
    'string.findAll(string, int): list<string>': all,
    [`${regex}.extract(string, string): optional<string>`]: (_: unknown, text: string, pattern: string) =>
      Optional.of(captures(text, pattern, built(text, pattern).all(text), 1)[0]),
    [`${regex}.extractAll(string, string): list<string>`]: (_: unknown, text: string, pattern: string) =>
      captures(text, pattern, built(text, pattern).all(text), Number.POSITIVE_INFINITY),
    [`${regex}.replace(string, string, string): string`]: (
      _: unknown,
      text: string,
      pattern: string,
      to: string,
    ) => replaced(text, built(text, pattern).all(text), to, -1, meter),
    [`${regex}.replace(string, string, string, int): string`]: (
      _: unknown,
      text: string,
      pattern: string,
      to: string,
      times: bigint,
    ) => replaced(text, built(text, pattern).all(text), to, Number(times), meter),
  });
};

/** The one group's text, or all of the match where there is no group. */
function captures(text: string, pattern: string, matches: Iterable<Match>, most: number): string[] {
  const found: string[] = [];
  for (const match of matches) {
    if (match.group(2) !== null)
      throw refused(`regular expression has more than one capturing group: "${pattern}"`);
    const one = match.group(1) ?? match.group(0) ?? text.slice(match.start, match.end);
    found.push(one);
    if (found.length >= most) break;
  }
  return found;
}

/** `\1` stands for a group; @param times below zero for each. */
function replaced(text: string, matches: Iterable<Match>, to: string, times: number, meter: Meter): string {
  let [out, from, count] = ['', 0, 0];
  for (const match of matches) {
    if (times >= 0 && count >= times) break;
    count += 1;
    out +=
      text.slice(from, match.start) +
      to.replace(/\\([\\\d])/g, (_, at: string) => (at === '\\' ? '\\' : (match.group(Number(at)) ?? '')));
    from = match.end;
    meter.spend(1 + (to.length >> 6), out.length);
  }
  return out + text.slice(from);
}

const largestPattern = 5000;
