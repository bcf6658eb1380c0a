/** Branches, tags and ranges → commits. Source: `lsRemote` of Argo CD's `util/git`, `util/versions`. */
import { maxSatisfying, parse, Range } from 'semver';

/**
 * The commit that a revision means among what a server lists (`git ls-remote`): the newest tag of a range,
 * the branch or tag of that name, and what looks like a commit as it is. Null where there is none.
 * @param revision null for the branch that is the default.
 * @param tagPrefix what tags begin with that count for a version or a range; a branch is not asked for so.
 */
export function resolveRevision(revision: string | null, listed: string, tagPrefix = ''): string | null {
  const asked = revision ?? 'HEAD';
  if (isCommit(asked)) return asked;
  const refs = refsOf(listed);
  const tags = [...refs.keys()].flatMap((ref) => /^refs\/tags\/(.+?)(\^\{\})?$/.exec(ref)?.[1] ?? []);
  const own = tags.flatMap((tag) => (tag.startsWith(tagPrefix) ? tag.slice(tagPrefix.length) : []));
  const version = isVersion(asked) ? asked : newestTag(asked, own);
  const name = version === undefined ? asked : `${tagPrefix}${version}`;
  for (const ref of [name, `refs/heads/${name}`, `refs/tags/${name}`, `refs/${name}`]) {
    const found = refs.get(`${ref}^{}`) ?? refs.get(ref);
    if (found !== undefined) return found;
  }
  // A short commit cannot be asked for; it is known where something that is listed begins with it.
  const short = /^[0-9a-f]{7,40}$/.test(asked)
    ? new Set([...refs.values()].filter((commit) => commit.startsWith(asked)))
    : [];
  const [only, other] = short;
  return only !== undefined && other === undefined ? only : null;
}

export function isCommit(revision: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(revision);
}

/**
 * True of a version, in which minor and patch may be left out: `v1` and `1.2` are names of tags to Argo CD,
 * and no ranges.
 */
function isVersion(revision: string): boolean {
  return /^v?\d+(\.\d+){0,2}(-[\w.-]+)?(\+[\w.-]+)?$/.test(revision);
}

/** The tag of the highest version in a range; undefined where it is no range, or no tag is in it. */
export function newestTag(range: string, tags: readonly string[]): string | undefined {
  if (isVersion(range) || !/^[\s\d.xX*^~<>=|,v-]+/.test(range)) return undefined;
  try {
    // Commas mean "and" to Argo CD and Flux, as blanks do here.
    const parsed = range.replaceAll(',', ' ').split('||').map(readRange);
    const byVersion = new Map<string, string>();
    for (const tag of tags) {
      const version = parse(tag, { loose: true });
      if (version !== null && !byVersion.has(version.version)) byVersion.set(version.version, tag);
    }
    const taken = [...byVersion.keys()].filter((version) => parsed.some(({ takes }) => takes(version)));
    const best = maxSatisfying(taken, '*', { includePrerelease: true });
    return best === null ? undefined : byVersion.get(best);
  } catch {
    return undefined;
  }
}

/** Prereleases are taken where all of a range names one (`>=1.0.0-0`), whichever version they are of. */
function readRange(text: string): { takes(version: string): boolean } {
  const parts = text.match(/[v\d*xX][^\s<>=~^]*/g) ?? [];
  const includePrerelease = parts.length > 0 && parts.every((part) => part.includes('-'));
  const range = new Range(text.replaceAll(/[*xX]-[\w.]+/g, '>=0.0.0-0'), { includePrerelease });
  return {
    takes: (version) => (includePrerelease || !version.includes('-')) && range.test(version),
  };
}

function refsOf(listed: string): Map<string, string> {
  return new Map(
    listed.split('\n').flatMap((line): [string, string][] => {
      const [, commit, ref] = /^([0-9a-f]{40,64})\t(\S+)$/.exec(line) ?? [];
      return commit === undefined || ref === undefined ? [] : [[ref, commit]];
    }),
  );
}
