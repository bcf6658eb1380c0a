import { startDrawing } from '../pen.ts';
import type { DiagramView } from '../types.ts';
import { said } from '../words.ts';

/** From application set to application to namespace, inside their projects. */
export const applications: DiagramView = {
  name: 'applications',
  title: 'Applications',
  summary:
    'ApplicationSets, the applications that they generate, and the namespaces these deploy to, by project.',
  direction: 'right',
  subject: 'application',
  draw(platform, { subjects }) {
    const pen = startDrawing(platform);
    const { model } = platform;
    const projects = new Map(model.projects.map((one) => [one.name, one.id]));
    const namespaces = new Map(
      model.resources
        .filter((one) => one.kind === 'Namespace' && one.group === '')
        .map((one) => [one.name, one.id]),
    );
    const chosen = new Set(subjects.map(({ record }) => record));
    const shown = model.applications.filter((one) => chosen.has(one));
    const box = (project: string): string =>
      pen.shape(`project/${project}`, {
        label: `project ${project}`,
        class: 'project',
        ref: projects.get(project) ?? null,
      });
    for (const application of shown) {
      const parent = box(application.project);
      const fold = { application: null, kind: 'Application' };
      const shape = pen.shape(application.id, {
        label: application.name,
        class: 'application',
        parent,
        ref: application.id,
        fold,
      });
      if (application.generatedBy !== null) {
        pen.edge(pen.resource(application.generatedBy, { parent }), shape, 'generates');
      }
      const { namespace } = application.destination;
      if (namespace === null) continue;
      const id = namespaces.get(namespace);
      const target =
        id === undefined
          ? pen.shape(`namespace/${namespace}`, { label: namespace, class: 'namespace' })
          : pen.resource(id);
      pen.edge(shape, target, 'deploys-to');
    }
    return pen.finish(
      said('drawing.applications', {
        applications: said('number.application', { count: shown.length }),
        projects: said('number.project', { count: new Set(shown.map((one) => one.project)).size }),
      }),
    );
  },
};
