/**
 * Decides which faults of files and kustomizations are faults of the platform, which depends on what the
 * Applications read.
 */
import { posix } from 'node:path';
import { isUnder, objectAt } from '../base/index.ts';
import { createUndeployed, type Found, includedIn, isNotApplied } from '../model/index.ts';
import type { Build, MissingInput, Rendered } from '../render/index.ts';
import {
  type EarlyDiagnostic,
  isKustomizationPath,
  kustomizationNames,
  kustomizationReferences,
  namedPaths,
  type SourceFault,
  type SourceFile,
  type Sources,
  type Unverified,
} from '../source/index.ts';

/**
 * Leaves out what nobody deploys: skeletons of templates, tests of tools, files that are no manifests by a
 * single word, builds of what is yet to be filled in (the file itself is a warning). A file that is missing,
 * and that a set-up or a plugin may write, is not verified as long as no Application has Argo CD build the
 * kustomization from Git.
 */
export async function settleFaults(
  sources: Sources,
  rendered: Rendered,
  found: Found,
  { ignoredOf, elsewhere }: Pick<Known, 'ignoredOf' | 'elsewhere'>,
): Promise<Settled> {
  const reads = new Set(found.found.deployers.flatMap(({ deployment }) => deployment.reads));
  const builds = [...rendered.builds.values()];
  // What Argo CD reads: the kustomizations with all that they include, and the files of the rest.
  for (const { directory, includes, inputs } of builds.filter((build) => reads.has(build.directory)))
    for (const path of [directory, ...includes, ...inputs]) reads.add(path);
  const isUndeployed = createUndeployed(sources);
  const isMaterial = (path: string): boolean =>
    isUndeployed(path) && !reads.has(path) && !reads.has(posix.dirname(path));
  const isAbout = ({ sources: [at] }: EarlyDiagnostic): string => at?.file ?? '';

  const unfilled = new Set(
    sources.faults
      .filter(({ kind }) => kind === 'template')
      .map(({ diagnostic }) => isAbout(diagnostic))
      .filter((path) => !reads.has(path)),
  );
  const isOfTemplate = ({ directory, includes, inputs }: Build): boolean =>
    !reads.has(directory) &&
    (inputs.some((path) => unfilled.has(path)) ||
      [directory, ...includes].some((folder) =>
        kustomizationNames.some((name) => unfilled.has(posix.join(folder, name))),
      ));
  const templates = new Set(
    unfilled.size === 0 ? [] : builds.filter(isOfTemplate).map(({ directory }) => directory),
  );
  const isFilledIn = ({ directory }: { directory: string }): boolean => !templates.has(directory);

  // Argo CD reads parameters of a set leniently; a manifest, and what a chart reads, it does not.
  const isLenient = ({ kind, diagnostic }: SourceFault): boolean =>
    kind === 'duplicate' &&
    found.values.has(isAbout(diagnostic)) &&
    !reads.has(isAbout(diagnostic)) &&
    sources.files.get(isAbout(diagnostic))?.role !== 'manifest';

  const excused = await excuse(rendered.missing, { sources, reads, found, ignoredOf, elsewhere });
  const silenced = new Set(excused.map(({ fault }) => fault.fingerprint));
  const isTold = (one: EarlyDiagnostic): boolean =>
    !silenced.has(one.fingerprint) && !isMaterial(isAbout(one));
  return {
    diagnostics: sources.faults
      .filter((fault) => {
        const path = isAbout(fault.diagnostic);
        const isPart = reads.has(path) || !isNobodys(path, sources);
        return isTold(fault.diagnostic) && !isLenient(fault) && isPart;
      })
      .map(({ kind, diagnostic: one }) =>
        kind === 'template' && unfilled.has(isAbout(one)) ? { ...one, severity: 'warning' } : one,
      ),
    rendered: {
      ...rendered,
      builds: new Map(
        builds
          .filter((build) => !isMaterial(build.directory) && isFilledIn(build))
          .map((build) => [build.directory, withExcuses(build, excused)]),
      ),
      diagnostics: rendered.diagnostics.filter(
        (one) => isTold(one) && isFilledIn({ directory: posix.dirname(isAbout(one)) }),
      ),
      missing: rendered.missing.filter((one) => isTold(one.fault) && isFilledIn(one)),
    },
  };
}

/** Folders of the repository that are there only once Flux has copied other sources into them. */
function includedFolders({ files }: Sources): string[] {
  return [...files.values()]
    .flatMap(({ documents }) => documents.map(({ value }) => value))
    .filter(({ kind }) => kind === 'GitRepository')
    .flatMap((value) => includedIn(objectAt(value, 'spec')));
}

/**
 * Missing inputs that a set-up, a plugin or Flux may write before the kustomization is built, with what
 * writes them.
 */
