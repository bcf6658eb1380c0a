import type { Place } from '../../source/index.ts';
import type { CommandWord } from './types.ts';

/**
 * The words of a command as flags and what stands between them, as the flag libraries of Go tools read them.
 */
export function readArguments(words: readonly CommandWord[], takesValue: TakesValue): Arguments {
  const read: Arguments = { flags: [], positionals: [] };
  let index = 0;
  const next = (): CommandWord | undefined => {
    index += 1;
    return words[index];
  };
  for (; index < words.length; index += 1) {
    const word = words[index];
    // What follows `--` is for another program.
    if (!word || word.text === '--') break;
    const long = /^--([^=]+)(=?)/.exec(word.text);
    if (long) {
      const [whole, name = '', equals] = long;
      if (equals) read.flags.push({ name, value: partOf(word, whole.length) });
      else read.flags.push({ name, value: takesValue(name) ? next() : undefined });
    } else if (/^-[A-Za-z]/.test(word.text)) {
      readShort(word);
    } else {
      read.positionals.push(word);
    }
  }
  return read;

  /** `-it`, `-n name`, `-nname`, `-n=name`: letters up to the first that takes a value. */
  function readShort(word: CommandWord): void {
    for (let at = 1; at < word.text.length; at += 1) {
      const name = word.text.charAt(at);
      if (!takesValue(name)) {
        read.flags.push({ name, value: undefined });
        continue;
      }
      const from = word.text.charAt(at + 1) === '=' ? at + 2 : at + 1;
      read.flags.push({ name, value: from < word.text.length ? partOf(word, from) : next() });
      return;
    }
  }
}

/** A part of a word; where quotes or escapes stand inside the word, with the place of the whole. */
export function partOf(word: CommandWord, from: number, to = word.text.length): CommandWord {
  const { place } = word;
  const isPlain = place.line === place.endLine && place.endColumn - place.column === word.text.length;
  const own: Place = isPlain
    ? { ...place, column: place.column + from, endColumn: place.column + to }
    : place;
  return { text: word.text.slice(from, to), place: own, open: word.open };
}

/** The parts of a word between separators. */
export function partsOf(word: CommandWord, separator: string): CommandWord[] {
  let from = 0;
  return word.text.split(separator).map((text) => {
    const part = partOf(word, from, from + text.length);
    from += text.length + separator.length;
    return part;
  });
}

/** The values of a flag, by any of its names. */
export function valuesOf({ flags }: Arguments, ...names: string[]): CommandWord[] {
  return flags.flatMap(({ name, value }) => (names.includes(name) && value ? [value] : []));
}

export function hasFlag({ flags }: Arguments, ...names: string[]): boolean {
  return flags.some(({ name }) => names.includes(name));
}

/** Whether the flag of a name, without its dashes, takes the next word as its value. */
export type TakesValue = (name: string) => boolean;

export interface Arguments {
  flags: { name: string; value: CommandWord | undefined }[];
  positionals: CommandWord[];
}
