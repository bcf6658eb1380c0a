/**
 * Pod Security admission: what the labels of a Namespace ask of the Pods in it. Source: `api/helpers.go`
 * PolicyToEvaluate and `admission/admission.go` of k8s.io/pod-security-admission, with its defaults: a
 * cluster may be configured to except users, runtime classes and namespaces.
 */
import { type JsonObject, objectAt } from '../../base/index.ts';
import { type Level, parseVersion, violationsOf, violationWords } from './evaluate-pod.ts';
import { podView, templatePath } from './pod-view.ts';

/** In the order of their weight; what asks for nothing is left out. */
export function modesOf(labels: Readonly<Record<string, string>>): Mode[] {
  return modes.flatMap(({ mode, action }): Mode[] => {
    const label = `${prefix}${mode}`;
    const level = labels[label];
    if (level === undefined || level === 'privileged') return [];
    const isKnown = level === 'baseline' || level === 'restricted';
    // A level that it does not know is the strictest where it enforces, and none where it only tells.
    if (!isKnown && mode !== 'enforce') return [];
    const written = labels[`${label}-version`];
    const version = parseVersion(written) ?? Number.POSITIVE_INFINITY;
    return [
      { mode, action, label, level: isKnown ? level : 'restricted', version, written: written ?? 'latest' },
    ];
  });
}

/**
 * What it finds in a Pod, or in the Pods of a workload: the workload itself is taken, its Pods are not.
 * Null for what makes none.
 */
export function judgeByMode(
  { level, version, written }: Mode,
  kind: string,
  object: JsonObject,
): PodJudgement | null {
  const path = templatePath(kind);
  if (path === null) return null;
  const template = objectAt(object, ...path);
  const pod = podView(objectAt(template, 'metadata'), objectAt(template, 'spec'));
  const found = violationsOf(pod, level, version);
  // The latest are those of the cluster, whose version is not known.
  const isLatest = version === Number.POSITIVE_INFINITY;
  const isOpen = isLatest && found.length > 0 && violationsOf(pod, level, oldest).length === 0;
  if (found.length === 0) return { status: 'pass', message: '' };
  const whose = path.length === 0 ? 'it violates' : 'its Pods violate';
  const faults = found.map((one) => violationWords(one, path)).join('; ');
  const message = `${whose} PodSecurity "${level}:${written}": ${faults}`;
  return isOpen
    ? { status: 'unverified', message: `hangs on the version of the cluster: ${message}` }
    : { status: 'fail', message };
}

const prefix = 'pod-security.kubernetes.io/';
const modes = [
  { mode: 'enforce', action: 'Enforce' },
  { mode: 'audit', action: 'Audit' },
  { mode: 'warn', action: 'Warn' },
] as const;

/** Minor version of Kubernetes; nobody is taken to run an older one. */
const oldest = 28;

export interface Mode {
  mode: 'enforce' | 'audit' | 'warn';
  action: 'Enforce' | 'Audit' | 'Warn';
  /** Key of the label that says so. */
  label: string;
  level: Level;
  /** Minor version of Kubernetes; infinite for the latest. */
  version: number;
  /** As it is written, or `latest`. */
  written: string;
}

interface PodJudgement {
  status: 'pass' | 'fail' | 'unverified';
  message: string;
}
