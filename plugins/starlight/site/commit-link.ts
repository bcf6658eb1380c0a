/**
 * The page of a commit where the addresses of source lines are known, as GitHub, GitLab, Forgejo, Gitea and
 * Bitbucket have it; null for a form that none of them has.
 * @param browse template of source links.
 * @param commit with `-dirty` behind it where something is not committed.
 */
export function commitLink(browse: string | null, commit: string): string | null {
  const form = forms.find(({ file }) => browse?.includes(file));
  if (browse === null || form === undefined) return null;
  const before = browse.slice(0, browse.indexOf(form.file));
  return `${before}${form.commit}${encodeURIComponent(commit.replace(/-dirty$/, ''))}`;
}

/** How a host calls a file at a commit and the commit itself; the longest first. */
const forms = [
  { file: '/src/commit/{commit}/', commit: '/commit/' },
  { file: '/-/blob/{commit}/', commit: '/-/commit/' },
  { file: '/blob/{commit}/', commit: '/commit/' },
  { file: '/src/{commit}/', commit: '/commits/' },
];
