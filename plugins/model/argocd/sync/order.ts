/**
 * The sequence in which Argo CD applies objects: phase, wave, kind, name, and then two passes for what others
 * depend on. Source: gitops-engine `pkg/sync/sync_tasks.go`
 * (Less, Sort, adjustDeps).
 */
import { compareBytes } from '../../../base/index.ts';
import type { Phase } from '../../types.ts';

export const phaseOrder: Phase[] = ['PreSync', 'Sync', 'PostSync', 'SyncFail'];
// biome-ignore format: one list, read as one.
export const kindOrder = [
  'Namespace', 'NetworkPolicy', 'ResourceQuota', 'LimitRange', 'PodSecurityPolicy', 'PodDisruptionBudget', 'ServiceAccount',
  'Secret', 'SecretList', 'ConfigMap', 'StorageClass', 'PersistentVolume', 'PersistentVolumeClaim', 'CustomResourceDefinition',
  'ClusterRole', 'ClusterRoleList', 'ClusterRoleBinding', 'ClusterRoleBindingList', 'Role', 'RoleList', 'RoleBinding',
  'RoleBindingList', 'Service', 'DaemonSet', 'Pod', 'ReplicationController', 'ReplicaSet', 'Deployment',
  'HorizontalPodAutoscaler', 'StatefulSet', 'Job', 'CronJob', 'IngressClass', 'Ingress', 'APIService',
];
const kindRanks = new Map(kindOrder.map((kind, index) => [kind, index - kindOrder.length]));

/** Negative for the kinds that go first; 0 for all others. */
export function kindRank(kind: string): number {
  return kindRanks.get(kind) ?? 0;
}

/** A sorted copy. Tasks that move before what depends on them take over its phase and wave. */
export function sortTasks<T extends Task>(tasks: readonly T[]): T[] {
  const sorted = [...tasks].sort(compareTasks);
  const namespaced = promote(
    sorted,
    (task) => (task.group === '' && task.kind === 'Namespace' ? task.name : null),
    (task) => task.namespace ?? '',
  );
  return promote(
    namespaced,
    (task) =>
      task.group === 'apiextensions.k8s.io' && task.defines
        ? `${task.defines.group}/${task.defines.kind}`
        : null,
    (task) => `${task.group}/${task.kind}`,
  );
}

/** Consecutive tasks of one phase and wave: what Argo CD waits for before it goes on. */
export function steps<T extends Task>(sorted: readonly T[]): T[][] {
  const result: T[][] = [];
  for (const task of sorted) {
    const last = result.at(-1);
    if (last?.[0]?.phase === task.phase && last[0].wave === task.wave) last.push(task);
    else result.push([task]);
  }
  return result;
}

function compareTasks(a: Task, b: Task): number {
  const phase = phaseOrder.indexOf(a.phase) - phaseOrder.indexOf(b.phase);
  if (phase !== 0) return phase;
  if (a.wave !== b.wave) return a.wave - b.wave;
  const kind = kindRank(a.kind) - kindRank(b.kind);
  if (kind !== 0) return kind;
  return compareBytes(a.name, b.name);
}

/**
 * One scan from left to right: a task that provides `key` moves to just before the first earlier task that
 * needs it. What provides one needs none itself: a Namespace, to which Argo CD gives the destination's as
 * everything else, draws no other before it. A chained list with the first holder of each key, so that a scan
 * is not quadratic.
 */
function promote<T extends Task>(
  sorted: T[],
  provides: (task: T) => string | null,
  needs: (task: T) => string,
): T[] {
  const first = new Map<string, Link<T>>();
  const head: Link<T> = { task: null, next: null, before: null };
  let tail = head;
  for (const task of sorted) {
    const key = task.prune === true ? null : provides(task);
    const before = key === null ? undefined : first.get(key);
    const link: Link<T> = { task, next: null, before: null };
    if (before?.task && before.before) {
      link.task = { ...task, phase: before.task.phase, wave: before.task.wave };
      link.before = before.before;
      link.next = before;
      before.before.next = link;
      before.before = link;
    } else {
      link.before = tail;
      tail.next = link;
      tail = link;
      if (key === null && task.prune !== true && !first.has(needs(task))) first.set(needs(task), link);
    }
  }
  const result: T[] = [];
  for (let link = head.next; link !== null; link = link.next) if (link.task) result.push(link.task);
  return result;
}

interface Link<T> {
  task: T | null;
  next: Link<T> | null;
  before: Link<T> | null;
}

/** What ordering looks at. */
export interface Task {
  phase: Phase;
  wave: number;
  group: string;
  kind: string;
  name: string;
  /** After defaulting to the destination's, cluster-scoped objects too (as Argo CD does). */
  namespace: string | null;
  /** Of a CustomResourceDefinition, what it defines. */
  defines?: { group: string; kind: string } | null;
  /** An object that is only removed: no pass moves it, none moves before it. */
  prune?: boolean;
}
