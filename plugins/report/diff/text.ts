import { createColors } from 'picocolors';
import type { PlatformDiff } from '../../engine/index.ts';
import { visible } from '../frame.ts';
import { headline, partsOf, sidesLine } from './content.ts';
import type { Piece } from './pieces.ts';
import type { DiffIo } from './types.ts';

/** For a terminal: everything, what matters most first, and the numbers on the last line. */
export function diffText(diff: PlatformDiff, io: DiffIo): string {
  const colors = createColors(io.color);
  const line = (pieces: Piece[]) => pieces.map((piece) => printed(piece, colors)).join('');
  const parts = partsOf(diff).map(({ title, about, count, items }) => {
    const tint = title === 'Broken' ? colors.red : title === 'Removed' ? colors.yellow : colors.bold;
    const told = items.map(({ title: head, lines }) =>
      [`  ${line(head)}`, ...lines.map((one) => `    ${line(one)}`)].join('\n'),
    );
    return [`${tint(`${title} (${count})`)} ${colors.dim(about)}`, ...told].join('\n');
  });
  return `${[line(sidesLine(diff)), ...parts, headline(diff)].join('\n\n')}\n`;
}

function printed(piece: Piece, { cyan, bold }: ReturnType<typeof createColors>): string {
  if (typeof piece === 'string') return piece;
  if ('code' in piece) return visible(piece.code);
  if ('strong' in piece) return bold(visible(piece.strong));
  if ('said' in piece) return visible(piece.said);
  return `${cyan(`${visible(piece.file)}:${piece.line}`)}${piece.words === '' ? '' : ` ${visible(piece.words)}`}`;
}
