/** What the model says of Argo Events. */
import type { Said } from '../../base/index.ts';
import type { Place } from '../../source/index.ts';
import type { TriggerReason } from './firing.ts';
import type { DependencyReason } from './hearing.ts';

/**
 * One way through Argo Events: an event of a source, a sensor that depends on it, one of its triggers. Any
 * part may be missing.
 */
export interface EventRoute {
  /** Id of the EventSource; null where a sensor names one that does not exist. */
  source: string | null;
  sourceName: string;
  /** Type of the source: `webhook`, `github`, `resource`, … */
  type: string | null;
  event: string;
  /** Id of the Sensor; null where nothing listens. */
  sensor: string | null;
  dependency: string | null;
  trigger: EventTrigger | null;
  /** Id of the EventBus that both speak through; null where it is not in the repository. */
  bus: string | null;
  /** True where all of it exists and nothing that is known keeps the trigger from firing. */
  live: boolean;
  /** Why it never fires; null where it may, and where nothing waits for the event. */
  dead: EventFault | null;
  /** Why it is not known whether it fires. */
  open: EventFault | null;
  /** `when alertmanager posts slo-burn and severity is critical → rollback-release, at most once an hour` */
  sentence: string;
  /** The same without its language. */
  said: Said;
  origin: Place;
}

export type EventFault = DependencyReason | Exclude<TriggerReason, 'dependency-dead'> | 'dependency-dead';

export interface EventTrigger {
  name: string;
  /** `argoWorkflow`, `http`, `k8s`, `log`, … */
  type: string;
  /** Ids of resources of this repository that it reaches (a WorkflowTemplate), */
  targets: string[];
  /** and in words what it does: `submit WorkflowTemplate/build`, `POST https://…`. */
  action: string;
  conditions: string | null;
  /** All smallest sets of dependencies that fire it; null where they are too many to tell, or not known. */
  firesOn: string[][] | null;
  /** True where an event says what it acts on: `targets` is empty then. */
  dynamic: boolean;
  origin: Place;
}
