import type { DrawnBoard, DrawnDiagram } from '../../checks/index.ts';
import type { Speech } from '../../words/index.ts';

/**
 * The boards of a diagram as a page shows them: each layer and scenario begins a sequence of its own, which
 * the steps drawn over it follow. The diagram's own board comes first; a board on which nothing is drawn is
 * left out, but never all.
 * @param anchor makes the id under which a board can be linked to; called once a board, in their order.
 */
export function sequencesOf(
  drawing: DrawnDiagram,
  { say }: Speech,
  anchor: (name: string) => string,
): Sequence[] {
  const own = ownBoard(drawing);
  const sequences = new Map<string, Board[]>();
  const hasOwn = own.shapes.length > 0 || drawing.boards.every(({ shapes }) => shapes.length === 0);
  const names = new Map([['', say(hasOwn ? 'figure.overview' : 'figure.steps')]]);
  if (hasOwn) sequences.set('', [own]);
  for (const board of drawing.boards) {
    const parent = parentOf(board, drawing.boards);
    names.set(board.id, parent === null ? board.name : `${names.get(parent.id)} / ${board.name}`);
    if (board.shapes.length === 0) continue;
    const key = board.kind === 'step' ? (parent?.id ?? '') : board.id;
    sequences.set(key, [...(sequences.get(key) ?? []), board]);
  }
  return [...sequences].map(([key, boards]) => {
    const name = names.get(key) ?? key;
    const captionOf = (board: Board, index: number) => {
      const place = { board: name, step: index + 1, steps: boards.length };
      const step = say(sequences.size > 1 ? 'figure.stepOf' : 'figure.step', place);
      if (boards.length === 1) return name;
      return index === 0 || board.name === '' ? step : `${step}: ${board.name}`;
    };
    return {
      name,
      panels: boards.map((board, index) => ({
        board,
        anchor: anchor(board.id === '' ? 'base' : board.id.replaceAll('.', ' ')),
        caption: captionOf(board, index),
      })),
    };
  });
}

/** The diagram's own board. */
export function ownBoard(drawing: DrawnDiagram): Board {
  const { shapes, least } = drawing.compiled;
  return { ...drawing, id: '', name: '', shapes, least };
}

/**
 * The board that another lies in. Names may hold dots of their own, so ids are compared and not taken apart.
 */
function parentOf({ id }: DrawnBoard, boards: DrawnBoard[]): DrawnBoard | null {
  const around = boards.filter((board) => id.startsWith(`${board.id}.`));
  return around.reduce<DrawnBoard | null>(
    (inner, board) => (inner === null || board.id.length > inner.id.length ? board : inner),
    null,
  );
}

/** Boards of which the reader sees one at a time, in order. */
export interface Sequence {
  name: string;
  panels: Panel[];
}

export interface Panel {
  board: Board;
  /** Id of the panel in the page. */
  anchor: string;
  caption: string;
}

/** A board, or the diagram's own, whose id and name are empty. */
export type Board = Pick<DrawnBoard, 'id' | 'name' | 'shapes' | 'least' | 'bound' | 'edges'>;
