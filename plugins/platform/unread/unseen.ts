import { addTo, oncePer } from '../../base/index.ts';
import type { Platform } from '../types.ts';
import type { UnreadPart } from './unread-part.ts';
import { unreadParts } from './unread-parts.ts';

/**
 * What could hold an object that no manifest declares: one that may be of the kind, land in the namespace
 * (null: in any, or in none) and, where it is an Application of a set, have the name. `kinds` without a group
 * mean any group's.
 */
export function mayHold(
  platform: Platform,
  kinds: readonly { group: string | null; kind: string }[],
  namespace: string | null,
  name: string,
): UnreadPart[] {
  return unreadParts(platform).filter((part) =>
    kinds.some(({ group, kind }) => {
      if (namespace !== null && !part.mayLandIn(namespace)) return false;
      if (part.set !== null && kind === 'Application') return part.mayBeNamed(name);
      const groups = group === null ? (groupsOf(platform).get(kind) ?? []) : [group];
      return groups.length === 0
        ? part.adds && part.mayHoldKind(kind)
        : groups.some((one) => part.mayHold({ group: one, kind }, name));
    }),
  );
}

/** The same for a text such as `Kind/name` or `Kind.group/namespace/name`; nothing where several fit it. */
export function mayBeUnread(platform: Platform, reference: string): UnreadPart[] {
  const resolution = platform.resolveReference(reference);
  if (resolution.ok || resolution.reason === 'ambiguous') return [];
  const [written = '', second, third] = reference.split('/');
  if (second === undefined) return [];
  const dot = written.indexOf('.');
  const kind = dot < 0 ? written : written.slice(0, dot);
  const group = dot < 0 ? null : written.slice(dot + 1);
  return mayHold(platform, [{ group, kind }], third === undefined ? null : second, third ?? second);
}

/** Why something unread may hold what is looked for. */
export function unreadWords({ set, unverified }: UnreadPart): string {
  if (set !== null) return `the generators of ApplicationSet ${set.name} were not expanded`;
  return unverified.kind === 'kustomization'
    ? `${unverified.what}: ${unverified.why}`
    : `${unverified.what} could not be looked into`;
}

/** The groups that have resources of a kind. */
const groupsOf = oncePer(({ model }: Platform): Map<string, string[]> => {
  const groups = new Map<string, string[]>();
  for (const { kind, group } of model.resources)
    if (groups.get(kind)?.includes(group) !== true) addTo(groups, kind, group);
  return groups;
});
