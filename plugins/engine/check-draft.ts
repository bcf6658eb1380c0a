import { checkPage, checkText } from './check-pages.ts';
import type { Engine } from './engine.ts';
import type { PageReport } from './judge-page.ts';

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
