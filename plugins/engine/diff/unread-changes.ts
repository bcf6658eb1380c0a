/** What is not read on one side alone, or is given something else there. */
import { posix } from 'node:path';
import { compareText, listAt, objectAt, stableStringify, textAt } from '../../base/index.ts';
import { type Deployer, deployerKind } from '../../model/index.ts';
import type { Platform, UnreadPart } from '../../platform/index.ts';
import { askedBy, matchParts } from './match-parts.ts';
import type { UnreadChange } from './types.ts';

/** What to tell of the parts themselves: a chart of another version or with other values, a generator. */
export function unreadChanges(base: Platform, head: Platform): UnreadChange[] {
  const before = matchParts(base, head).own;
  const { own: after, alike } = matchParts(head, base);
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
  const pairs = pairVersions(before, after);
  for (const [part, was] of alike)
    if (part.adds && (givenTo(was, base) !== givenTo(part, head) || filesOf(part).length > 0))
      pairs.push([was, part]);
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

/** What only one side has, with the same in another version on the other: in the same file, else in any. */
function pairVersions(before: UnreadPart[], after: UnreadPart[]): [UnreadPart | null, UnreadPart | null][] {
  const rest = new Set(before);
  const was = new Map<UnreadPart, UnreadPart>();
  for (const isSameFile of [true, false])
    for (const part of after) {
      const fits = (one: UnreadPart) =>
        sameness(one) === sameness(part) && (!isSameFile || askedBy(one) === askedBy(part));
      const found = was.has(part) ? undefined : [...rest].find(fits);
      if (found !== undefined && rest.delete(found)) was.set(part, found);
    }
  return [
    ...after.map((part): [UnreadPart | null, UnreadPart] => [was.get(part) ?? null, part]),
    ...[...rest].map((part): [UnreadPart, null] => [part, null]),
  ];
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

function deployerNames(deployer: Deployer | null) {
  const kind = deployer === null ? null : deployerKind(deployer);
  const name = deployer?.name ?? null;
  return {
    application: kind === 'Application' ? name : null,
    kustomization: kind === 'Kustomization' ? name : null,
    helmRelease: kind === 'HelmRelease' ? name : null,
  };
}
