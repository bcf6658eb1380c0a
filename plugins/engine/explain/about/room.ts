import type { Platform } from '../../../platform/index.ts';
import type { Named } from './named.ts';

/** What the facts of every kind are made with. */
export interface AboutRoom {
  platform: Platform;
  /** A resource by its id. */
  named(id: string): Named;
  applicationsNamed(names: readonly string[]): Named[];
}
