import type { Code } from 'mdast';
import type { FenceStatement } from '../checks/index.ts';
import { scanAttributes, toAttributes } from './attributes.ts';
import type { Positions } from './positions.ts';

/** A ` ```d2 ` fence with its options, and the way from a place in its text to a place in the page. */
export function fenceStatement(
  node: Code,
  start: number,
  positions: Positions,
  about: Pick<FenceStatement, 'path' | 'heading'>,
): FenceStatement {
  const first = positions.pointAt(start);
  const opening = positions.lineOf(first.line);
  const info = /^(?:`{3,}|~{3,})\s*[^\s`]+/.exec(opening.text.slice(first.column - 1))?.[0] ?? '';
  const metaStart = start + info.length;
  const metaEnd = opening.start + opening.text.length;
  const block = scanAttributes(positions.text, metaStart, metaEnd, '');
  if (block.fault) {
    // What does not parse is one unknown option: the check then names those that there are.
    const at = block.at ?? metaStart;
    block.attributes.push({
      name: positions.text.slice(at, metaEnd).trim(),
      nameStart: at,
      nameEnd: metaEnd,
      value: null,
    });
  }
  const source = node.value.replaceAll('\r\n', '\n');
  const lines = source.split('\n');
  const column = (line: number, within: number): { offset: number } => {
    const real = positions.lineOf(first.line + 1 + line);
    const written = lines[line] ?? '';
    // Lists and quotes put something before each line; what is left of the real line is the fence's own.
    const before = real.text.endsWith(written) ? real.text.length - written.length : 0;
    return { offset: real.start + Math.min(before + within, real.text.length) };
  };
  return {
    type: 'd2',
    place: positions.place(start, metaEnd),
    attributes: toAttributes(block, positions),
    source,
    ...about,
    placeOf(range) {
      const from = column(range.line, range.column).offset;
      const to = column(range.endLine, range.endColumn).offset;
      return positions.place(from, Math.max(to, from + 1));
    },
  };
}
