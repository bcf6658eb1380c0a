import { type JsonPath, oncePer } from '../../base/index.ts';
import type { Place, SourceDocument, SourceFile } from '../../source/index.ts';

/**
 * The lines of a file at a path of one of its documents, without the indentation that the first has. With its
 * key in `keyed` form (`destinations:` and what is below, `- server: …` of a list's item), or the value
 * alone. The comments straight above the first line belong to it, and those below that are indented as what
 * they stand in.
 * @returns undefined where the document has nothing at the path.
 */
export function passageAt(
  file: SourceFile,
  document: SourceDocument,
  path: JsonPath,
  keyed: boolean,
): Passage | undefined {
  const value = document.locate(path);
  if (!value) return undefined;
  const lines = linesIn(file);
  const key = path.length === 0 ? undefined : document.locate(path, { key: true });
  const head = typeof path.at(-1) === 'number' ? (dashBefore(lines, value) ?? value) : (key ?? value);
  const start = keyed ? head : value;
  const deeper = path.length === 0 ? 0 : head.column;
  const minimum = keyed ? deeper : Math.max(deeper, value.column - 1);
  return cut(lines, start, value, minimum);
}

/** Lines of a file by their numbers, from 1, both included; without the indentation that all of them have. */
export function passageOfLines(file: SourceFile, from: number, to: number): Passage {
  const lines = linesIn(file).slice(from - 1, to);
  return { lines: dedent(lines), line: from };
}

/** The lines of a file, of which there may be many excerpts. */
export const linesIn = oncePer(({ text }: SourceFile): readonly string[] => linesOf(text));

/** A text's lines without line ends and trailing blanks; a line end at the very end begins no line. */
export function linesOf(text: string): string[] {
  const lines = text
    .replace(/^\ufeff/, '')
    .split('\n')
    .map((line) => line.replace(/[ \t\r]+$/, ''));
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** Lines without the indentation that all of them have. */
export function dedent(lines: readonly string[]): string[] {
  const depths = lines.filter((line) => line !== '').map(indentOf);
  const least = depths.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);
  return lines.map((line) => line.slice(Math.min(least, line.length)));
}

export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function cut(lines: readonly string[], start: Place, end: Place, minimum: number): Passage {
  const depth = start.column - 1;
  const [top, bottom] = [start.line - 1, Math.max(end.endLine, start.line) - 1];
  const taken = lines.slice(top, bottom + 1);
  const after = (lines[bottom] ?? '').slice(end.endColumn - 1);
  // A comment behind the last value belongs to it; a comma or brace is of the flow around.
  const whole = /^\s*(#.*)?$/.test(after);
  if (!whole) taken[taken.length - 1] = (taken.at(-1) ?? '').slice(0, end.endColumn - 1);
  taken[0] = ' '.repeat(depth) + (taken[0] ?? '').slice(depth);
  const isFirst = (lines[top] ?? '').slice(0, depth).trim() === '';
  const above = isFirst ? commentsAbove(lines, top, depth) : [];
  const below = whole ? commentsBelow(lines, bottom + 1, minimum) : [];
  const all = [...above, ...taken, ...below].map((line) => line.slice(Math.min(depth, indentOf(line))));
  return { lines: all, line: start.line - above.length };
}

function commentsAbove(lines: readonly string[], top: number, depth: number): string[] {
  let from = top;
  while (from > 0 && isComment(lines[from - 1]) && indentOf(lines[from - 1] ?? '') === depth) from -= 1;
  return lines.slice(from, top);
}

/**
 * Comments after the last line that are indented deep enough to belong to it, with the blank lines between.
 */
function commentsBelow(lines: readonly string[], from: number, minimum: number): string[] {
  let to = from;
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line === '') continue;
    if (!isComment(line) || indentOf(line) < Math.max(minimum, 1)) break;
    to = at + 1;
  }
  return lines.slice(from, to);
}

/** The dash of a list's item: before it on its line, or on one above where tags or comments stand between. */
function dashBefore(lines: readonly string[], item: Place): Place | undefined {
  const from = Math.max(0, item.line - 4);
  const above = lines
    .slice(from, item.line - 1)
    .map((line) => `${line}\n`)
    .join('');
  const text = above + (lines[item.line - 1] ?? '').slice(0, item.column - 1);
  const dash = /-(?:[ \t]+(?:[&!]\S*\s+)*|[ \t]*(?:#[^\n]*)?\n\s*(?:[&!]\S*\s+)*)$/.exec(text);
  if (!dash) return undefined;
  const before = text.slice(0, dash.index);
  const line = from + before.split('\n').length;
  const column = dash.index - (before.lastIndexOf('\n') + 1) + 1;
  return /[^\s-]/.test(before.slice(before.lastIndexOf('\n') + 1)) ? undefined : { ...item, line, column };
}

function isComment(line: string | undefined): boolean {
  return line?.trimStart().startsWith('#') === true;
}

/** Lines of a file as an excerpt shows them. */
export interface Passage {
  lines: readonly string[];
  /** Line of the file, from 1, on which the first stands. */
  line: number;
}
