import { existsSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { counted, firstOf, inCode, slashed } from '../../plugins/base/index.ts';
// By its own file: each command loads this one, and not all of them a platform.
import { holdsNothing } from '../../plugins/platform/holds-nothing.ts';
import type { Platform } from '../../plugins/platform/index.ts';
import { UsageError } from './exit-failure.ts';

/**
 * A call that would hold nothing against anything is a wrong one, not a green check: no manifest under the
 * root, no page in a docs folder that is named, or no page where the root is a part of a repository whose
 * pages lie elsewhere. A repository of its own may be without pages.
 * @param found of a call that names no page: how many there are, and what is wrong with the manifests.
 */
export function refuseNothing(platform: Platform, found: { pages: number; faults: number }): void {
  const { config } = platform;
  refuseNoManifest(platform, found.faults);
  if (found.pages > 0) return;
  if (config.isDocsNamed)
    throw new UsageError(
      `the docs folder \`${config.docs}\` holds no page`,
      'name the folder of the pages (`--docs DIR`, or `docs` in plumbline.yaml), or leave it out where there are none',
    );
  const whole = config.file === null ? repositoryAbove(config.root) : undefined;
  if (whole !== undefined)
    throw new UsageError(
      `there is no page under \`${config.root}\`, which is a part of the repository \`${whole}\``,
      `write \`--root ${slashed(process.cwd(), whole) || '.'}\` for the whole, \`--docs DIR\` for its pages, or give the part a plumbline.yaml if it stands for itself`,
    );
}

/**
 * The same of a call that prints what the manifests say: a table of nothing would look like a platform
 * without it.
 * @param faults how much is wrong with the manifests besides.
 */
export function refuseNoManifest(platform: Platform, faults = 0): void {
  if (faults > 0 || !holdsNothing(platform)) return;
  const { config, sources } = platform;
  const charts = [...sources.files.keys()].filter((path) => /(?:^|\/)Chart\.yaml$/.test(path));
  if (charts.length > 0)
    throw new UsageError(
      `there is no manifest under \`${config.root}\` but ${counted(charts.length, 'chart')}, which nothing here deploys: ${firstOf(
        charts.map((path) => inCode(posix.dirname(path))),
        4,
      )}`,
      'name those that are applied by hand or by a script under `deploy` in plumbline.yaml (`deploy: [charts/root]`, or with their values), and they are rendered',
    );
  throw new UsageError(
    `there is no manifest under \`${config.root}\``,
    `give the root of a repository (\`--root DIR\`)${layersHint(config.layers)}`,
  );
}

function layersHint({ bootstrap, gitops }: Platform['config']['layers']): string {
  const folders = [...bootstrap, ...gitops];
  return folders.includes('.') ? '' : `; \`layers\` reads ${folders.join(', ')} alone`;
}

/** The repository that a folder is only a part of, where that one has pages or a configuration. */
function repositoryAbove(root: string): string | undefined {
  let found: string | undefined;
  for (let folder = root; !existsSync(join(folder, '.git')); ) {
    // Outside of Git nobody can say where a repository ends.
    if (dirname(folder) === folder) return undefined;
    folder = dirname(folder);
    if (['plumbline.yaml', 'plumbline.yml', 'docs'].some((name) => existsSync(join(folder, name))))
      found ??= folder;
  }
  return found;
}
