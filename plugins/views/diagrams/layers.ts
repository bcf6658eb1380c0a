import { counted } from '../../base/index.ts';
import type { RelationType } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import { startDrawing } from '../pen.ts';
import { bootstrapParts } from '../tables/bootstrap.ts';
import type { DiagramView } from '../types.ts';
import { said } from '../words.ts';

/** Bootstrap and reconciled layer side by side, and what the first gives to the second. */
export const layers: DiagramView = {
  name: 'layers',
  title: 'Bootstrap and GitOps',
  summary: 'The parts of bootstrap, the stacks of the reconciled layer, and what holds between them.',
  direction: 'right',
  subject: 'stack',
  reads: ['applications'],
  draw(platform, { subjects }) {
    const pen = startDrawing(platform);
    const { model } = platform;
    const paths = (name: string): string =>
      model.layers
        .filter((layer) => layer.name === name)
        .flatMap((layer) => layer.paths)
        .map((path) => `${path}/`)
        .join(', ');
    const parts = bootstrapParts(platform);
    const shapeOf = new Map<string, string>();
    if (parts.length > 0) {
      const container = pen.shape('bootstrap', {
        label: `Bootstrap ${paths('bootstrap')}\napplied once`,
        class: 'bootstrap',
      });
      for (const part of parts) {
        const fold = { application: null, kind: 'part' };
        const shape = pen.shape(`part/${part.path}`, {
          label: part.name,
          class: 'bootstrap',
          parent: container,
          fold,
        });
        for (const resource of part.resources) shapeOf.set(resource.id, shape);
      }
    }
    const container = pen.shape('gitops', {
      label: `GitOps ${paths('gitops')}\ncontinuously reconciled`,
      class: 'gitops',
    });
    const stackShapes = new Map<string, string>();
    for (const { kind, record } of subjects) {
      if (kind !== 'stack') continue;
      const fold = { application: null, kind: 'stack' };
      const label = `${record.name}\n${counted(record.applications.length, 'application')}`;
      stackShapes.set(
        record.name,
        pen.shape(`stack/${record.path}`, {
          label,
          class: 'gitops',
          parent: container,
          ref: record.applicationSet,
          fold,
        }),
      );
    }
    for (const [id, stack] of stackOf(platform)) {
      const shape = stackShapes.get(stack);
      if (shape !== undefined && !shapeOf.has(id)) shapeOf.set(id, shape);
    }
    const gitops = new Set(stackShapes.values());
    const joined = new Set<string>();
    // One edge a pair: the first of the types that holds says most.
    for (const wanted of crossing) {
      for (const { type, from, to } of model.relations) {
        const [start, end] = [shapeOf.get(from), shapeOf.get(to)];
        if (type !== wanted || start === undefined || end === undefined) continue;
        if (gitops.has(start) || !gitops.has(end) || joined.has(`${start}>${end}`)) continue;
        pen.edge(start, end, type);
        joined.add(`${start}>${end}`);
      }
    }
    return pen.finish(
      said('drawing.layers', {
        parts: said('number.part', { count: parts.length }),
        stacks: said('number.stack', { count: stackShapes.size }),
      }),
    );
  },
};

function stackOf({ model }: Platform): Map<string, string> {
  return new Map(
    model.resources.flatMap((resource) => (resource.stack === null ? [] : [[resource.id, resource.stack]])),
  );
}

/** What bootstrap gives to the stacks, the most telling first. */
const crossing: RelationType[] = ['deploys', 'contains', 'serves', 'provides'];
