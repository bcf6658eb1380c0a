/** Stands for the commit in stored pages, so that a page stays as it is when only the commit has changed. */
export const commitToken = '__plumbline_commit__';

/** Outside Git a link leads to the newest. */
export function withCommit(html: string, commit: string | null): string {
  return html.replaceAll(commitToken, commit?.replace(/-dirty$/, '') ?? 'HEAD');
}
