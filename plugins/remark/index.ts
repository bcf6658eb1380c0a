/**
 * mdast in, mdast out: takes what a page states out of its Markdown and puts what the model says in its
 * place.
 */

export { withPlainLinks } from './html/content-text.ts';
export {
  breakable,
  breakableName,
  type Content,
  linkElement,
  listElement,
  withCode,
} from './html/elements.ts';
export { drawForms } from './html/forms.ts';
export type { ElementContext, PageLinks } from './html/hast.ts';
export { become } from './html/live.ts';
export { cellContent } from './html/table-element.ts';
export { type TableFigureColumn, type TableParts, tableFigure } from './html/table-figure.ts';
export { waveMapElement } from './html/wave-map.ts';
export { lanesElement } from './html/waves-element.ts';
export { remarkPlumbline } from './remark-plugin.ts';
