import type { Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import { canonical, classOf, startDrawing } from '../pen.ts';
import type { DiagramView } from '../types.ts';
import { said } from '../words.ts';

/** A resource and all that the model knows to hold between it and others. */
export const around: DiagramView = {
  name: 'around',
  title: 'Around a resource',
  summary: 'One resource (`of`) with everything it stands in a relation to.',
  direction: 'right',
  subject: null,
  draw(platform, { of }) {
    const pen = startDrawing(platform);
    if (of === null) return pen.finish(said('cell.nothing'));
    pen.shape(of.id, { label: labelOf(of), class: classOf(of), ref: of.id, fold: null });
    const neighbours = new Set<string>();
    // In which order they go says nothing more of what the two are to each other.
    const own = platform.model.relations.filter(
      ({ type, from, to }) => (from === of.id || to === of.id) && type !== 'removed-before',
    );
    const drawn = new Set(own.flatMap(({ type, from, to }) => (type === 'needs' ? [] : `${from} ${to}`)));
    for (const relation of own) {
      // That it is needed goes without saying where it is said what for.
      if (relation.type === 'needs' && drawn.has(`${relation.from} ${relation.to}`)) continue;
      const { type, turned } = canonical(relation.type);
      const [from, to] = turned ? [relation.to, relation.from] : [relation.from, relation.to];
      neighbours.add(from === of.id ? to : from);
      pen.edge(neighbour(platform, pen, from), neighbour(platform, pen, to), type);
    }
    return pen.finish(
      said('drawing.around', {
        kind: of.kind,
        name: of.name,
        resources: said('number.resource', { count: neighbours.size }),
      }),
    );
  },
};

function neighbour(platform: Platform, pen: ReturnType<typeof startDrawing>, id: string): string {
  const resource = platform.resource(id);
  return pen.resource(id, resource === undefined ? {} : { label: labelOf(resource) });
}

function labelOf({ kind, name }: Resource): string {
  return `${kind}\n${name}`;
}
