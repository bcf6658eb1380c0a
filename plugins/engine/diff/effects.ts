/** What is otherwise about a resource that is on both sides, besides what it says itself. */
import { firstOf } from '../../base/index.ts';
import type { Application, Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { Effect } from './types.ts';

/**
 * @param same the ids of resources that are on both sides: the head's by the base's.
 */
export function openEffects(base: Platform, head: Platform, same: ReadonlyMap<string, string>): Effects {
  const [before, after] = [factsOf(base), factsOf(head)];
  const back = new Map([...same].map(([from, to]) => [to, from]));
  const moves = ordersOf(base, head, same);
  return (from, to, isKnown) => {
    const found: Effect[] = [];
    const tell = (what: Effect['what'], was: string | null, is: string | null) => {
      if (was !== is) found.push({ what, before: was, after: is });
    };
    for (const what of ['application', 'kustomization', 'helmRelease'] as const)
      tell(what, from[what], to[what]);
    tell('wave', waveOf(from), waveOf(to));
    if (!isKnown) return found;
    const move = moves.get(to.id);
    if (move !== undefined) tell('order', move.before, move.after);
    const facts = [before.of(from.id), after.of(to.id)];
    for (const what of ['permitted', 'live', 'store', 'parents', 'backends'] as const)
      tell(what, facts[0]?.[what] ?? null, facts[1]?.[what] ?? null);
    // What is new or gone is told by itself: only what is there on both sides is matched otherwise.
    const [was, is] = [before.matchesOf(from.id), after.matchesOf(to.id)];
    for (const rule of new Set([...was.keys(), ...is.keys()])) {
      const [old, now] = [was.get(rule) ?? [], is.get(rule) ?? []];
      const lost = old.filter((id) => same.has(id) && !now.includes(same.get(id) ?? ''));
      const won = now.filter((id) => back.has(id) && !old.includes(back.get(id) ?? ''));
      if (lost.length > 0)
        found.push({ what: 'matches', before: `${rule}: ${names(lost, base)}`, after: null });
      if (won.length > 0)
        found.push({ what: 'matches', before: null, after: `${rule}: ${names(won, head)}` });
    }
    return found;
  };
}

function waveOf({ phase, wave, kustomization }: Resource): string {
  if (phase === null && kustomization !== null) return 'Flux does not apply it';
  return phase === null ? 'no sync applies it' : `${phase === 'Sync' ? '' : `${phase}, `}wave ${wave}`;
}

/** Facts by the id of the resource that they are about. */
function factsOf(platform: Platform) {
  const { model } = platform;
  const facts = new Map<string, Facts>();
  const add = (id: string, own: Facts) => facts.set(id, { ...facts.get(id), ...own });
  const name = (id: string | null) => {
    const resource = id === null ? undefined : platform.resource(id);
    return resource === undefined ? null : platform.referenceOf(resource);
  };
  for (const { id, permitted } of model.applications) add(id, { permitted: permission(permitted) });
  for (const { externalSecret, store } of model.secrets)
    add(externalSecret, {
      store: name(store.id) ?? `${store.kind}/${store.name}, which is not in this repository`,
    });
  for (const { route, parents, backends } of model.routes)
    add(route, {
      parents: listed(parents.map((one) => name(one.id) ?? `${one.name}, which is not in this repository`)),
      backends: listed(
        backends.map(
          (one) =>
            `${name(one.id) ?? one.name}${one.port === null ? '' : `:${one.port}`}${one.id === null ? ', which is not in this repository' : ''}`,
        ),
      ),
    });
  const live = new Map<string, string[]>();
  for (const route of model.events) {
    const id = route.sensor ?? route.source;
    if (id === null) continue;
    const words = `${route.sourceName}/${route.event} → ${route.trigger?.name ?? 'nothing'}: ${route.live ? 'live' : 'dead'}`;
    live.set(id, [...(live.get(id) ?? []), words]);
  }
  for (const [id, words] of live) add(id, { live: listed(words) });
  const policies = new Map(model.policies.map((policy) => [policy.id, policy]));
  return {
    of: (id: string) => facts.get(id),
    matchesOf: (id: string) =>
      new Map((policies.get(id)?.rules ?? []).map((rule) => [rule.name, rule.matches])),
  };
}

function permission({ ok, reasons }: Application['permitted']): string {
  if (ok === true) return 'permitted by its project';
  const why = reasons.map(({ message }) => message).join('; ');
  return ok === null
    ? `not known whether its project permits it${why === '' ? '' : `: ${why}`}`
    : `its project forbids it: ${why}`;
}

/**
 * Of what is applied at another place in the sequence of its application: what it is now after and before.
 */
function ordersOf(base: Platform, head: Platform, same: ReadonlyMap<string, string>): Map<string, Move> {
  const moves = new Map<string, Move>();
  for (const application of head.model.applications) {
    const was = base.model.applications.find(({ id }) => same.get(id) === application.id);
    if (was === undefined) continue;
    const steps = stepsOf(application);
    const both = [...stepsOf(was)].flatMap(([id, before]) => {
      const to = same.get(id);
      const after = to === undefined ? undefined : steps.get(to);
      return to === undefined || after === undefined ? [] : [{ id, to, before, after }];
    });
    const moved = both.filter(({ id, to }) => {
      const [one, other] = [base.resource(id), head.resource(to)];
      return one !== undefined && other !== undefined && waveOf(one) !== waveOf(other);
    });
    // A folder whose waves all go up alike changes no order.
    for (const one of moved.slice(0, maxMoves)) {
      const turned = both.filter(
        (other) => Math.sign(one.before - other.before) !== Math.sign(one.after - other.after),
      );
      if (turned.length === 0) continue;
      moves.set(one.to, {
        before: words(
          turned,
          (other) => one.before - other.before,
          (other) => other.id,
          base,
        ),
        after: words(
          turned,
          (other) => one.after - other.after,
          (other) => other.to,
          head,
        ),
      });
    }
  }
  return moves;
}

function words<T>(
  turned: T[],
  way: (other: T) => number,
  idOf: (other: T) => string,
  platform: Platform,
): string {
  const groups: [string, T[]][] = [
    ['after', turned.filter((other) => way(other) > 0)],
    ['together with', turned.filter((other) => way(other) === 0)],
    ['before', turned.filter((other) => way(other) < 0)],
  ];
  return groups
    .filter(([, others]) => others.length > 0)
    .map(([word, others]) => `${word} ${names(others.map(idOf), platform)}`)
    .join(', ');
}

function stepsOf({ order }: Application): Map<string, number> {
  return new Map(order.flatMap((ids, step) => ids.map((id) => [id, step])));
}

function names(ids: readonly string[], platform: Platform): string {
  const references = ids.map((id) => {
    const resource = platform.resource(id);
    return resource === undefined ? id : platform.referenceOf(resource);
  });
  return firstOf(references.sort(), maxNames);
}

function listed(texts: string[]): string | null {
  return texts.length === 0 ? null : firstOf([...new Set(texts)].sort(), maxNames);
}

const maxNames = 8;
const maxMoves = 500;

type Facts = Partial<Record<'permitted' | 'live' | 'store' | 'parents' | 'backends', string | null>>;
interface Move {
  before: string;
  after: string;
}
/**
 * What is otherwise about a resource of the base and what it is in the head; where the models do not hold
 * these very ones (`isKnown`), only what they say themselves.
 */
type Effects = (from: Resource, to: Resource, isKnown: boolean) => Effect[];
