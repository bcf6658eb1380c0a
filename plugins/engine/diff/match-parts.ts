/** Which parts that are not read both sides have alike. */
import { addTo, stableStringify } from '../../base/index.ts';
import { type Platform, type UnreadPart, unreadParts } from '../../platform/index.ts';

/**
 * What is not read on both sides alike brings the same to both, and so makes no difference. Where nothing is
 * known to deploy it, it belongs to the file that asks for it: another overlay may ask for the same. One that
 * only moved to another file is alike all the same.
 */
export function matchParts(platform: Platform, other: Platform): MatchedParts {
  const rest = new Map<string, UnreadPart[]>();
  for (const part of unreadParts(other)) addTo(rest, keyOf(part), part);
  const alike = new Map<UnreadPart, UnreadPart>();
  const take = (part: UnreadPart, fits: (twin: UnreadPart) => boolean) => {
    const twins = rest.get(keyOf(part)) ?? [];
    const index = alike.has(part) ? -1 : twins.findIndex(fits);
    if (index >= 0) for (const twin of twins.splice(index, 1)) alike.set(part, twin);
  };
  for (const part of unreadParts(platform)) take(part, (twin) => askedBy(twin) === askedBy(part));
  for (const part of unreadParts(platform)) take(part, () => true);
  return { alike, own: unreadParts(platform).filter((part) => !alike.has(part)) };
}

/** The file that asks for it, where nothing is known to deploy it. */
export function askedBy({ unverified, deployer, set }: UnreadPart): string | null {
  return deployer === null && set === null ? (unverified.origin?.file ?? null) : null;
}

function keyOf({ unverified, deployer, set }: UnreadPart): string {
  const { kind, what, why } = unverified;
  // Why a folder is not built may hang on what else a run had to build: its files say whether it differs.
  const reason = kind === 'kustomization' ? null : why;
  return stableStringify([kind, what, reason, deployer?.name ?? null, set?.name ?? null]);
}

interface MatchedParts {
  /** Each with what the other side has of it. */
  alike: ReadonlyMap<UnreadPart, UnreadPart>;
  /** Those that only this side has. */
  own: UnreadPart[];
}
