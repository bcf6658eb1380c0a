/** An Application whose sources are looked at. */
import type { JsonObject } from '../../../base/index.ts';
import type { Place } from '../../../source/index.ts';

export type Refs = { refs: ReadonlyMap<string, boolean> } | { error: string };

export interface Owner {
  /** The whole Application. */
  application: JsonObject;
  refs: ReadonlyMap<string, boolean>;
  origin: Place;
}
