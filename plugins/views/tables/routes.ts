import type { Route } from '../../model/index.ts';
import { code, list, reference, text } from '../cells.ts';
import { createLookup, nameOf } from '../row-lookup.ts';
import type { Cell, TableView, ViewRow } from '../types.ts';

/** What is reachable from outside, and what answers. */
export const routes: TableView = {
  name: 'routes',
  title: 'Routes',
  summary: 'Every route: host names, gateway, the service that answers, wave and application.',
  subject: 'route',
  columns: [
    { name: 'hostnames', label: 'Host names' },
    { name: 'route', label: 'Route', cel: 'name', says: 'its name' },
    { name: 'gateway', label: 'Gateway', says: 'gateways and listeners that it hangs on' },
    { name: 'backend', label: 'Backend', says: '`service:port` that answers' },
    { name: 'wave', label: 'Wave', align: 'right' },
    { name: 'application', label: 'Application' },
    { name: 'namespace', label: 'Namespace', hidden: true },
    { name: 'kind', label: 'Kind', hidden: true },
    { name: 'file', label: 'File', hidden: true },
  ],
  rows(platform, query) {
    const lookup = createLookup(platform);
    return query.subjects('route').flatMap((subject): ViewRow[] => {
      const { record, resource } = subject;
      const cells = {
        hostnames: list(record.hostnames.map(code)),
        route: reference(nameOf(platform, record.route), record.route),
        gateway: list(
          record.parents.map((parent) =>
            known(parent.section === null ? parent.name : `${parent.name} (${parent.section})`, parent.id),
          ),
        ),
        backend: list(record.backends.map((backend) => backendCell(backend, resource?.namespace ?? null))),
        wave: text(resource?.wave),
        application: lookup.applicationCell(resource?.application ?? null),
        namespace: lookup.namespaceCell(resource?.namespace ?? null),
        kind: text(resource?.kind),
        file: { ...code(record.origin.file), place: record.origin },
      };
      return [{ id: record.route, subject, cells, origin: record.origin }];
    });
  },
};

/** A service in another namespace than the route's says so. */
function backendCell(backend: Route['backends'][number], own: string | null): Cell {
  const elsewhere = backend.namespace !== null && backend.namespace !== own ? `${backend.namespace}/` : '';
  return known(`${elsewhere}${backend.name}${backend.port === null ? '' : `:${backend.port}`}`, backend.id);
}

function known(label: string, id: string | null): Cell {
  return id === null ? { text: label } : { text: label, ref: id };
}
