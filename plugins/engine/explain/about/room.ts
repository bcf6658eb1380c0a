import type { PolicyResult } from '../../../model/index.ts';
import type { Platform } from '../../../platform/index.ts';
import type { Named } from './named.ts';

/** What the facts of every kind are made with. */
export interface AboutRoom {
  platform: Platform;
  /** What policies say, of the Pods of workloads too, by the ids of the policy and of the resource. */
  results: ReadonlyMap<string, PolicyResult[]>;
  /** What policies change, by what deploys it. */
  mutations: ReadonlyMap<string, PolicyResult[]>;
  /** A resource by its id. */
  named(id: string): Named;
  applicationsNamed(names: readonly string[]): Named[];
}
