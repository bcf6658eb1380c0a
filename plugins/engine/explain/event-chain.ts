import { asText, listAt, objectAt, type Said, textAt } from '../../base/index.ts';
import { createFollowUps, type EventRoute, type Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { Place } from '../../source/index.ts';
import { type Spoken, spoken } from './about/named.ts';

/**
 * A route of events as one sentence with what comes after it, and as a chain: the source, what must hold of
 * the event, what is triggered, how often, what that calls, and so on with the events that this gives. Each
 * step has its line.
 */
export function createChains(platform: Platform, nameOf: (id: string) => string): ChainOf {
  const followUps = createFollowUps(platform.model, platform.resource);
  const calls = Map.groupBy(
    platform.model.relations.filter(({ type }) => type === 'calls'),
    ({ from }) => from,
  );
  const named = (id: string) => ({ id, reference: nameOf(id) });

  function stepsOf(route: EventRoute): ChainStep[] {
    const { source, sensor, trigger } = route;
    return [
      ...given(source, (found) => sourceStep(found, route)),
      ...given(sensor, (found) => filterSteps(found, route)),
      ...given(sensor, (found) => triggerSteps(found, route)),
      ...(trigger?.targets ?? []).flatMap((id) => given(id, (found) => [runs(found)])),
      ...(trigger?.targets ?? []).flatMap((id) =>
        (calls.get(id) ?? []).map(
          ({ to, origin }): ChainStep => ({
            ...spoken('chain.calls', { name: nameOf(to) }),
            ...named(to),
            origin,
          }),
        ),
      ),
    ];
  }

  function given(id: string | null, steps: (found: Resource) => ChainStep[]): ChainStep[] {
    const found = id === null ? undefined : platform.resource(id);
    return found === undefined ? [] : steps(found);
  }

  function sourceStep(found: Resource, { type, event }: EventRoute): ChainStep[] {
    const origin = platform.locate(found, type === null ? ['spec'] : ['spec', type, event]);
    return [{ ...spoken('chain.source', { event, type: type ?? '?' }), ...named(found.id), origin }];
  }

  /** What the dependency asks of the event, where it asks anything. */
  function filterSteps(found: Resource, { dependency, origin }: EventRoute): ChainStep[] {
    const index = listAt(found.rendered, 'spec', 'dependencies').findIndex(
      (one) => textAt(one, 'name') === dependency,
    );
    const filters = objectAt(listAt(found.rendered, 'spec', 'dependencies')[index] ?? {}, 'filters');
    const step = spoken('chain.sensor', { dependency: dependency ?? '?' });
    const data = listAt(filters, 'data').map(
      (one, at): ChainStep => ({
        ...spoken('chain.filter', {
          path: textAt(one, 'path') ?? '',
          comparator: textAt(one, 'comparator') || '=',
          values: listAt(one, 'value').map(asText).join(' | '),
        }),
        ...named(found.id),
        origin: platform.locate(found, ['spec', 'dependencies', index, 'filters', 'data', at]),
      }),
    );
    return [{ ...step, ...named(found.id), origin }, ...data];
  }

  function triggerSteps(found: Resource, { trigger }: EventRoute): ChainStep[] {
    if (trigger === null) return [];
    const triggers = listAt(found.rendered, 'spec', 'triggers');
    const index = triggers.findIndex((one) => textAt(one, 'template', 'name') === trigger.name);
    const limit = objectAt(triggers[index] ?? {}, 'rateLimit');
    const { name, action, origin } = trigger;
    const count = limit.requestsPerUnit;
    return [
      { ...spoken('chain.trigger', { name, action }), ...named(found.id), origin },
      ...(typeof count === 'number'
        ? [
            {
              ...spoken('chain.limit', { count, unit: textAt(limit, 'unit') ?? 'Second' }),
              ...named(found.id),
              origin: platform.locate(found, ['spec', 'triggers', index, 'rateLimit']),
            },
          ]
        : []),
    ];
  }

  function runs(found: Resource): ChainStep {
    const { file, line, column, endLine, endColumn } = found.origin;
    return {
      ...spoken('chain.runs', { name: nameOf(found.id) }),
      ...named(found.id),
      origin: { file, line, column, endLine, endColumn },
    };
  }

  return (route) => {
    const next = followUps(route).filter((one) => one !== route);
    const said = next.reduce<Said>(
      (left, one) => ({ key: 'route.andThen', values: { left, action: actionOf(one) } }),
      route.said,
    );
    return {
      ...spoken(said.key as 'route.andThen', said.values),
      steps: stepsOf(route),
      next: next.map((one) => ({ sentence: one.sentence, said: one.said, steps: stepsOf(one) })),
    };
  };
}

/** What a route does, as its own sentence says it. */
function actionOf({ said, trigger }: EventRoute): Said | string {
  const action = said.key === 'route.when' ? said.values?.action : undefined;
  return (typeof action === 'number' ? undefined : action) ?? trigger?.action ?? '?';
}

/** Those that are not told already as what another of them leads to; all where each leads to the next. */
export function withoutContinued<Route extends { sentence: string; chain: Chain }>(
  routes: readonly Route[],
): readonly Route[] {
  const told = new Set(routes.flatMap(({ chain }) => chain.next.map(({ sentence }) => sentence)));
  const own = routes.filter(({ sentence }) => !told.has(sentence));
  return own.length === 0 ? routes : own;
}

export type ChainOf = (route: EventRoute) => Chain;

/** `when alertmanager posts slo-burn and severity is critical → rollback-release; then → POST https://…` */
export interface Chain extends Spoken {
  steps: ChainStep[];
  /** Routes of the events that it gives in its turn. */
  next: (Spoken & { steps: ChainStep[] })[];
}

interface ChainStep extends Spoken {
  /** Of what does it. */
  id: string;
  reference: string;
  origin: Place;
}
