import { at, type JsonValue, listAt, nearest, textAt } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';

/** The Services of a namespace, and which of them has a name that comes near. */
export function servicesNear(name: string, namespace: string | null, { model }: Platform): NearServices {
  const all = model.resources.filter(
    (one) => one.kind === 'Service' && one.group === '' && one.namespace === namespace,
  );
  const candidates = nearest(
    name,
    all.map((one) => one.name),
  );
  return { all, candidates, closest: all.find((one) => one.name === candidates[0]) };
}

/** `https (HTTPS 443, *.example.com, namespaces Same)`. */
export function listenersOf({ rendered }: Resource): string {
  return listAt(rendered, 'spec', 'listeners')
    .slice(0, 6)
    .map((one) => {
      const protocol = `${textAt(one, 'protocol') ?? ''} ${portOf(one)}`;
      const from = textAt(one, 'allowedRoutes', 'namespaces', 'from') ?? 'Same';
      return `${textAt(one, 'name') ?? ''} (${protocol}, ${textAt(one, 'hostname') ?? 'every host'}, namespaces ${from})`;
    })
    .join(', ');
}

/** `http 80, metrics 9090`. */
export function portsOf({ rendered }: Resource): string {
  const ports = listAt(rendered, 'spec', 'ports').map((one) =>
    [textAt(one, 'name'), portOf(one)].filter(Boolean).join(' '),
  );
  return ports.length === 0 ? 'none' : ports.join(', ');
}

function portOf(written: JsonValue): string {
  return String(at(written, 'port') ?? '');
}

/** Where the Service that is named is there. */
export const noneNear = { candidates: [], closest: undefined };

interface NearServices {
  all: Resource[];
  candidates: string[];
  closest: Resource | undefined;
}
