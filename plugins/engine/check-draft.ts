import { createPositions, pageName } from '../markdown/index.ts';
import { checkPage, checkText } from './check-pages.ts';
import type { Engine } from './engine.ts';
import { judgeDrawing, type PageReport } from './judge-page.ts';

/**
 * One page by itself, as an editor holds it: what others link to is read from that text, too, until it is
 * given as null, which means what the file says.
 * @param path absolute.
 */
export function checkDraft(engine: Engine, path: string, text: string | null): Promise<PageReport> {
  engine.d2.restore();
  engine.pages.hold(path, text);
  // Each has the room of a whole run: an editor asks again and again.
  engine.pages.refresh([path]);
  return text === null ? checkPage(engine, path) : checkText(engine, path, text);
}

/** A file of D2 as an editor holds it, by its absolute path. */
export function checkDrawing(engine: Engine, path: string, text: string): Promise<PageReport> {
  engine.d2.restore();
  engine.work.clear();
  return judgeDrawing(engine, createPositions(pageName(path, engine.platform.config), text), path);
}
