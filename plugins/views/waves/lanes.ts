import { compareText, uniqueBy } from '../../base/index.ts';
import {
  type Application,
  invertedNeeds,
  isMadeSecret,
  type Phase,
  type Resource,
} from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import { kindCounts } from '../row-lookup.ts';
import type { Inversion, Lane, LaneNeed, WaveLanes, WaveMap } from './types.ts';

/**
 * The lanes of applications of a platform, and the map of all: what they have in common is looked up once.
 */
export function createWaves(platform: Platform): Waves {
  const { model } = platform;
  const inversions = inversionsIn(platform);
  const needs = Map.groupBy(
    model.relations.filter(({ type }) => type === 'needs'),
    ({ from }) => platform.resource(from)?.deployer ?? '',
  );
  const known = new Map<Application, Omit<WaveLanes, 'marked'>>();

  function lanesOf(application: Application): Omit<WaveLanes, 'marked'> {
    return {
      application: application.id,
      name: application.name,
      before: beforeOf(
        application,
        (needs.get(application.id) ?? []).map(({ to }) => to),
        platform,
      ),
      lanes: stepsOf(application, platform),
      unread: application.unverified,
      inversions: inversions.get(application.id) ?? [],
      tearDown: application.deletion,
    };
  }

  return {
    of(application, marked = null) {
      const lanes = known.get(application) ?? lanesOf(application);
      known.set(application, lanes);
      return { ...lanes, marked };
    },
    map(applications) {
      const own = applications.map((application) => ({ application, lanes: stepsOf(application, platform) }));
      const stages = uniqueBy(
        own.flatMap(({ lanes }) => lanes),
        stageKey,
      )
        .map(({ phase, wave }) => ({ phase, wave }))
        .sort(inOrder);
      return {
        stages,
        rows: own
          .map(({ application, lanes }) => ({
            application: application.id,
            name: application.name,
            project: application.project,
            lanes: stages.map((stage) => lanes.find((one) => stageKey(one) === stageKey(stage)) ?? null),
            unread: application.unverified,
            inversions: inversions.get(application.id) ?? [],
          }))
          .sort((a, b) => compareText(a.project, b.project) || compareText(a.name, b.name)),
      };
    },
  };
}

/** Steps of one phase and wave, which a definition may have torn apart, are one lane. */
function stepsOf({ order, stages }: Application, platform: Platform): Lane[] {
  const steps = order.flatMap((ids, index) => {
    const stage = stages[index];
    return stage === undefined ? [] : [{ ...stage, ids }];
  });
  return [...Map.groupBy(steps, stageKey).values()].flatMap((same): Lane[] => {
    const [first] = same;
    if (first === undefined) return [];
    const resources = same.flatMap(({ ids }) => ids).flatMap((id) => platform.resource(id) ?? []);
    return [{ phase: first.phase, wave: first.wave, kinds: kindsOf(resources) }];
  });
}

function kindsOf(resources: readonly Resource[]): Lane['kinds'] {
  const ids = Map.groupBy(resources, ({ kind }) => kind);
  return kindCounts(resources).map(({ kind }) => ({ kind, ids: (ids.get(kind) ?? []).map(({ id }) => id) }));
}

/** What its objects need and another brings, and the namespace that it deploys to. */
function beforeOf(application: Application, needed: readonly string[], platform: Platform): LaneNeed[] {
  const { namespace } = application.destination;
  const home = platform.model.resources.find(
    ({ group, kind, name }) => group === '' && kind === 'Namespace' && name === namespace,
  );
  const all = [...(home === undefined ? [] : [home.id]), ...needed].flatMap((id) => {
    const target = platform.resource(id);
    // A Secret that a controller makes comes when what asks for it does.
    const maker = target && isMadeSecret(target) ? platform.resource(target.generatedBy ?? '') : undefined;
    return maker ?? target ?? [];
  });
  return uniqueBy(all, ({ id }) => id)
    .filter(({ deployer }) => deployer !== application.id)
    .sort((a, b) => rank(a) - rank(b) || compareText(a.kind, b.kind) || compareText(a.id, b.id))
    .map(({ id, deployer }) => ({ id, by: deployer }));
}

/** Namespaces and definitions before all that lives by them. */
function rank({ kind }: Resource): number {
  return kind === 'Namespace' ? 0 : kind === 'CustomResourceDefinition' ? 1 : 2;
}

function inversionsIn(platform: Platform): Map<string, Inversion[]> {
  const all = new Map<string, Inversion[]>();
  for (const { consumer, provider } of invertedNeeds(platform.model, platform.resource)) {
    const { deployer } = consumer;
    if (deployer === null) continue;
    const own = all.get(deployer) ?? [];
    if (!own.some((one) => one.consumer === consumer.id && one.provider === provider.id))
      all.set(deployer, [...own, { consumer: consumer.id, provider: provider.id }]);
  }
  return all;
}

function stageKey({ phase, wave }: { phase: string; wave: number }): string {
  return `${phase} ${wave}`;
}

function inOrder(a: { phase: Phase; wave: number }, b: { phase: Phase; wave: number }): number {
  return phases.indexOf(a.phase) - phases.indexOf(b.phase) || a.wave - b.wave;
}

const phases: readonly Phase[] = ['PreSync', 'Sync', 'PostSync', 'SyncFail'];

export interface Waves {
  /** @param marked id of the resource that is looked at. */
  of(application: Application, marked?: string | null): WaveLanes;
  map(applications: readonly Application[]): WaveMap;
}
