import { formatPatch, structuredPatch } from 'diff';

/** The change of a file as a unified diff in Git's form, which `git apply` takes at the root. */
export function patchOf(file: string, before: string, after: string): string {
  const patch = structuredPatch(`a/${file}`, `b/${file}`, before, after, '', '', { context: 3 });
  return formatPatch({ ...patch, isGit: true });
}
