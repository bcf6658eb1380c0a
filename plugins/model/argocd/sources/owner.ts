/** An Application whose sources are looked at. */
import type { JsonObject } from '../../../base/index.ts';
import type { Place, Reason } from '../../../source/index.ts';

/** Files of a source that others refer to, and what their paths begin with here; else what brings them. */
export type Ref = { mount: string; files: ReadonlySet<string> } | { hint: Reason | null };
export type Refs = { refs: ReadonlyMap<string, Ref> } | { error: string };

export interface Owner {
  /** The whole Application. */
  application: JsonObject;
  refs: ReadonlyMap<string, Ref>;
  origin: Place;
}
