/** Views: model → Table or Diagram, pure data. A new view is one file and one row in `registry.ts` (or `diagram.ts`). */

export { type DiagramResult, diagramOf, diagramViews } from './build-diagram.ts';
export { type TableResult, tableOf } from './build-table.ts';
export { tableViews } from './registry.ts';
export type {
  Cell,
  Column,
  Diagram,
  DiagramEdge,
  DiagramNode,
  DiagramOptions,
  DiagramView,
  Row,
  Table,
  TableOptions,
  TableView,
  ViewFault,
} from './types.ts';
export { type TableLinks, tableToCsv, tableToJson, tableToMarkdown } from './write-table.ts';
