import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Explanation } from '../../../engine/index.ts';
import { refById } from '../html.ts';
import { lineItem, lines, named } from './places.ts';
import type { Section, Thing, ThingKind } from './thing.ts';

/** Of a route: what takes it and why, and where each rule leads, down to the workload. */
export const route: ThingKind = {
  is: ({ group, kind }) => group === 'gateway.networking.k8s.io' && kind.endsWith('Route'),
  sections: (thing) => {
    const { about } = thing.explanation;
    if (about?.is !== 'route') return [];
    const { say } = thing.page.speech;
    const attached = about.parents.map(({ parent, name, listeners, accepted, reason, why, origin }) =>
      lineItem(
        [
          parent === null ? h('code', name) : refById(parent.id, thing.page),
          listeners.length === 0 ? '' : ` (${listeners.join(', ')})`,
          ': ',
          state(accepted, reason, why, thing),
        ],
        origin,
        thing,
      ),
    );
    const rules = about.rules.flatMap(({ matches, filters, backends, origin }) => {
      const what = [...matches, ...filters].join(` ${say('route.either')} `) || say('route.all');
      if (backends.length === 0)
        return [lineItem([h('code', what), ` → ${say('route.noBackend')}`], origin, thing)];
      return backends.map((one) =>
        lineItem([h('code', what), ' → ', ...backend(one, thing)], one.origin, thing),
      );
    });
    const refused = about.refused.map(({ why, origin }) => lineItem(h('span.pl-bad', why), origin, thing));
    return [
      ...section(say('answer.attached'), attached),
      ...section(say('route.rules'), rules),
      ...section(say('route.refused'), refused),
    ];
  },
};

/** Of a Gateway: who comes in by each listener. */
export const gateway: ThingKind = {
  is: ({ group, kind }) =>
    group === 'gateway.networking.k8s.io' && (kind === 'Gateway' || kind === 'ListenerSet'),
  sections: (thing) => {
    const { about } = thing.explanation;
    if (about?.is !== 'gateway') return [];
    const { say } = thing.page.speech;
    const rows = about.listeners.map(({ name, protocol, port, hostname, routes, why, origin }) =>
      lineItem(
        [
          h('strong', name),
          ` ${protocol} ${port ?? '?'}, ${hostname ?? say('route.everyHost')}: `,
          ...(routes.length === 0 ? [say('route.takesNone')] : named(routes, thing)),
          ...(why === null ? [] : ['; ', h('span.pl-warn', why)]),
        ],
        origin,
        thing,
      ),
    );
    return section(say('answer.listeners'), rows);
  },
};

/** Of an Ingress: where each host and path leads. */
export const ingress: ThingKind = {
  is: ({ group, kind }) => group === 'networking.k8s.io' && kind === 'Ingress',
  sections: (thing) => {
    const { about } = thing.explanation;
    if (about?.is !== 'ingress') return [];
    const { say } = thing.page.speech;
    const rows = about.rules.map(({ host, path, backend: to, origin }) =>
      lineItem([h('code', `${host || '*'}${path}`), ' → ', ...backend(to, thing)], origin, thing),
    );
    return section(say('route.rules'), rows);
  },
};

/** `Service/shop:80 → Deployment/shop:8080`, with what is wrong or not known of it. */
function backend(to: Backend, thing: Thing) {
  const { service, name, port, weight, resolved, reason, why, workloads } = to;
  const pods = (workloads ?? []).flatMap((one, index) => [
    index === 0 ? ' → ' : ', ',
    refById(one.id, thing.page),
    one.port === null ? '' : `:${one.port}`,
  ]);
  return [
    service === null ? h('code', name) : refById(service.id, thing.page),
    port === null ? '' : `:${port}`,
    weight === null ? '' : ` (${thing.page.speech.say('route.weight', { weight })})`,
    ...pods,
    ...(resolved === true ? [] : [': ', state(resolved, reason, why, thing)]),
  ];
}

function state(is: boolean | null, reason: string | null, why: string | null, { page }: Thing): Element {
  if (is === null) return h('span.pl-warn', page.speech.say('route.notKnown', { why: why ?? reason ?? '?' }));
  return h(is ? 'span.pl-good' : 'span.pl-bad', [reason ?? '', why ?? ''].filter(Boolean).join(': '));
}

function section(title: string, rows: ReturnType<typeof lineItem>[]): Section[] {
  return rows.length === 0 ? [] : [{ title, body: lines(rows) }];
}

type Backend = Extract<NonNullable<Explanation['about']>, { is: 'ingress' }>['rules'][number]['backend'];
