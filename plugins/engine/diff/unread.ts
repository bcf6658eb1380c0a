/** What is not read on one side alone, or is given something else there. */
import { posix } from 'node:path';
import { addTo, compareText, listAt, objectAt, stableStringify, textAt } from '../../base/index.ts';
import { type Deployer, deployerKind, type Resource } from '../../model/index.ts';
import { type Platform, type UnreadPart, unreadParts } from '../../platform/index.ts';
import type { Made } from './made.ts';
import type { UnreadChange } from './types.ts';

/**
 * The parts that only this side has. What is not read on both sides alike brings the same to both, and so
 * makes no difference.
 */
function ownParts(platform: Platform, other: Platform): UnreadPart[] {
  const known = new Set(unreadParts(other).map(keyOf));
  return unreadParts(platform).filter((part) => !known.has(keyOf(part)));
}

/**
 * The same with every kustomization that does not build: what stands for it hangs on what else was built, and
 * may be other on both sides.
 */
export function openParts(platform: Platform, other: Platform): OpenParts {
  const failed = unreadParts(platform).filter(({ unverified }) => unverified.kind === 'kustomization');
  return {
    parts: [...new Set([...ownParts(platform, other), ...failed])],
    isBuiltOf: (folder, directory) =>
      folder === directory || platform.rendered.builds.get(folder)?.includes.includes(directory) === true,
  };
}

/** Those that could hold an object, of which this side shows none. */
export function couldHold({ parts, isBuiltOf }: OpenParts, made: Made): UnreadPart[] {
  const { group, kind, namespace, name } = made.resource;
  return parts.filter((part) => {
    if (!concerns(part, made, isBuiltOf)) return false;
    if (part.set !== null || part.alters) return true;
    return part.mayHold({ group, kind }, name) && (namespace === null || part.mayLandIn(namespace));
  });
}

/** Those that could make an object another than it seems. */
export function couldAlter({ parts, isBuiltOf }: OpenParts, made: Made): UnreadPart[] {
  return parts.filter((part) => (part.set !== null || part.alters) && concerns(part, made, isBuiltOf));
}

/**
 * Whether the object belongs to what the part belongs to: what no longer is there is certainly gone from it.
 */
function concerns(
  part: UnreadPart,
  { resource, folder, isShared }: Made,
  isBuiltOf: OpenParts['isBuiltOf'],
): boolean {
  const { application, kind, name, origin, source } = resource;
  if (part.set !== null)
    return (
      (kind === 'Application' && source === 'applicationset' && part.mayBeNamed(name)) ||
      (application !== null && part.mayBeNamed(application))
    );
  if (part.deployer !== null && part.deployer.name === nameOfDeployer(resource, part.deployer)) return true;
  // What another folder's build makes of the same file does not hang on it.
  if (isShared && folder !== null && part.unverified.kind === 'kustomization')
    return isBuiltOf(folder, part.unverified.directory);
  return part.files.includes(origin.file);
}

/** The name of what deploys the object, where that is of the kind of the deployer. */
function nameOfDeployer(
  { application, kustomization, helmRelease }: Resource,
  deployer: Deployer,
): string | null {
  return { Application: application, Kustomization: kustomization, HelmRelease: helmRelease }[
    deployerKind(deployer)
  ];
}

function deployerNames(deployer: Deployer | null) {
  const kind = deployer === null ? null : deployerKind(deployer);
  const name = deployer?.name ?? null;
  return {
    application: kind === 'Application' ? name : null,
    kustomization: kind === 'Kustomization' ? name : null,
    helmRelease: kind === 'HelmRelease' ? name : null,
  };
}

/** What one side does not know. */
interface OpenParts {
  parts: UnreadPart[];
  /** Whether the build of a folder includes the kustomization of another, or is that. */
  isBuiltOf(folder: string, directory: string): boolean;
}

