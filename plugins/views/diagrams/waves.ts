import type { Resource } from '../../model/index.ts';
import { startDrawing } from '../pen.ts';
import { kindCounts } from '../row-lookup.ts';
import type { DiagramView } from '../types.ts';
import { said } from '../words.ts';

/** The steps of each application, in order. */
export const waves: DiagramView = {
  name: 'waves',
  title: 'Sync order',
  summary: 'For each application with more than one step, its waves in the order Argo CD applies them.',
  direction: 'right',
  subject: 'application',
  reads: ['order'],
  draw(platform, { subjects }) {
    const pen = startDrawing(platform);
    const chosen = new Set(subjects.map(({ record }) => record));
    const shown = platform.model.applications.filter((one) => chosen.has(one));
    // A single step has no order to show, unless it is all that was asked for.
    const stepped = shown.filter((one) => one.order.length > 1);
    for (const application of stepped.length > 0 ? stepped : shown) {
      const parent = pen.shape(application.id, {
        label: application.name,
        class: 'application',
        ref: application.id,
      });
      let previous: string | undefined;
      for (const step of application.order) {
        const resources = step.map((id) => platform.resource(id)).filter((one) => one !== undefined);
        const [first] = resources;
        if (first === undefined) continue;
        const fold = { application: null, kind: 'step' };
        const className = classOfStep(first.wave);
        const shape = pen.shape(`${application.id}/${first.phase}/${first.wave}`, {
          label: stepLabel(resources, first),
          class: className,
          parent,
          fold,
        });
        if (previous !== undefined) pen.edge(previous, shape, 'precedes', 'then');
        previous = shape;
      }
    }
    return pen.finish(
      said('drawing.waves', { applications: said('number.application', { count: stepped.length }) }),
    );
  },
};

function stepLabel(resources: Resource[], { wave, phase }: Resource): string {
  const counts = kindCounts(resources);
  const kinds = counts.slice(0, 3).map((one) => one.text);
  const rest = counts.slice(3).reduce((sum, one) => sum + one.count, 0);
  const head = phase === 'Sync' ? `wave ${wave}` : `${phase}, wave ${wave}`;
  return [head, ...kinds, ...(rest > 0 ? [`${rest} more`] : [])].join('\n');
}

/** Foundation, core, edge. */
function classOfStep(wave: number): string {
  return wave < 0 ? 'namespace' : wave === 0 ? 'workload' : 'route';
}
