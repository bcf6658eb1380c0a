import type { Route } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import { code, list, reference, text, yes } from '../cells.ts';
import { createLookup, nameOf } from '../row-lookup.ts';
import type { Cell, TableView, ViewRow } from '../types.ts';
import { saidCell } from '../words.ts';

/** What is reachable from outside, and what answers. */
export const routes: TableView = {
  name: 'routes',
  title: 'Routes',
  summary:
    'Every route: host names, gateway, the service that answers, whether it is accepted, wave and application.',
  subject: 'route',
  columns: [
    { name: 'hostnames', label: 'Host names' },
    { name: 'route', label: 'Route', cel: 'name', says: 'its name' },
    { name: 'gateway', label: 'Gateway', says: 'gateways and listeners that it hangs on' },
    { name: 'backend', label: 'Backend', says: '`service:port` that answers' },
    { name: 'accepted', label: 'Accepted', says: '`yes`, or the reason why no listener takes it' },
    { name: 'workload', label: 'Workload', hidden: true, says: 'who answers, with the container port' },
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
        accepted: acceptedCell(record),
        workload: list(record.backends.flatMap((backend) => workloadCells(backend, platform))),
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

/** A listener that takes it is enough; else what each parent says. */
function acceptedCell({ accepted, parents }: Route): Cell {
  if (accepted) return yes(true, { yes: 'good' });
  if (accepted === null) return { ...saidCell('cell.notVerified'), tone: 'warn' };
  return list(
    parents.map(
      ({ reason, why }): Cell => ({ text: reason ?? (why ?? '').replaceAll('`', ''), tone: 'bad' }),
    ),
  );
}

function workloadCells({ workloads }: Route['backends'][number], platform: Platform): Cell[] {
  return (workloads ?? []).map(({ workload, port }) =>
    known(`${nameOf(platform, workload)}${port === null ? '' : `:${port}`}`, workload),
  );
}

function known(label: string, id: string | null): Cell {
  return id === null ? { text: label } : { text: label, ref: id };
}
