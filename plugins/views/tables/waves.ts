import { compareText } from '../../base/index.ts';
import { fileCell, text } from '../cells.ts';
import { createLookup } from '../row-lookup.ts';
import type { TableView, ViewRow } from '../types.ts';
import { saidCell } from '../words.ts';

/** Resources that set a wave, in the order in which each application applies them. */
export const waves: TableView = {
  name: 'waves',
  title: 'Sync waves',
  summary: 'Every resource that sets a sync wave, by application and in the order it is applied.',
  subject: 'resource',
  only: 'waveSet',
  columns: [
    { name: 'wave', label: 'Wave', align: 'right' },
    { name: 'kind', label: 'Kind' },
    { name: 'name', label: 'Name' },
    { name: 'namespace', label: 'Namespace' },
    { name: 'application', label: 'Application' },
    { name: 'file', label: 'File' },
    { name: 'stack', label: 'Stack', hidden: true },
    { name: 'layer', label: 'Layer', hidden: true },
    { name: 'phase', label: 'Phase', hidden: true },
  ],
  rows(platform, query) {
    const lookup = createLookup(platform);
    const rows = query.subjects('resource').flatMap((subject): ViewRow[] => {
      const { resource } = subject;
      // What no sync applies has a weight at most, and no place in the sequence.
      if (resource === undefined || !resource.waveSet || resource.phase === null) return [];
      const cells = {
        wave: text(resource.wave),
        kind: text(resource.kind),
        name: { text: resource.name, ref: resource.id },
        namespace: lookup.namespaceCell(resource.namespace),
        // Without an application nothing reads the annotation.
        application:
          resource.application === null
            ? { ...saidCell('cell.none'), tone: 'warn' as const }
            : lookup.applicationCell(resource.application),
        file: fileCell(resource.origin),
        stack: text(resource.stack),
        layer: text(resource.layer),
        phase: text(resource.phase),
      };
      return [{ id: resource.id, subject, cells, origin: resource.origin }];
    });
    return rows.sort(inOrder);
  },
};

function inOrder(first: ViewRow, second: ViewRow): number {
  const [a, b] = [first.subject.resource, second.subject.resource];
  if (a === undefined || b === undefined) return 0;
  if ((a.application === null) !== (b.application === null)) return a.application === null ? 1 : -1;
  return (
    compareText(a.application ?? '', b.application ?? '') ||
    a.wave - b.wave ||
    compareText(a.kind, b.kind) ||
    compareText(a.name, b.name) ||
    compareText(a.id, b.id)
  );
}
