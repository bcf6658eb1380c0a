import { compareText } from '../../base/index.ts';
import { isMadeSecret, pathText, type Resource } from '../../model/index.ts';
import { type Platform, type UnreadPart, unreadWords } from '../../platform/index.ts';
import type { Place } from '../../source/index.ts';
import { byImportance } from './by-importance.ts';
import { causesOf } from './causes.ts';
import { clipped, fieldsOf } from './changed-fields.ts';
import type { Difference } from './compare-values.ts';
import { openEffects } from './effects.ts';
import { fateOf } from './fate.ts';
import { addFolder, type Compared, keyOf, openGroups } from './group-folders.ts';
import { type Made, madeOf } from './made.ts';
import { type Pair, pairResources } from './pair-resources.ts';
import { aboutOf, sectionOf } from './sections.ts';
import type { Action, Change, ChangeSide, Effect, FieldChange, FieldSide } from './types.ts';
import { couldAlter, couldHold, openParts, standsFor } from './unread.ts';

/**
 * The resources that differ between two platforms, each once, what matters most first. Where nothing is known
 * to deploy several folders that hold the same object, a change that is the same in them is told once, with
 * the folders.
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
  // A resource of the models says more than a copy of it in another folder: it comes first, and stands for
  // the others.
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

  /** How the two sides differ; null where they are the same. */
  function differenceOf(one: Made | null, other: Made | null, renamed: boolean): Compared | null {
    if (one === null || other === null)
      return comparedAs(
        one === null ? 'added' : 'gone',
        { differences: [], told: [] },
        unreadParts(one, other),
      );
    const differences = fieldsOf(one.resource, other.resource);
    const told = [
      ...listedBy(one, other, base, head),
      ...effects(one.resource, other.resource, !one.isCopy && !other.isCopy),
    ];
    const isChanged = differences.length + told.length > 0;
    if (!isChanged && !renamed && !isElsewhere(one, other)) return null;
    const known = renamed ? 'renamed' : isChanged ? 'changed' : 'moved';
    return comparedAs(known, { differences, told }, unreadParts(one, other));
  }

  /** What is not read and could make the sides the same, or stands for the side that is missing. */
  function unreadParts(one: Made | null, other: Made | null): UnreadPart[] {
    if (one && other)
      return [one, other].flatMap((side) => [
        ...couldAlter(parts.base, side),
        ...couldAlter(parts.head, side),
      ]);
    if (one) return [...couldHold(parts.head, one), ...standsFor(parts.base, one)];
    return other ? [...couldHold(parts.base, other), ...standsFor(parts.head, other)] : [];
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

/** What is seen to have happened counts only where nothing unread could make it look so. */
function comparedAs(
  seen: Action,
  found: Pick<Compared, 'differences' | 'told'>,
  unread: readonly UnreadPart[],
): Compared {
  const unknown = [...new Set(unread.map(unreadWords))].sort(compareText);
  return { action: unknown.length > 0 ? 'unknown' : seen, ...found, unknown };
}

function isOfCopies({ base, head }: Pair): boolean {
  return (base ?? head)?.isCopy === true && (head ?? base)?.isCopy === true;
}

/** Whether a kustomization lists the file on one side only, where nothing is known to deploy it on either. */
function listedBy(one: Made, other: Made, base: Platform, head: Platform): Effect[] {
  if (one.resource.deployer !== null || other.resource.deployer !== null) return [];
  const isFailed = [base, head].some(
    ({ rendered }) => rendered.builds.get(one.folder ?? other.folder ?? '')?.failed === true,
  );
  return isFailed || (one.folder === null) === (other.folder === null)
    ? []
    : [{ what: 'folder', before: one.folder, after: other.folder }];
}

/**
 * True of a resource from another file, or built in another folder. One that another resource makes moves
 * with that.
 */
function isElsewhere(one: Made, other: Made): boolean {
  if (other.resource.source === 'applicationset' || isMadeSecret(other.resource)) return false;
  if (one.resource.origin.file !== other.resource.origin.file) return true;
  const isShared = one.isShared || other.isShared;
  return isShared && one.folder !== null && other.folder !== null && one.folder !== other.folder;
}

/** True of a resource that is still in Git, but no longer deployed or listed. */
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

/** Fields of one resource that are shown; the others are counted. */
const maxFields = 100;
