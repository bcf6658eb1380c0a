/** D2 text → SVG, by one pool of real D2 engines for the whole run. Knows nothing of pages. */

export { classesD2, palette as siteClasses } from './classes.ts';
export { boardLink, boardOf } from './compiled-boards.ts';
export { createD2, type D2, type D2Options } from './create-d2.ts';
export { drawingSteps } from './drawing-work.ts';
export { safeHref } from './href.ts';
export { standalone } from './inline-imports.ts';
export { diagramCss } from './theme.ts';
export type {
  Compiled,
  CompiledBoard,
  CompiledDiagram,
  CompiledDrawing,
  CompiledEdge,
  CompiledIcon,
  D2Error,
  D2Input,
  D2Range,
  RenderOptions,
} from './types.ts';
export { diagramToD2, oneLine, wrapLabels } from './write-d2.ts';
