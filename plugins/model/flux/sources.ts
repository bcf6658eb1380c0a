/** Where the files lie that something of Flux deploys: in this repository, or in one that is not read. */
import { posix } from 'node:path';
import { isUnder, type JsonObject, listAt, objectAt, textAt } from '../../base/index.ts';
import type { DeploymentContext } from '../deployers/deployment-types.ts';
import { artifactFolder } from './artifacts.ts';
import type { SourceReference } from './source-reference.ts';

/**
 * The source that a reference names. One that no manifest declares is this repository where the path is one
 * of its folders: `flux bootstrap` and Flux's operator write theirs into the cluster alone.
 */
export function fluxSource(reference: SourceReference, path: string, context: DeploymentContext): FluxSource {
  const { kind, namespace, name, near } = reference;
  // A part of an object that something else completes, as a patch is, names none.
  if (name === '') return { ...nowhere, said: 'a source', why: 'it names no source' };
  const said = `${kind}/${name}`;
  const object = context.objects.find(kind, namespace, name, near);
  const exists = (): boolean => context.repository.directories.has(folderIn('.', path));
  if (kind === 'ExternalArtifact') return fromArtifact(reference, said, context);
  if (object === undefined) {
    const isHere = kind === 'GitRepository' && exists();
    const why = `it comes from \`${said}\`, which no manifest declares`;
    return { ...nowhere, said, folder: isHere ? '.' : null, why };
  }
  const spec = objectAt(object, 'spec');
  const url = textAt(spec, 'url') ?? textAt(spec, 'endpoint') ?? '';
  const isGit = kind === 'GitRepository' && !isIncluded(path, spec);
  const isHere = isGit && context.repository.isLocal(url, exists);
  const ref = objectAt(spec, 'ref');
  if (kind === 'OCIRepository') {
    const why = `it comes from \`${url}\`, an OCI artifact`;
    return { ...nowhere, said, url, revision: tagOf(ref), ...artifactOf(url, spec, why) };
  }
  const bucket = kind === 'Bucket' ? `the bucket \`${textAt(spec, 'bucketName') ?? ''}\` of ` : '';
  const isCopied = kind === 'GitRepository' && !isGit;
  return {
    ...nowhere,
    said,
    url,
    revision: revisionOf(ref),
    git: isGit && !isHere ? { url, revision: gitRevision(ref) } : null,
    folder: isHere ? '.' : null,
    included: kind === 'GitRepository' ? includedIn(spec) : [],
    why: isCopied
      ? `\`${said}\` copies it from another source (\`include\`)`
      : `it comes from ${bucket}\`${url}\``,
  };
}

/** An artifact that a generator copies out of a source: a folder of this repository, if it is known which. */
function fromArtifact(reference: SourceReference, said: string, context: DeploymentContext): FluxSource {
  const elsewhere = { ...nowhere, said };
  const made = artifactFolder(reference, context.objects);
  if (made === null) return { ...elsewhere, why: `it is copied together as \`${said}\`` };
  const source = fluxSource(made.source, made.folder, context);
  return source.folder === null
    ? { ...source, said, git: null, artifact: null }
    : { ...source, said, folder: made.folder };
}

/** A path of a source, as a folder of this repository: never outside of it, wherever its dots lead. */
export function folderIn(folder: string, path: string): string {
  return posix.join(folder, posix.normalize(`/${path}`).replace(/\/+$/, '').slice(1)) || '.';
}

/** What is checked out; null for the branch that is the default. */
function revisionOf(ref: JsonObject): string | null {
  const found = ['commit', 'name', 'semver', 'tag', 'branch'].map((field) => textAt(ref, field));
  return found.find((one) => one !== undefined && one !== '') ?? null;
}

/** A version by itself, or the beginning of one, is a range here, and no name of a tag. */
function rangeOf(written: string): string {
  return /^v?\d[\w.+-]*$/.test(written) ? `=${written}` : written;
}

/** The same as Git is asked for it. */
function gitRevision(ref: JsonObject): string {
  const range = textAt(ref, 'semver') || '';
  const isNamed = Boolean(textAt(ref, 'commit') || textAt(ref, 'name'));
  if (range !== '' && !isNamed) return rangeOf(range);
  return revisionOf(ref) ?? 'master';
}

/** What an OCIRepository follows: Flux takes a digest before a range, and that before a tag. */
function tagOf(ref: JsonObject): string {
  return textAt(ref, 'digest') || textAt(ref, 'semver') || textAt(ref, 'tag') || 'latest';
}

/** What is unpacked of it, and why that, or the chart in it, is not what its tag or range says. */
function artifactOf(
  url: string,
  spec: JsonObject,
  why: string,
): Pick<FluxSource, 'artifact' | 'otherChart' | 'why'> {
  const ref = objectAt(spec, 'ref');
  const range = textAt(ref, 'digest') ? '' : textAt(ref, 'semver') || '';
  const selector = objectAt(spec, 'layerSelector');
  const layer = textAt(selector, 'mediaType') || 'first';
  if (range !== '' && textAt(ref, 'semverFilter')) {
    const filtered = `${why} of whose tags those count that fit a pattern (\`semverFilter\`)`;
    return { artifact: null, otherChart: filtered, why: filtered };
  }
  const isChart =
    layer === 'first' || /^application\/(?:vnd\.cncf\.helm\.chart\.content\.v1\.)?tar\+gzip$/.test(layer);
  const otherChart = isChart ? null : `${why} of which the layer \`${layer}\` is taken`;
  if (selector.operation === 'copy') return { artifact: null, otherChart, why: `${why} that is kept packed` };
  const revision = range === '' ? tagOf(ref) : rangeOf(range);
  return { artifact: { url, revision, layer }, otherChart, why };
}

/** True for a path that another repository is copied to. */
function isIncluded(path: string, spec: JsonObject): boolean {
  return includedIn(spec).some((to) => isUnder(to, folderIn('.', path)));
}

/** Folders into which a GitRepository of Flux copies other sources. */
export function includedIn(spec: JsonObject): string[] {
  return listAt(spec, 'include').map((one) =>
    folderIn('.', textAt(one, 'toPath') || textAt(one, 'repository', 'name') || ''),
  );
}

export interface FluxSource {
  /** `Kind/name`. */
  said: string;
  /** As its manifest says; null where none is known. */
  url: string | null;
  revision: string | null;
  /** The other Git repository that it is; null where it is this one, or something else. */
  git: { url: string; revision: string } | null;
  /** The OCI artifact that it unpacks; null for anything else. */
  artifact: { url: string; revision: string; layer: string } | null;
  /** Of this repository: what its paths are relative to; null where its files are not here. */
  folder: string | null;
  /** Of a GitRepository: the folders that other sources are copied to. */
  included: readonly string[];
  /** Of an OCIRepository: why the chart in it is another than Helm would take; null where it is the same. */
  otherChart: string | null;
  /** Why its files are not here. */
  why: string;
}

const nowhere = {
  ...{ url: null, revision: null, git: null, artifact: null, folder: null },
  ...{ included: [], otherChart: null },
};
