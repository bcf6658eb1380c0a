import { isPathMisspelt } from '../../../base/index.ts';
import type { Platform } from '../../../platform/index.ts';
import { type DiagnosticOf, type Place, wholeFile } from '../../../source/index.ts';
import { diagnose, suggestion } from '../../diagnose.ts';
import { deepest, nearestPaths } from '../../nearest-paths.ts';
import { filePaths } from '../../path-form.ts';
import type { PageRule } from '../rule.ts';

export const pathMissing = {
  name: 'path-missing',
  about: 'page',
  severity: 'error',
  title: 'a path matches no file',
  explain: `Inline code that begins with a manifest root is a path or a glob. It must match at least one file of the repository, so that a moved or renamed file cannot leave a page behind. A path may be written from the root or from the page, with a line (\`:3\`, \`#L3-L9\`). \`$ENV\`, \`ENV\`, \`<name>\` \`my-team\` and \`team-xxx\` are gaps: they match any name, and what a reader is to put into a folder that exists is not looked for.`,
  silent: `Says nothing about:

- files on disk outside the folders that are read, what Git ignores, as a set-up makes it, and what a sparse checkout leaves out;
- what the page tells its reader to create, copy, write or save, lists as parts of something new, calls generated or the output of a build, or says is removed, what its commands make (\`mkdir\`, \`flux bootstrap\`);
- what it tells of as old (\`the old …\`, a column \`Old\`, \`migrated from\`), as not there or as a guess (\`or equivalent\`);
- \`owner/name\` of a repository whose address the page has;
- what the page attributes to an upstream, a fork or another repository (\`upstream and its …\`, \`in the customer repo:\`);
- what an ExternalSecret of the repository fetches under that name, or a PushSecret writes;
- \`namespace/name\`, where the namespace holds that name or something is not read;
- hidden folders (\`.github/\`) that no layer names, since another repository's may be meant;
- text that is struck through, functions (\`pkg.Run()\`), and what a package exports (\`internal/pkg.Run\`).

Changelogs and numbered records of decisions (\`adr/0007-….md\`) are not held to it: they tell of what was.`,
  failing: `The quota is set in \`K8s/shop/governance/resource-quota.yaml\`.
`,
  mended: `The quota is set in \`K8s/shop/governance/resourcequota.yaml\`.
`,
  fixable: true,
} as const satisfies PageRule;

/** A path or a glob under the manifest roots that matches no file. */
export function missingPath(pattern: string, page: Place, platform: Platform): DiagnosticOf<'path-missing'> {
  const paths = filePaths(platform.sources);
  const reach = deepest(pattern, paths);
  const candidates = nearestPaths(pattern, reach, paths);
  const near = candidates[0];
  const wildcard = /[*?{<[$]/.test(pattern);
  return diagnose(pathMissing, {
    about: pattern,
    page,
    message: wildcard ? `no file matches \`${pattern}\`` : `\`${pattern}\` does not exist`,
    expected: `a file of the repository under ${platform.model.roots.map((root) => `\`${root}/\``).join(' or ')}`,
    actual:
      reach === null
        ? `searched ${paths.length} files`
        : `\`${reach}/\` exists, and nothing in it matches the rest`,
    candidates,
    help:
      near === undefined
        ? 'correct the path, or take it out of inline code if it is no path'
        : `did you mean \`${near}\`?`,
    sources: near !== undefined && platform.sources.files.has(near) ? [wholeFile(near, 'nearest')] : [],
    ...(near !== undefined && candidates.length === 1 && isSame(pattern, near, wildcard ? [] : paths)
      ? { fix: { replacement: near } }
      : {}),
  });
}

/**
 * A file that an excerpt would show.
 * @param known the files that it could name.
 */
export function missingSource(
  path: string,
  page: Place,
  known: readonly string[],
): DiagnosticOf<'path-missing'> {
  const candidates = nearestPaths(path, deepest(path, known), known);
  return diagnose(pathMissing, {
    about: path,
    page,
    message: path === '' ? 'an excerpt needs a file in `source`' : `\`${path}\` does not exist`,
    expected: 'a file of the repository, from its root',
    actual: `searched ${known.length} files`,
    candidates,
    help: suggestion(candidates) ?? 'correct the path, or drop `source` if this is no excerpt',
  });
}

/**
 * The only file of that name, in another folder, or with its name misspelt: another name may be another file.
 * @param paths where it may have moved; none for a pattern, which means more than one folder.
 */
function isSame(written: string, right: string, paths: readonly string[]): boolean {
  const end = `/${written.split('/').at(-1)}`;
  const [moved, ...others] = paths.filter((path) => path.endsWith(end));
  return (moved === right && others.length === 0) || isPathMisspelt(written, right);
}
