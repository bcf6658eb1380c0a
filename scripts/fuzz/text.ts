import type { Random } from './random.ts';
import { hostileText, marks } from './words.ts';

/**
 * A text with one to four things done to it that editors, merges, scripts and ill will do. `spare` is a text
 * that parts are taken from.
 */
export function mutated(text: string, random: Random, spare = text): string {
  let result = text;
  for (let step = random.between(1, 4); step > 0; step -= 1)
    result = random.weighted(steps)(result, random, spare);
  return result.slice(0, longest);
}

/** Bytes of a text in an encoding that it may not have. */
export function encoded(text: string, random: Random): string | Buffer {
  return random.weighted<() => string | Buffer>([
    [30, () => text],
    [1, () => `\ufeff${text}`],
    [1, () => text.replaceAll('\n', '\r\n')],
    [1, () => text.replaceAll('\n', '\r')],
    [1, () => Buffer.from(`\ufeff${text}`, 'utf16le')],
    [1, () => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    [1, () => Buffer.from(`${text}\xff\xfe\xe9`, 'latin1')],
    [1, () => Buffer.concat([Buffer.from(text), Buffer.from([0xed, 0xa0, 0x80, 0xc3, 0x28, 0xf0, 0x9f])])],
    [1, () => Buffer.from(text).subarray(0, random.below(text.length + 1))],
  ])();
}

const steps: readonly (readonly [number, Step])[] = [
  [4, inLines((lines, random) => void lines.splice(random.below(lines.length), random.between(1, 3)))],
  [3, inLines((lines, random) => doubled(lines, random))],
  [
    3,
    inLines((lines, random) => {
      const [from, to] = [random.below(lines.length), random.below(lines.length)];
      [lines[from], lines[to]] = [lines[to] ?? '', lines[from] ?? ''];
    }),
  ],
  [3, inLines((lines, random) => indentedOtherwise(lines, random))],
  [
    4,
    inLines((lines, random, spare) => {
      const others = spare.split('\n');
      const from = random.below(others.length);
      lines.splice(random.below(lines.length + 1), 0, ...others.slice(from, from + random.between(1, 6)));
    }),
  ],
  [5, (text, random) => inserted(text, random, random.pick(marks))],
  [3, (text, random) => inserted(text, random, hostileText(random))],
  [6, (text, random) => otherWord(text, random)],
  [3, (text, random) => otherValue(text, random)],
  [2, (text, random) => text.slice(0, random.below(text.length + 1))],
  [
    2,
    (text, random) => {
      const from = random.below(text.length + 1);
      return text.slice(0, from) + text.slice(from + random.between(1, 20));
    },
  ],
  [1, (text, random) => text.slice(random.below(text.length + 1))],
  [1, (text, random) => `${text}${random.pick(['\n', '---\n', '\n---\n', '\n...\n'])}${text}`],
];

function inLines(change: (lines: string[], random: Random, spare: string) => void): Step {
  return (text, random, spare) => {
    const lines = text.split('\n');
    change(lines, random, spare);
    return lines.join('\n');
  };
}

function doubled(lines: string[], random: Random): void {
  const from = random.below(lines.length);
  const part = lines.slice(from, from + random.between(1, 5));
  for (let times = random.pick([1, 1, 1, 2, 30]); times > 0; times -= 1) lines.splice(from, 0, ...part);
}

function indentedOtherwise(lines: string[], random: Random): void {
  const at = random.below(lines.length);
  const by = random.pick(['', ' ', '  ', '\t', '        ']);
  lines[at] = by + (random.chance(0.5) ? (lines[at] ?? '').trimStart() : (lines[at] ?? ''));
}

function inserted(text: string, random: Random, part: string): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + part + text.slice(at);
}

/** One word becomes another: of the text itself, or a hostile one. */
function otherWord(text: string, random: Random): string {
  const words = [...text.matchAll(/[\w.-]+/g)];
  if (words.length === 0) return hostileText(random);
  const from = random.pick(words);
  const to = random.chance(0.5) ? random.pick(words)[0] : hostileText(random);
  return text.slice(0, from.index) + to + text.slice(from.index + from[0].length);
}

/** What stands behind a colon or an equals sign becomes something else. */
function otherValue(text: string, random: Random): string {
  const values = [...text.matchAll(/(?<=[:=][ "']?)[^\n"']+/g)];
  if (values.length === 0) return text;
  const from = random.pick(values);
  return text.slice(0, from.index) + hostileText(random) + text.slice(from.index + from[0].length);
}

/** Larger inputs take time and show nothing that smaller ones do not. */
const longest = 60_000;

type Step = (text: string, random: Random, spare: string) => string;
