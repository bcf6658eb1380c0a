import type { Element } from 'hast';
import type { DrawnDiagram, Located, Verdict } from '../../checks/index.ts';
import type { Unverified } from '../../source/index.ts';
import type { ElementContext } from './hast.ts';

/** Puts what a verdict resolved to in the place of its statement, by changing the node or its siblings. */
export type StatementWriter<V extends Verdict> = (
  verdict: V,
  located: Located,
  page: LivePage,
) => void | Promise<void>;

/** A page on which statements become HTML. */
interface LivePage extends ElementContext {
  /** Draws a diagram; all of a page share it, so that no two have the same ids. */
  draw(drawing: DrawnDiagram, unverified: Unverified[]): Promise<Element>;
}