/** What to tell of the parts themselves: a chart of another version or with other values, a generator. */
export function unreadChanges(base: Platform, head: Platform): UnreadChange[] {
  const [before, after] = [ownParts(base, head), ownParts(head, base)];
  // What only says otherwise in comments gives nothing else.
  const saidIn = (file: string, { sources }: Platform) => {
    const { documents = [], hash = null } = sources.files.get(file) ?? {};
    return documents.length === 0 ? hash : stableStringify(documents.map(({ value }) => value));
  };
  const differing = [...new Set([...base.sources.files.keys(), ...head.sources.files.keys()])].filter(
    (file) =>
      base.sources.files.get(file)?.hash !== head.sources.files.get(file)?.hash &&
      saidIn(file, base) !== saidIn(file, head),
  );
  const isManifest = (file: string) =>
    [base, head].some(({ sources }) =>
      ['manifest', 'kustomization'].includes(sources.files.get(file)?.role ?? ''),
    );
  const rest = new Map<string, UnreadPart[]>();
  for (const part of before) addTo(rest, sameness(part), part);
  const pairs = after.map((part): [UnreadPart | null, UnreadPart | null] => [
    rest.get(sameness(part))?.shift() ?? null,
    part,
  ]);
  for (const part of [...rest.values()].flat()) pairs.push([part, null]);
  const known = new Map(unreadParts(base).map((part) => [keyOf(part), part]));
  for (const part of unreadParts(head)) {
    const was = known.get(keyOf(part));
    if (
      was !== undefined &&
      part.adds &&
      (givenTo(was, base) !== givenTo(part, head) || filesOf(part).length > 0)
    )
      pairs.push([was, part]);
  }
  const changes = pairs.map(([was, is]): UnreadChange => {
    const part = is ?? was;
    return {
      before: was?.unverified ?? null,
      after: is?.unverified ?? null,
      ...deployerNames(part?.deployer ?? null),
      files: part === null ? [] : filesOf(part),
    };
  });
  const order = ({ before: was, after: is, application, kustomization, helmRelease }: UnreadChange) =>
    [
      application ?? kustomization ?? helmRelease ?? '',
      (is ?? was)?.what ?? '',
      (is ?? was)?.origin?.file ?? '',
    ].join('\0');
  return changes.sort((a, b) => compareText(order(a), order(b)));

  /** The files that it is made of, or that are named where it is asked for, that differ. */
  function filesOf({ unverified, files, isWritten }: UnreadPart): string[] {
    const asking = unverified.origin?.file ?? '';
    const text = `${base.sources.files.get(asking)?.text ?? ''}\n${head.sources.files.get(asking)?.text ?? ''}`;
    return differing.filter(
      (file) =>
        (isWritten && files.includes(file)) ||
        (unverified.kind === 'chart' &&
          !isManifest(file) &&
          (isNamed(posix.relative(posix.dirname(asking), file), text) || isNamed(file, text))),
    );
  }
}

function isNamed(path: string, text: string): boolean {
  const at = text.indexOf(path);
  return at >= 0 && /[\s"'/,[]/.test(text[at - 1] ?? ' ') && /[\s"',\]}]/.test(text[at + path.length] ?? ' ');
}

/** What is said where a chart is asked for, and by what deploys it. */
function givenTo({ unverified, deployer }: UnreadPart, { sources, resource }: Platform): string {
  const name = unverified.kind === 'chart' ? unverified.chart.name : null;
  const documents = sources.files.get(unverified.origin?.file ?? '')?.documents ?? [];
  const entries = documents
    .flatMap(({ value }) => [...listAt(value, 'helmCharts'), ...listAt(value, 'dependencies')])
    .filter((one) => name !== null && textAt(one, 'name') === name);
  const spec = objectAt(deployer === null ? undefined : resource(deployer.id)?.rendered, 'spec');
  const blocks = [objectAt(spec, 'source'), ...listAt(spec, 'sources')].map((source) => [
    objectAt(source, 'helm'),
    objectAt(source, 'kustomize'),
    objectAt(source, 'plugin'),
  ]);
  const { values = null, valuesFrom = null, patches = null, postBuild = null } = spec;
  return stableStringify([entries, blocks, { values, valuesFrom, patches, postBuild }]);
}

function keyOf({ unverified, deployer, set }: UnreadPart): string {
  const { kind, what, why } = unverified;
  // Why a folder is not built may hang on what else a run had to build: its files say whether it differs.
  const reason = kind === 'kustomization' ? null : why;
  return stableStringify([kind, what, reason, deployer?.name ?? null, set?.name ?? null]);
}

/** What is the same thing in another version. */
function sameness({ unverified, deployer }: UnreadPart): string {
  const what =
    unverified.kind === 'chart'
      ? unverified.chart.name
      : unverified.kind === 'kustomization'
        ? unverified.directory
        : null;
  return stableStringify([
    unverified.kind,
    what ?? unverified.what.replace(/\S*$/, ''),
    deployer?.name ?? null,
  ]);
}
