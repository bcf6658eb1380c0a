import { startDrawing } from '../pen.ts';
import type { DiagramView } from '../types.ts';
import { said } from '../words.ts';

/** Gateway, route, service, workload. */
export const routes: DiagramView = {
  name: 'routes',
  title: 'Routes',
  summary: 'Gateways, the routes attached to them, the services that answer and their workloads.',
  direction: 'right',
  subject: 'route',
  draw(platform, { subjects }) {
    const pen = startDrawing(platform);
    let routes = 0;
    for (const { kind, record } of subjects) {
      if (kind !== 'route') continue;
      routes += 1;
      const label = record.hostnames.length === 0 ? undefined : record.hostnames.join('\n');
      const route = pen.resource(record.route, { class: 'route', ...(label === undefined ? {} : { label }) });
      for (const parent of record.parents) {
        // What surely is not so is not drawn: a Gateway that refuses the route.
        if (parent.accepted === false && parent.id !== null) continue;
        const options = { label: `Gateway ${parent.name}`, class: 'route' };
        pen.edge(
          parent.id === null
            ? pen.shape(`gateway/${parent.namespace}/${parent.name}`, options)
            : pen.resource(parent.id, options),
          route,
          'serves',
          parent.section ?? 'serves',
        );
      }
      for (const backend of record.backends) {
        const name = `${backend.namespace === null ? '' : `${backend.namespace}/`}${backend.name}`;
        const fold = { application: null, kind: 'Service' };
        const target =
          backend.id === null
            ? pen.shape(`service/${name}`, { label: name, class: 'workload', fold })
            : pen.resource(backend.id, { label: name });
        if (backend.resolved === false && backend.id !== null) continue;
        pen.edge(route, target, 'routes-to', backend.port === null ? 'routes to' : `port ${backend.port}`);
        for (const { workload, port } of backend.workloads ?? [])
          pen.edge(target, pen.resource(workload), 'selects', port === null ? 'selects' : `port ${port}`);
      }
    }
    return pen.finish(said('drawing.routes', { routes: said('number.route', { count: routes }) }));
  },
};
