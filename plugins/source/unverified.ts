import type { Place } from './diagnostic.ts';

/** Why something is not known that a command brings. */
export function broughtBy(command: 'fetch' | 'fetch --locked'): Reason {
  return { why: `\`plumbline ${command}\` brings it`, remedy: command };
}

/** The same reason, after what it is said of. */
export function saidOf(what: string, reason: Reason): Reason {
  return { ...reason, why: `${what}: ${reason.why}` };
}

/** A chart that was not rendered: `helm chart kyverno 3.5.2`, `helm chart at K8s/shop`. */
export function unverifiedChart(
  given: Partial<UnverifiedChart['chart']>,
  reason: string | Reason,
  origin: Place | null,
): UnverifiedChart {
  const chart = { name: null, version: null, directory: null, ...given };
  return { kind: 'chart', what: `helm chart ${chartWords(chart)}`, ...asReason(reason), origin, chart };
}

/** A kustomization that kustomize refuses, that was not built or that is no YAML. */
export function unverifiedKustomization(
  directory: string,
  reason: string | Reason,
  origin: Place | null,
): UnverifiedKustomization {
  const what = `kustomization ${directory}`;
  return { kind: 'kustomization', what, ...asReason(reason), origin, directory };
}

/** What makes all of something known that lacks these. */
export function remedyOf(lacking: readonly Reason[]): Pick<Reason, 'remedy'> {
  const [remedy, ...others] = new Set(lacking.map((one) => one.remedy));
  return remedy === undefined || others.length > 0 ? {} : { remedy };
}

function asReason(reason: string | Reason): Reason {
  if (typeof reason === 'string') return { why: reason };
  const { why, remedy, refusedAt } = reason;
  return { why, ...(remedy && { remedy }), ...(refusedAt && { refusedAt }) };
}

/** Why nothing is known of what an engine refuses, with the place that it is refused for. */
export function refusedBy(
  engine: 'kustomize' | 'Helm',
  at: Pick<Place, 'file' | 'line'> | undefined,
): Reason {
  if (at === undefined) return { why: `${engine} refuses it` };
  const { file, line } = at;
  return { why: `${engine} refuses it for \`${file}:${line}\``, refusedAt: { file, line } };
}

/** `kyverno 3.5.2`; where it is known by its folder alone, `at K8s/shop`. */
export function chartWords({ name, version, directory }: UnverifiedChart['chart']): string {
  if (directory !== null) return `at ${directory}`;
  return version === null ? (name ?? 'without a name') : `${name ?? 'without a name'} ${version}`;
}

/** What could not be known without a network or a cluster; a third state, never an empty answer. */
export type Unverified = UnverifiedChart | UnverifiedKustomization | UnverifiedPart | UnverifiedOther;

export interface UnverifiedChart extends UnverifiedBase {
  kind: 'chart';
  /** As it is named where it is asked for; `directory` where that is a folder of the repository. */
  chart: { name: string | null; version: string | null; directory: string | null };
  /** Where only some of its objects are not known: their kinds. */
  kinds?: string[];
}

export interface UnverifiedKustomization extends UnverifiedBase {
  kind: 'kustomization';
  /** Its folder. */
  directory: string;
}

export interface UnverifiedPart extends UnverifiedBase {
  kind: 'partial';
  /** Of the object that stands at `origin`: its other fields are known. */
  fields: string[];
  /** Of several that stand there the one that is meant; else all. */
  object?: { kind: string; name: string };
  /** The keys that lead to each value that is not known; the others beside it are. */
  values?: string[][];
}

interface UnverifiedOther extends UnverifiedBase {
  kind: Exclude<UnverifiedKind, 'chart' | 'kustomization' | 'partial'>;
}

interface UnverifiedBase extends Reason {
  kind: UnverifiedKind;
  /** What was left out: `helm chart kyverno 3.5.2`, `remote base …`, `ApplicationSet clusters`. */
  what: string;
  origin: Place | null;
}

/** Why something is not known, and where it is known what makes it so. */
export interface Reason {
  why: string;
  remedy?: Remedy;
  /** Where the fault is told that makes it so. */
  refusedAt?: Pick<Place, 'file' | 'line'>;
}

export type Remedy =
  | 'fetch' // `plumbline fetch` brings and locks it
  | 'fetch --locked' // it is locked already
  | 'generators' // plumbline.yaml may say it there
  | 'deploy'; // so it may which of several kustomizations is applied

export type UnverifiedKind =
  | 'chart' // a chart that a network or another repository has, or that Helm refuses without what they have
  | 'base' // a remote base or component of a kustomization
  | 'file' // a remote file of a kustomization
  | 'plugin' // a program: of kustomize, or a config management plugin
  | 'kustomization' // one that kustomize refuses or that was not built
  | 'dependent' // what refers to something that was taken out
  | 'partial' // fields of an object that something taken out has too
  | 'release' // names that kustomize makes up for charts without a release name
  | 'schema' // a values schema that Helm would fetch from elsewhere
  | 'options' // what an Application adds to a kustomization
  | 'repository' // a path of another repository
  | 'revision' // a path at another revision than the one that is read
  | 'path' // a path outside the folders that are read
  | 'jsonnet'
  | 'source' // a source that Argo CD cannot make manifests of, as far as it is known
  | 'refused' // one that it certainly makes nothing of
  | 'project' // one that something unread may declare, or that holds a placeholder
  | 'cluster' // what only the values of cluster Secrets say
  | 'generator' // what the generators of an ApplicationSet give
  | 'template' // an ApplicationSet's template, where it is not rendered here
  | 'work' // what a statement asks, where it is more than a run may take
  | 'page' // a page that was not parsed, as all of them are more than a run may take
  | 'command' // a name in a command that something unread may have brought
  | 'link'
  | 'route' // what a controller says of a route, where only a cluster knows
  | 'secret'; // keys of a Secret that only a store or a generator knows