async function excuse(
  missing: readonly MissingInput[],
  { sources, reads, found, ignoredOf, elsewhere }: Known,
): Promise<Excused[]> {
  if (missing.length === 0) return [];
  const included = includedFolders(sources);
  const isIncluded = ({ path }: MissingInput) => included.some((folder) => isUnder(folder, path));
  const isElsewhere = ({ path }: MissingInput) => elsewhere.some((folder) => isUnder(folder, path));
  const open = missing.filter((one) => !reads.has(one.directory) || isIncluded(one) || isElsewhere(one));
  const ignored = await ignoredOf(open.map(({ path }) => path).filter((path) => !path.startsWith('..')));
  const plugins = new Set(
    found.found.deployers
      .filter(({ deployment }) => deployment.type === 'Plugin')
      .flatMap(({ deployment }) => deployment.sources.flatMap(({ path }) => path ?? [])),
  );
  return open.flatMap((one): Excused[] => {
    const why = isIncluded(one)
      ? 'a GitRepository of Flux copies another source there (`include`)'
      : isElsewhere(one)
        ? 'it lies in a submodule, or a sparse checkout leaves it out'
        : ignored.has(one.path)
          ? 'Git ignores it: a set-up writes it'
          : plugins.has(one.directory)
            ? 'a config management plugin builds the folder, and may write it'
            : isMadeOfChart(one.directory, sources)
              ? `a \`Chart.yaml\` lies beside \`${one.directory}\`'s kustomization: a plugin may write it`
              : templateOf(one.path, sources);
    const { fault, directory, path, origin } = one;
    return why === null
      ? []
      : [{ fault, directory, unverified: { kind: 'file', what: `file ${path}`, why, origin } }];
  });
}

/**
 * True for a kustomization beside a chart if none of its resources exists: a plugin makes them from the
 * chart. If some exist, the kustomization means files of its own.
 */
function isMadeOfChart(directory: string, { files }: Sources): boolean {
  if (!files.has(posix.join(directory, 'Chart.yaml'))) return false;
  const paths = [...files.keys()];
  const isThere = (path: string): boolean =>
    files.has(path) || paths.some((file) => file.startsWith(`${path}/`));
  return [...files.values()]
    .filter((file) => file.role === 'kustomization' && posix.dirname(file.path) === directory)
    .flatMap((file) => file.documents.flatMap(({ value }) => kustomizationReferences(value)))
    .every(({ use, target }) => use !== 'resource' || !isThere(posix.join(directory, target)));
}

/** A missing file of a template (`app.yaml` of `web-app.yaml.j2`) is written by whoever fills that in. */
function templateOf(path: string, { files }: Sources): string | null {
  const name = posix.basename(path).replaceAll('.', '\\.');
  const template = new RegExp(`(?:^|[-_./])${name}\\.(?:j2|jinja2?|tpl|tmpl|gotmpl|template|in|erb)$`);
  const found = [...files.keys()].find((file) => template.test(file));
  return found === undefined ? null : `a set-up may write it from \`${found}\``;
}

function withExcuses(build: Build, excused: readonly Excused[]): Build {
  const own = excused.filter(
    ({ directory }) => directory === build.directory || build.includes.includes(directory),
  );
  return own.length === 0
    ? build
    : { ...build, unverified: [...build.unverified, ...own.map(({ unverified }) => unverified)] };
}

/**
 * True for a file that cannot be read and is no part of a platform: neither its words, its name nor anything
 * that refers to it make it a manifest or one of the files of Helm or kustomize.
 */
function isNobodys(path: string, { files }: Sources): boolean {
  const file = files.get(path);
  if (file === undefined || file.text === '' || isKustomizationPath(path)) return false;
  const groups = [...file.text.matchAll(/^\s*"?apiVersion"?\s*:\s*["']?([\w.-]+)/gm)];
  const isOther = groups.length > 0 && groups.every(([, group = '']) => isNotApplied(group));
  const isManifest = /\bapiVersion\b/.test(file.text) && /\bkind\b/.test(file.text);
  if (!isOther && (isManifest || file.role !== 'broken')) return false;
  return ![...files.values()].some((other) => names(other, path));
}

function names(file: SourceFile, path: string): boolean {
  if (file.role === 'kustomization') return namedPaths(file).includes(path);
  return (file.role === 'manifest' || file.role === 'chart') && file.text.includes(posix.basename(path));
}

interface Settled {
  /** Of the sources. */
  diagnostics: EarlyDiagnostic[];
  rendered: Rendered;
}

/** Of paths those that Git ignores. */
export type IgnoredOf = (paths: string[]) => Promise<ReadonlySet<string>>;

interface Known {
  sources: Sources;
  ignoredOf: IgnoredOf;
  /** Folders of other repositories, and what a sparse checkout leaves out. */
  elsewhere: readonly string[];
  reads: ReadonlySet<string>;
  found: Found;
}

interface Excused extends Pick<MissingInput, 'fault' | 'directory'> {
  unverified: Unverified;
}
