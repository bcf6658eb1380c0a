import { startDrawing } from '../pen.ts';
import type { DiagramView } from '../types.ts';
import { said } from '../words.ts';

/** The blast radius: which project contains which sets, and where it may deploy to. */
export const projects: DiagramView = {
  name: 'projects',
  title: 'AppProjects and where they may deploy',
  summary:
    'Projects, the ApplicationSets and hand-written Applications in them, and the namespaces they permit.',
  direction: 'right',
  subject: 'project',
  reads: ['applications'],
  draw(platform, { subjects }) {
    const pen = startDrawing(platform);
    const chosen = new Set(subjects.flatMap(({ resource }) => (resource === undefined ? [] : [resource.id])));
    const generated = new Set(
      platform.model.applications.flatMap((one) => (one.generatedBy === null ? [] : [one.id])),
    );
    for (const id of chosen) pen.resource(id);
    const namespaces = new Set<string>();
    for (const { type, from, to } of platform.model.relations) {
      if (!chosen.has(from) || (type !== 'contains' && type !== 'permits') || generated.has(to)) continue;
      if (type === 'permits') namespaces.add(to);
      pen.edge(pen.resource(from), pen.resource(to), type);
    }
    return pen.finish(
      said('drawing.projects', {
        projects: said('number.project', { count: chosen.size }),
        namespaces: said('number.permittedNamespace', { count: namespaces.size }),
      }),
    );
  },
};
