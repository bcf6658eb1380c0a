import type { ApplicationSet } from '../../../model/index.ts';
import type { Place } from '../../../source/index.ts';
import { type Named, type Spoken, spoken } from './named.ts';
import type { AboutRoom } from './room.ts';
import { syncWords } from './sync-words.ts';

/** What an ApplicationSet watches, what it makes of it, and how what it makes is synced. */
export function applicationSetFacts(set: ApplicationSet, room: AboutRoom): ApplicationSetFacts {
  const { generators, applications, unverified, syncPolicy, rollingSync, project } = set;
  const owner = room.platform.model.projects.find(({ name }) => name === project);
  return {
    is: 'applicationset',
    project: owner === undefined ? null : room.named(owner.id),
    generators: generators.map(({ type, paths, exclude, origin }) => ({
      ...generatorWords(type, paths, exclude),
      origin,
    })),
    makes: room.applicationsNamed(applications),
    unverified,
    sync: syncWords(syncPolicy),
    steps:
      rollingSync?.steps.map((step) => ({
        applications: room.applicationsNamed(step.applications),
        maxUpdate: step.maxUpdate,
      })) ?? null,
    reverseDeletion: rollingSync?.reverseDeletion ?? false,
  };
}

function generatorWords(type: string, paths: readonly string[], exclude: readonly string[]): Spoken {
  if (paths.length === 0) {
    const key = `set.${type}` as const;
    return isKnown(key) ? spoken(key) : spoken('set.other', { type });
  }
  const fits = paths.join(', ');
  return exclude.length === 0
    ? spoken('set.folders', { paths: fits })
    : spoken('set.foldersBut', { paths: fits, exclude: exclude.join(', ') });
}

/** Generators that have words of their own. */
const known = [
  'set.list',
  'set.clusters',
  'set.matrix',
  'set.merge',
  'set.pullRequest',
  'set.scmProvider',
] as const;

function isKnown(key: string): key is (typeof known)[number] {
  return known.some((one) => one === key);
}

/** Of an ApplicationSet. */
export interface ApplicationSetFacts {
  is: 'applicationset';
  /** Of the Applications that it makes; null where it differs, or is not here. */
  project: Named | null;
  generators: (Spoken & { origin: Place })[];
  makes: Named[];
  /** Why that is not all; null where it is. */
  unverified: string | null;
  /** The sync policy of its template in words. */
  sync: Spoken[];
  /** Of a progressive sync; null where all are synced at once. */
  steps: { applications: Named[]; maxUpdate: number | string | null }[] | null;
  reverseDeletion: boolean;
}
