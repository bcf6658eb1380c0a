import { type Application, type Resource, relationTypes } from '../model/index.ts';
import type { Platform } from '../platform/index.ts';
import type { Origin } from '../render/index.ts';
import type { Place, Unverified } from '../source/index.ts';
import { checkPages } from './check-pages.ts';
import type { Engine } from './engine.ts';
import { type Mention, mentionsOf } from './mentions.ts';

/** Everything that is known of one resource: where it comes from, who deploys it and when, what it touches, and which pages speak of it. */
export async function explainResource(engine: Engine, resource: Resource): Promise<Explanation> {
  const { platform } = engine;
  const { model } = platform;
  const name = (id: string) => nameOf(platform, id);
  const own = model.applications.find(({ id }) => id === resource.id);
  const application = own ?? model.applications.find((one) => one.name === resource.application);
  const step = application ? application.order.findIndex((ids) => ids.includes(resource.id)) + 1 : 0;
  const { pages } = await checkPages(engine);
  const { apiVersion, kind, namespace, layer, stack, source, origin, wave, waveSet, phase } = resource;
  return {
    ...{
      reference: platform.referenceOf(resource),
      id: resource.id,
      apiVersion,
      kind,
      namespace,
      layer,
      stack,
      source,
      origin,
    },
    generatedBy: resource.generatedBy === null ? null : name(resource.generatedBy),
    application: application ? verdictOf(application) : null,
    order: {
      wave,
      waveSet,
      phase,
      step: step === 0 ? null : step,
      steps: step === 0 ? null : (application?.order.length ?? null),
    },
    policies: model.policies.flatMap((policy) =>
      policy.rules
        .filter((rule) => policy.id === resource.id || rule.matches.includes(resource.id))
        .map((rule) => ({
          policy: name(policy.id),
          rule: rule.name,
          type: rule.type,
          action: rule.action,
          origin: rule.origin,
        })),
    ),
    events: model.events
      .filter(({ source: from, sensor, trigger }) =>
        [from, sensor, ...(trigger?.targets ?? [])].includes(resource.id),
      )
      .map(({ sourceName, event, sensor, trigger, live, origin: at }) => ({
        ...{ source: sourceName, event, live, origin: at },
        sensor: sensor === null ? null : name(sensor),
        trigger: trigger?.action ?? null,
      })),
    secrets: model.secrets
      .filter(({ externalSecret, store, target }) =>
        [externalSecret, store.id, target.id].includes(resource.id),
      )
      .map(({ externalSecret, store, target, origin: at }) => ({
        externalSecret: name(externalSecret),
        store: `${store.kind}/${store.name}`,
        secret: `Secret/${target.name}`,
        origin: at,
      })),
    relations: relationsOf(platform, resource),
    mentions: mentionsOf(resource, pages, engine),
    unverified: application?.unverified ?? [],
  };
}

function verdictOf({
  name,
  project,
  permitted,
  generatedBy,
  origin,
}: Application): Explanation['application'] {
  const reasons = permitted.reasons.map(({ message, source }) => ({ message, origin: source }));
  return { name, project, permitted: permitted.ok, reasons, isGenerated: generatedBy !== null, origin };
}

/**
 * Both ways, each as it reads from this resource. What policies match is told apart, and what the model knows from both ends
 * (`contains`, `belongs to`) is said once.
 */
function relationsOf(platform: Platform, { id }: Resource): Explanation['relations'] {
  const { model } = platform;
  const infos = new Map(relationTypes.map((info) => [info.type, info]));
  const name = (other: string) => nameOf(platform, other);
  const told = new Set(
    model.relations.filter(({ from }) => from === id).map(({ type, to }) => `${type} ${to}`),
  );
  return model.relations
    .filter(({ type, from, to }) => type !== 'matches' && (from === id || to === id))
    .filter(
      ({ type, from, to }) => from === id || to !== id || !told.has(`${infos.get(type)?.inverse} ${from}`),
    )
    .map(({ type, from, to, origin }) => {
      const info = infos.get(type);
      const isOwn = from === id;
      return {
        type,
        way: isOwn ? 'out' : 'in',
        words: (isOwn ? info?.verb : info?.passive) ?? type,
        other: name(isOwn ? to : from),
        origin,
      };
    });
}

function nameOf(platform: Platform, id: string): string {
  const found = platform.resource(id);
  return found ? platform.referenceOf(found) : id;
}

/** `plumbline explain --format json`. */
export interface Explanation
  extends Pick<Resource, 'id' | 'apiVersion' | 'kind' | 'namespace' | 'layer' | 'stack' | 'source'> {
  reference: string;
  origin: Origin;
  /** Reference of what generates it. */
  generatedBy: string | null;
  /** The application that deploys it, or that it is; null where none does. */
  application: {
    name: string;
    project: string;
    permitted: boolean;
    /** Why its project forbids it, and the line that does. */
    reasons: { message: string; origin: Place | null }[];
    isGenerated: boolean;
    origin: Origin;
  } | null;
  /** Its place in the sequence of its application, from 1. */
  order: Pick<Resource, 'wave' | 'waveSet' | 'phase'> & { step: number | null; steps: number | null };
  policies: { policy: string; rule: string; type: string; action: string | null; origin: Place }[];
  events: {
    source: string;
    event: string;
    sensor: string | null;
    trigger: string | null;
    live: boolean;
    origin: Place;
  }[];
  secrets: { externalSecret: string; store: string; secret: string; origin: Place }[];
  /** `way` is `out` where this resource is the one that does it; `words` read from this resource to `other`. */
  relations: { type: string; way: 'out' | 'in'; words: string; other: string; origin: Place }[];
  mentions: Mention[];
  unverified: Unverified[];
}
