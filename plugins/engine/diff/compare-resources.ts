/** The resources of two platforms → those that differ. */
import {
  compareText,
  isObject,
  type JsonObject,
  type JsonValue,
  objectAt,
  stableStringify,
} from '../../base/index.ts';
import { isMadeSecret, pathText, type Resource } from '../../model/index.ts';
import { type Platform, unreadWords } from '../../platform/index.ts';
import type { Place } from '../../source/index.ts';
import { causesOf } from './causes.ts';
import { compareValues, type Difference } from './compare-values.ts';
import { openEffects } from './effects.ts';
import { fateOf } from './fate.ts';
import { addFolder, type Compared, keyOf, openGroups } from './group-folders.ts';
import { type Made, madeOf } from './made.ts';
import { type Pair, pairResources } from './pair-resources.ts';
import { aboutOf, sectionOf } from './sections.ts';
import {
  type Action,
  type Change,
  type ChangeSide,
  type Effect,
  type FieldChange,
  type FieldSide,
  sections,
} from './types.ts';
import { couldAlter, couldHold, openParts, standsFor } from './unread.ts';

/**
 * Each once, what matters most first. What is the same of an object in several folders that nothing is known
 * to deploy is told once, with the folders.
 */
export function compareResources(base: Platform, head: Platform): Change[] {
  const made = madeOf(base, head);
  const includes = ({ rendered }: Platform, outer: string, inner: string) =>
    rendered.builds.get(outer)?.includes.includes(inner) === true;
  const pairs = pairResources(
    made.base,
    made.head,
    (after, before) => includes(head, after, before) || includes(base, before, after),
  );
  const same = new Map(
    pairs.flatMap(({ base: one, head: other }) =>
      one && other && !one.isCopy && !other.isCopy ? [[one.resource.id, other.resource.id]] : [],
    ),
  );
  const effects = openEffects(base, head, same);
  const causes = causesOf(base, head);
  const parts = { base: openParts(base, head), head: openParts(head, base) };
  const groups = openGroups();
  // What the models hold says more of it: that is what stands for the others.
  const [held, copies] = [pairs.filter((pair) => !isOfCopies(pair)), pairs.filter(isOfCopies)];
  return [...held, ...copies].flatMap((pair) => changeOf(pair) ?? []).sort(byImportance);

  function changeOf({ base: one, head: other, renamed }: Pair): Change | null {
    const found = differenceOf(one, other, renamed);
    if (found === null) return null;
    const [from, to] = [one?.resource ?? null, other?.resource ?? null];
    const shown = to ?? from;
    if (shown === null) return null;
    const { action, differences, told, unknown } = found;
    const leaves =
      from !== null &&
      (action === 'gone' || action === 'renamed' || (action === 'changed' && isLeft(from, to, told)));
    const fate = leaves ? fateOf(from, base, head) : null;
    const folder = other === null ? (one?.folder ?? null) : other.folder;
    const isShared = one?.isShared === true || other?.isShared === true;
    const group = isShared ? groups.of(keyOf(found, one, other, fate), folder) : null;
    if (group?.change) {
      addFolder(group.change, folder, causes(from, to, [], folder));
      return null;
    }
    const fields = differences.slice(0, maxFields).map((difference) => placed(difference, from, to));
    const change: Change = {
      action,
      section: sectionOf(from, to, { action, fields, effects: told }),
      kind: shown.kind,
      reference: (to === null ? base : head).referenceOf(shown),
      base: one && sideOf(one, isShared, base),
      head: other && sideOf(other, isShared, head),
      folders: isShared && folder !== null ? [folder] : [],
      moreFolders: 0,
      fields,
      more: differences.length - fields.length,
      effects: told,
      fate,
      about: aboutOf(shown),
      unknown,
      files: causes(from, to, fields, folder),
    };
    group?.keep(change);
    return change;
  }

  /** Null for what is the same. */
  function differenceOf(one: Made | null, other: Made | null, renamed: boolean): Compared | null {
    const [from, to] = [one?.resource ?? null, other?.resource ?? null];
    const differences = from && to ? fieldsOf(from, to) : [];
    const told =
      one && other
        ? [
            ...listedBy(one, other, base, head),
            ...effects(one.resource, other.resource, !one.isCopy && !other.isCopy),
          ]
        : [];
    const isMoved = one !== null && other !== null && isElsewhere(one, other);
    if (from && to && differences.length === 0 && told.length === 0 && !isMoved && !renamed) return null;
    const unknown =
      one && other
        ? [one, other].flatMap((side) => [...couldAlter(parts.base, side), ...couldAlter(parts.head, side)])
        : one !== null
          ? [...couldHold(parts.head, one), ...standsFor(parts.base, one)]
          : other !== null
            ? [...couldHold(parts.base, other), ...standsFor(parts.head, other)]
            : [];
    const known = renamed ? 'renamed' : differences.length + told.length > 0 ? 'changed' : 'moved';
    const action: Action =
      unknown.length > 0 ? 'unknown' : one === null ? 'added' : other === null ? 'gone' : known;
    return {
      action,
      differences,
      told,
      unknown: [...new Set(unknown.map(unreadWords))].sort(compareText),
    };
  }

  function placed({ before, after }: Difference, one: Resource | null, other: Resource | null): FieldChange {
    const side = (
      leaf: Difference['before'],
      resource: Resource | null,
      platform: Platform,
    ): FieldSide | null =>
      leaf &&
      resource && {
        path: pathText(leaf.path),
        value: clipped(leaf.value),
        place: plain(platform.locate(resource, leaf.path)),
      };
    return { before: side(before, one, base), after: side(after, other, head) };
  }
}

