/** What is not read on one side alone, or is given something else there. */
import { addTo, compareText, stableStringify } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import { type Platform, type UnreadPart, unreadParts } from '../../platform/index.ts';
import type { UnreadChange } from './types.ts';

/**
 * The parts that only this side has. What is not read on both sides alike brings the same to both, and so
 * makes no difference.
 */
export function ownParts(platform: Platform, other: Platform): UnreadPart[] {
  const known = new Set(unreadParts(other).map(keyOf));
  return unreadParts(platform).filter((part) => !known.has(keyOf(part)));
}

/** Those that could hold an object, of which this side shows none. */
export function couldHold(parts: readonly UnreadPart[], resource: Resource): UnreadPart[] {
  const { group, kind, namespace, name } = resource;
  return parts.filter((part) => {
    if (!concerns(part, resource)) return false;
    if (part.set !== null || part.alters) return true;
    return part.mayHold({ group, kind }, name) && (namespace === null || part.mayLandIn(namespace));
  });
}

/** Those that could make an object another than it seems. */
export function couldAlter(parts: readonly UnreadPart[], resource: Resource): UnreadPart[] {
  return parts.filter((part) => (part.set !== null || part.alters) && concerns(part, resource));
}

/**
 * Whether the object belongs to what the part belongs to: what no longer is there is certainly gone from it.
 */
function concerns(part: UnreadPart, { application, kind, name, origin, source }: Resource): boolean {
  if (part.set !== null)
    return (
      (kind === 'Application' && source === 'applicationset' && part.mayBeNamed(name)) ||
      (application !== null && part.mayBeNamed(application))
    );
  if (part.application !== null && part.application.name === application) return true;
  return part.files.includes(origin.file);
}

/** What to tell of the parts themselves: a chart of another version, a generator that is no longer known. */
export function unreadChanges(base: Platform, head: Platform, touched: ReadonlySet<string>): UnreadChange[] {
  const [before, after] = [ownParts(base, head), ownParts(head, base)];
  const rest = new Map<string, UnreadPart[]>();
  for (const part of before) addTo(rest, sameness(part), part);
  const changes = after.map((part): UnreadChange => {
    const was = rest.get(sameness(part))?.shift();
    return {
      before: was?.unverified ?? null,
      after: part.unverified,
      application: part.application?.name ?? was?.application?.name ?? null,
      given: false,
    };
  });
  for (const { unverified, application } of [...rest.values()].flat())
    changes.push({ before: unverified, after: null, application: application?.name ?? null, given: false });
  const known = new Map(unreadParts(base).map((part) => [keyOf(part), part]));
  for (const part of unreadParts(head)) {
    const was = known.get(keyOf(part));
    const id = part.application?.id;
    if (was !== undefined && id !== undefined && part.adds && touched.has(id))
      changes.push({
        before: was.unverified,
        after: part.unverified,
        application: part.application?.name ?? null,
        given: true,
      });
  }
  const order = ({ before, after, application }: UnreadChange) =>
    [application ?? '', (after ?? before)?.what ?? '', (after ?? before)?.origin?.file ?? ''].join('\0');
  return changes.sort((a, b) => compareText(order(a), order(b)));
}

function keyOf({ unverified, application, set }: UnreadPart): string {
  const { kind, what, why } = unverified;
  return stableStringify([kind, what, why, application?.name ?? null, set?.name ?? null]);
}

/** What is the same thing in another version. */
function sameness({ unverified, application }: UnreadPart): string {
  const what =
    unverified.kind === 'chart'
      ? unverified.chart.name
      : unverified.kind === 'kustomization'
        ? unverified.directory
        : null;
  return stableStringify([
    unverified.kind,
    what ?? unverified.what.replace(/\S*$/, ''),
    application?.name ?? null,
  ]);
}
