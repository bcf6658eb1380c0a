import { type DrawnDiagram, isVerdictOf, type Verdict } from '../../checks/index.ts';
import { boardOf, type D2Input } from '../../d2/index.ts';
import type { Engine } from '../../engine/index.ts';
import { type Board, ownBoard } from './board-tabs.ts';
import { isWorth, turnedInput } from './pictures.ts';

/** A board from top to bottom, where a page shows that too; it is drawn for that. */
export async function turnedForm({ d2 }: Engine, input: D2Input, board: Board): Promise<TurnedForm | null> {
  const turned = turnedInput(input, board);
  if (turned === null) return null;
  const compiled = await d2.compile(turned);
  if (!compiled.ok) return null;
  const { least } = boardOf(compiled, board.id === '' ? undefined : board.id).drawing;
  return isWorth(least, board.least) ? { input: turned, least } : null;
}

/**
 * Has all forms of the diagrams of pages drawn by the engines that have drawn them once: where they are found
 * in the cache when a page is rendered, nobody starts another.
 */
export async function drawForms(engine: Engine, verdicts: Verdict[]): Promise<void> {
  const formsOf = (drawing: DrawnDiagram) =>
    [ownBoard(drawing), ...drawing.boards].map((board) => turnedForm(engine, drawing.input, board));
  const drawings = verdicts.flatMap((verdict) =>
    isVerdictOf(verdict, 'd2') || isVerdictOf(verdict, 'diagram') ? (verdict.result ?? []) : [],
  );
  await Promise.all(drawings.flatMap(formsOf));
}

interface TurnedForm {
  input: D2Input;
  least: number;
}
