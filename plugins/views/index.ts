/** Views: model → Table or Diagram, pure data. A new view is one file and one row in `registry.ts`. */

export { diagramOf } from './build-diagram.ts';
export { tableOf } from './build-table.ts';
export {
  list as listCell,
  reference as referenceCell,
  text as textCell,
} from './cells.ts';
export { columnInCel, columnSays } from './column-in-cel.ts';
export { diagramViews, tableViews } from './registry.ts';
export type {
  Cell,
  Diagram,
  DiagramNode,
  DiagramOptions,
  DiagramWords,
  Row,
  Table,
  TableOptions,
  TableView,
  ViewFault,
} from './types.ts';
export { unverifiedFrom } from './unread-rows.ts';
export { type WavesShown, wavesOf } from './waves/build-waves.ts';
export { createWaves, type Waves } from './waves/lanes.ts';
export type { Lane, WaveLanes, WaveMap } from './waves/types.ts';
export { countOf as laneCount, wavesToMarkdown } from './waves/write-waves.ts';
export { tableToCsv, tableToMarkdown } from './write-table.ts';
