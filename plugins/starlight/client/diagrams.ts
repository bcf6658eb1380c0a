/**
 * Reading aids for diagrams: zoom and pan, full screen, boards as tabs and steps, files to take along, tips
 * on keyboard focus. Without JavaScript a diagram scrolls in its frame and its boards stand one under
 * another.
 */
import { openBoards } from './diagrams/boards.ts';
import { cardOnTap } from './diagrams/card.ts';
import { downloads } from './diagrams/downloads.ts';
import { moveByHand } from './diagrams/gestures.ts';
import { createScreen } from './diagrams/screen.ts';
import { tipsOnFocus } from './diagrams/tips.ts';
import { group, iconButton, setDisabled } from './diagrams/tools.ts';
import { createView, type View } from './diagrams/view.ts';
import { rove } from './rove.ts';
import { type Say, say } from './words.ts';

if (say) for (const figure of document.querySelectorAll<HTMLElement>('.pl-diagram')) enhance(figure, say);

function enhance(figure: HTMLElement, say: Say): void {
  const caption = figure.querySelector<HTMLElement>('figcaption');
  const views = [...figure.querySelectorAll<HTMLElement>('.pl-canvas')].flatMap((canvas): View[] => {
    const svg = canvas.querySelector('svg');
    if (!svg) return [];
    const view = createView(canvas, svg, say, update);
    moveByHand(view);
    return [view];
  });
  if (!caption || views.length === 0) return;
  const title = caption.textContent ?? '';
  // Of several boards one is seen at a time; the tools are for that one.
  const seen = () => views.find(({ canvas }) => canvas.offsetParent !== null);
  const current = () => seen() ?? views[0];

  const smaller = iconButton(say('zoomOut'), 'M3 8h10', '−', () => current()?.zoom(1 / 1.4));
  const larger = iconButton(say('zoomIn'), 'M3 8h10M8 3v10', '+', () => current()?.zoom(1.4));
  const fit = iconButton(say('fit'), 'M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4M6 6h4v4H6z', '0', () =>
    current()?.fit(),
  );
  const screen = createScreen(figure, title, say('fullScreen'), () => {
    for (const view of views) view.fit();
  });
  const tools = group('pl-tools', say('tools', { title }), [
    smaller,
    larger,
    fit,
    screen,
    ...downloads(figure, title, say, () => current()?.svg),
  ]);
  caption.after(tools);
  tools.role = 'toolbar';
  const settleTools = rove(tools, 'button');
  for (const { canvas } of views) rove(canvas, 'a');
  openBoards(figure, title, say, update);
  tipsOnFocus(figure);
  cardOnTap(figure, say);
  new ResizeObserver(update).observe(figure);
  update();

  function update(): void {
    const view = current();
    if (!view) return;
    // Where a list stands in for the drawing there is nothing to zoom; the whole window has the drawing.
    for (const one of [smaller, larger, fit]) one.hidden = !seen();
    setDisabled(smaller, !view.canShrink());
    setDisabled(larger, !view.canGrow());
    setDisabled(fit, !view.isZoomed());
    settleTools();
  }
}
