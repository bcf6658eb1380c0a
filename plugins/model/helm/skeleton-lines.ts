/** The lines of a skeleton, with where each part of them was written; and the words for its actions. */

export function openLines(): Lines {
  const lines: Line[] = [{ text: '', spans: [] }];
  let size = 0;

  function shift(given: Shift | null, where: WrittenAt, offset: number): void {
    if (given === null) return;
    if (given.breaks) lines.push({ text: '', spans: [] });
    const line = lines.at(-1);
    if (line === undefined || line.text.trim() !== '') return;
    const missing = ' '.repeat(Math.max(0, given.by - line.text.length));
    if (missing !== '') word(missing, offset, where);
  }

  function text(given: string, offset: number, where: WrittenAt): void {
    let at = offset;
    for (const [index, part] of given.split('\n').entries()) {
      if (index > 0) {
        lines.push({ text: '', spans: [] });
        if (where.indent > 0) word(' '.repeat(where.indent), at, where);
      }
      word(part, at, where);
      at += part.length + 1;
    }
  }

  function word(given: string, offset: number, where: WrittenAt, slot = false): void {
    const line = lines.at(-1);
    if (line === undefined || given === '') return;
    const { block, loop, site } = where;
    const from = line.text.length;
    line.spans.push({
      from,
      block,
      loop,
      ...(site ? { ...site, slot: true } : { file: where.file, offset, slot }),
    });
    line.text += given;
    size += given.length + 1;
  }

  function whole(): { text: string; spans: Span[] } {
    let text = '';
    const spans: Span[] = [];
    for (const line of lines) {
      for (const span of line.spans) spans.push({ ...span, from: text.length + span.from });
      // What stands alone on its line is a part of the mapping around it.
      text += `${line.text}${isSlot(line.text) ? ': ' : ''}\n`;
    }
    return { text, spans };
  }

  return {
    ...{ shift, text, word, whole },
    isFull: () => size > maxSize,
    isBegun: () => lines.at(-1)?.text.trim() !== '',
  };
}

/** What stands for an action. */
export function slotWord(number: number): string {
  return `${opening}${number}${closing}`;
}

/** Numbers of the slots in a text, in sequence. */
export function slotsIn(text: string): number[] {
  return [...text.matchAll(slotPattern)].map(([, index]) => Number(index));
}

/** True of a text that is one slot and nothing else. */
export function isSlot(text: string): boolean {
  return alone.test(text);
}

// Of Unicode's private use: no template holds them, and YAML takes them for letters.
const opening = '\uE000';
const closing = '\uE001';
const slotPattern = /\uE000(\d+)\uE001/g;
const alone = /^\s*\uE000\d+\uE001\s*$/;
const maxSize = 500_000;

interface Lines {
  /** Begins a line, or indents the one that is begun, as `indent` and `nindent` do. */
  shift(given: Shift | null, where: WrittenAt, offset: number): void;
  text(given: string, offset: number, where: WrittenAt): void;
  /** A part of a line. @param slot that it stands for an action. */
  word(given: string, offset: number, where: WrittenAt, slot?: boolean): void;
  whole(): { text: string; spans: Span[] };
  /** Whether no more is to be written. */
  isFull(): boolean;
  /** Whether the last line has words in it. */
  isBegun(): boolean;
}

export interface Shift {
  by: number;
  /** True where a line ends before. */
  breaks: boolean;
}

/** Where in the templates something is written. */
export interface WrittenAt {
  file: string;
  block: number;
  loop: boolean;
  /** Of each line but the first. */
  indent: number;
  /** Where the helper is included that this is a part of, if a line goes on with it. */
  site: { file: string; offset: number } | null;
}

/** A part of the skeleton that was written in one go. */
export interface Span {
  from: number;
  file: string;
  offset: number;
  /** The branch that it stands in; 0 for none. */
  block: number;
  /** True where it is written once for each of several items. */
  loop: boolean;
  /** True where it stands for an action, whose inside `offset` is then. */
  slot: boolean;
}

interface Line {
  text: string;
  /** `from` within the line. */
  spans: Span[];
}
