import type { Proposal } from './proposal.ts';

/** How requests come in, and where data lies. The most telling first. */
export const traffic: Proposal[] = [
  {
    topic: 'gateway',
    over: 'route',
    of: 'written',
    read: "parents.size() == 1 ? parents[0].name : ''",
    test: (name) => `parents.exists(p, p.name == '${name}')`,
    says: (but, name) => `Every route${but} hangs on the gateway \`${name}\``,
  },
  {
    topic: 'hosts',
    over: 'route',
    of: 'written && hostnames.size() > 0',
    read: 'hostnames[0]',
    part: domainOf,
    test: (domain) => `hostnames.all(h, h.endsWith('.${domain}'))`,
    says: (but, domain) => `Every route${but} answers under the domain \`${domain}\``,
  },
  {
    topic: 'tls',
    of: "written && kind == 'Ingress'",
    all: 'spec.?tls.orValue([]).size() > 0',
    says: (but) => `Every Ingress${but} is served over TLS`,
  },
  {
    topic: 'hosts',
    of: "written && kind == 'Ingress'",
    read: "spec.?rules.orValue([]).size() > 0 ? spec.rules[0].?host.orValue('') : ''",
    part: domainOf,
    test: (domain) => `spec.?rules.orValue([]).all(r, r.?host.orValue('').endsWith('.${domain}'))`,
    says: (but, domain) => `Every Ingress${but} answers under the domain \`${domain}\``,
  },
  {
    topic: 'exposed',
    of: "written && kind == 'Service'",
    least: 3,
    none: "spec.?type.orValue('') == 'LoadBalancer'",
    says: (but) => `No Service${but} is a LoadBalancer`,
  },
  {
    topic: 'ingress-class',
    of: "written && kind == 'Ingress'",
    read: "spec.?ingressClassName.orValue('')",
    test: (name) => `spec.?ingressClassName.orValue('') == '${name}'`,
    says: (but, name) => `Every Ingress${but} is of the class \`${name}\``,
  },
  {
    topic: 'issuer',
    of: "written && kind == 'Certificate'",
    read: "spec.?issuerRef.?name.orValue('')",
    test: (name) => `spec.?issuerRef.?name.orValue('') == '${name}'`,
    says: (but, name) => `Every Certificate${but} is issued by \`${name}\``,
  },
  {
    topic: 'storage',
    of: "written && kind == 'PersistentVolumeClaim'",
    read: "spec.?storageClassName.orValue('')",
    test: (name) => `spec.?storageClassName.orValue('') == '${name}'`,
    says: (but, name) => `Every PersistentVolumeClaim${but} is of the storage class \`${name}\``,
  },
  {
    topic: 'jobs',
    of: "written && kind == 'CronJob'",
    all: "spec.?concurrencyPolicy.orValue('') == 'Forbid'",
    says: (but) => `No CronJob${but} runs beside itself`,
  },
  {
    topic: 'events',
    over: 'event',
    of: 'written',
    all: 'live',
    says: (but) => `Every event${but} has a sensor that something comes of`,
  },
];

/**
 * The domain that names under it are given in: the last two labels, three where the last two are those of a
 * country's registry, such as `co.uk`. Empty of what is none.
 */
function domainOf(host: string): string {
  const labels = host.split('.');
  const own = /(?:^|[.])(?:ac|co|com|edu|go|gob|gov|gouv|ne|net|nom|or|org)[.][a-z]{2}$/.test(host) ? 3 : 2;
  return labels.length > own ? labels.slice(-own).join('.') : '';
}
