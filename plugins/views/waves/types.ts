import type { Application, Phase } from '../../model/index.ts';
import type { Unverified } from '../../source/index.ts';

/** The steps of what one application applies, in their order, with what must be there before. */
export interface WaveLanes {
  /** Ids. */
  application: string;
  name: string;
  /** What others bring, and it cannot do without; in the order of their kinds. */
  before: LaneNeed[];
  lanes: Lane[];
  /** Parts that are not rendered: in which waves they come is not known. */
  unread: Unverified[];
  inversions: Inversion[];
  /** Of the resource that is looked at; null where the application itself is. */
  marked: string | null;
  tearDown: Application['deletion'];
}

/** A phase and wave. */
export interface Lane {
  phase: Phase;
  wave: number;
  /** Of each kind the ids, the most frequent kind first. */
  kinds: LaneKind[];
}

interface LaneKind {
  kind: string;
  ids: string[];
}

export interface LaneNeed {
  /** Id of what is needed. */
  id: string;
  /** Id of what deploys it; null where nothing here does: it is applied by hand. */
  by: string | null;
}

/** Of one application: what comes in an earlier step than what it needs. Ids. */
export interface Inversion {
  consumer: string;
  provider: string;
}

/** All applications by the waves that they use. */
export interface WaveMap {
  /** Every phase and wave that one uses, in the order in which a sync goes through them. */
  stages: Pick<Lane, 'phase' | 'wave'>[];
  /** By project, then by name. */
  rows: WaveMapRow[];
}

interface WaveMapRow {
  /** Id. */
  application: string;
  name: string;
  project: string;
  /** One for each stage; null where it does nothing then. */
  lanes: (Lane | null)[];
  unread: Unverified[];
  inversions: Inversion[];
}
