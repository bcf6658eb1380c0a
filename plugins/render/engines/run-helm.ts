import { isExecutable, onPath } from '../../base/index.ts';
import type { Cache } from '../../source/index.ts';
import { EngineMissingError, programBeside, versionOf } from './find-engine.ts';
import { isWanted, notWanted } from './wanted-version.ts';

/**
 * The Helm that is there: the one that PLUMBLINE_HELM names, else `helm` on PATH, else the one in the npm
 * package, else the one that `plumbline engines install` has fetched. None of the repository under `root`,
 * unless it is named.
 * @param wanted version that the first of these must be; null for any.
 * @throws EngineMissingError where there is none (exit code 2).
 */
export async function findHelm(cache: Cache, root: string, wanted: string | null = null): Promise<Helm> {
  const given = process.env.PLUMBLINE_HELM;
  if (given && !isExecutable(given))
    throw new EngineMissingError(
      `PLUMBLINE_HELM names \`${given}\`, which cannot be run`,
      'Name an executable Helm, or unset it.',
    );
  const own = given || onPath('helm', root);
  const first = own ? await describe(own, given ? 'PLUMBLINE_HELM' : 'PATH', cache) : undefined;
  if (first !== undefined && isWanted(first.version, wanted)) return first;
  const beside = given ? undefined : await programBeside('helm', cache, root);
  const second = beside === undefined ? undefined : await describe(beside.path, beside.from, cache);
  if (second !== undefined && isWanted(second.version, wanted)) return second;
  const found = [first, second].filter((one) => one !== undefined);
  if (wanted !== null && found.length > 0) throw new EngineMissingError(...notWanted('Helm', wanted, found));
  throw new EngineMissingError(
    'there is no Helm to render the charts with: no `helm` on PATH',
    'Run `plumbline engines install`, which fetches it (and nothing else uses the network), or install `helm`; PLUMBLINE_HELM can name one, and has to where it lies in the repository itself.',
  );
}

async function describe(path: string, from: string, cache: Cache): Promise<Helm> {
  const version = await versionOf(path, cache, {
    tool: 'helm',
    parameters: ['version', '--template', '{{.Version}}'],
    pattern: /(v\d+\.\d+\.\d+\S*)/,
  });
  if (version === undefined)
    throw new EngineMissingError(
      `\`${path}\` does not say which Helm it is`,
      'PLUMBLINE_HELM can name another one.',
    );
  return { path, version, from };
}

/**
 * What stands between kustomize and Helm, outside the repository, and runs nothing but Helm. kustomize asks
 * `helm version -c --short`, which Helm 4 no longer takes, and up to 5.5 refuses every version but 3; all
 * that it calls afterwards is `helm template`, which both have.
 */
export function wrapperScript(helm: Helm): string {
  const path = `'${helm.path.replaceAll("'", "'\\''")}'`;
  return `#!/bin/sh\nif [ "$1" = version ]; then echo v3.0.0; exit 0; fi\nexec ${path} "$@"\n`;
}

export interface Helm {
  /** Absolute path of the binary. */
  path: string;
  /** Such as `v4.1.4`. */
  version: string;
  /** Where it was found, for people. */
  from: string;
}