function isOfCopies({ base, head }: Pair): boolean {
  return (base ?? head)?.isCopy === true && (head ?? base)?.isCopy === true;
}

/** A file that lies there and that no kustomization lists any more, or now: nothing is known to deploy it. */
function listedBy(one: Made, other: Made, base: Platform, head: Platform): Effect[] {
  if (one.resource.deployer !== null || other.resource.deployer !== null) return [];
  const isFailed = [base, head].some(
    ({ rendered }) => rendered.builds.get(one.folder ?? other.folder ?? '')?.failed === true,
  );
  return isFailed || (one.folder === null) === (other.folder === null)
    ? []
    : [{ what: 'folder', before: one.folder, after: other.folder }];
}

/** From another file, or built in another folder; what is made of another resource moves with that. */
function isElsewhere(one: Made, other: Made): boolean {
  if (other.resource.source === 'applicationset' || isMadeSecret(other.resource)) return false;
  if (one.resource.origin.file !== other.resource.origin.file) return true;
  const isShared = one.isShared || other.isShared;
  return isShared && one.folder !== null && other.folder !== null && one.folder !== other.folder;
}

/** Fields of the object itself. Its wave is told as a fact about it, its name where it has another. */
function fieldsOf(one: Resource, other: Resource): Difference[] {
  const isOther = { name: one.name !== other.name, namespace: one.namespace !== other.namespace };
  const isMoved = one.wave !== other.wave || one.phase !== other.phase;
  const shown = ({ rendered }: Resource) => (isMoved ? withoutWave(rendered) : rendered);
  // Most of what is built of many folders is the same, in the same order.
  if (JSON.stringify(one.rendered) === JSON.stringify(other.rendered)) return [];
  return compareValues(shown(one), shown(other)).filter(({ before, after }) => {
    const [field, name, ...further] = (after ?? before)?.path ?? [];
    if (field !== 'metadata' || further.length > 0) return true;
    return !(name === 'name' && isOther.name) && !(name === 'namespace' && isOther.namespace);
  });
}

function withoutWave(rendered: JsonObject): JsonObject {
  const { annotations, ...metadata } = objectAt(rendered, 'metadata');
  const { [waveAnnotation]: _wave, ...others } = isObject(annotations) ? annotations : {};
  return {
    ...rendered,
    metadata: { ...metadata, ...(Object.keys(others).length > 0 ? { annotations: others } : {}) },
  };
}

/** In Git, and deployed or listed no more. */
function isLeft(one: Resource, other: Resource | null, told: readonly Effect[]): boolean {
  if (told.some(({ what, after }) => what === 'folder' && after === null)) return true;
  return one.deployer !== null && other?.deployer === null;
}

function sideOf({ resource, folder }: Made, isShared: boolean, platform: Platform): ChangeSide {
  const { id, namespace, name, application, kustomization, helmRelease, origin } = resource;
  return {
    id,
    reference: platform.referenceOf(resource),
    namespace,
    name,
    application,
    kustomization,
    helmRelease,
    folder: isShared ? folder : null,
    origin: plain(origin),
    via: origin.via,
  };
}

function plain({ file, line, column, endLine, endColumn }: Place): Place {
  return { file, line, column, endLine, endColumn };
}

/** The beginning of a long text: scripts and dashboards are not for a comment, nor twice for a file. */
function clipped(value: JsonValue): JsonValue {
  if (typeof value === 'string')
    return value.length > maxText ? `${value.slice(0, maxText).toWellFormed()}…` : value;
  const text = stableStringify(value);
  return text.length > maxText ? `${text.slice(0, maxText).toWellFormed()}…` : value;
}

function byImportance(a: Change, b: Change): number {
  const rank = ({ section, fate }: Change) =>
    sections.indexOf(section) * 10 + (fate === null ? 0 : outcomes.indexOf(fate.outcome));
  const size = ({ fields, more, effects }: Change) => fields.length + more + effects.length;
  const key = ({ reference, head, base, folders }: Change) =>
    [reference, head?.id ?? '', base?.id ?? '', folders[0] ?? ''].join('\0');
  return rank(a) - rank(b) || size(b) - size(a) || compareText(key(a), key(b));
}

const waveAnnotation = 'argocd.argoproj.io/sync-wave';
const outcomes = ['pruned', 'deleted', 'waits', 'unknown', 'stays'];
const maxFields = 100;
const maxText = 2000;
