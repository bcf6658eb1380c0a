import { resolve } from 'node:path';
import type { z } from 'zod';
import { entryAt, type JsonObject } from '../../base/index.ts';
import type { Severity } from '../diagnostic.ts';
import { readBranches, readPrefix, readRemotes, readSubmodules, sparseFolders } from '../git/git-state.ts';
import { ConfigError } from './config-error.ts';
import { findConfigFile, parseConfig } from './config-file.ts';
import { baselineFile, docsFolder, resolveFolder, resolveRoot, resolveValues } from './config-folders.ts';
import type { appliedSchema, generatorsSchema, kubernetesSchema } from './config-schema.ts';

/**
 * The configuration of a repository: `plumbline.yaml` where there is one, and defaults.
 * @throws ConfigError where the root does not exist or the configuration is wrong (exit code 2).
 */
export async function loadConfig(options: LoadConfigOptions): Promise<Config> {
  const root = resolveRoot(options.root);
  const home = options.home ?? root;
  const file = findConfigFile(root, options.config);
  const given = file === null ? {} : parseConfig(file);
  const folder = (path: string) => resolveFolder(root, path);
  const bootstrap = (given.layers?.bootstrap ?? []).map(folder);
  const gitops = (given.layers?.gitops ?? []).map(folder);
  const layers = given.layers ? { bootstrap, gitops } : defaultLayers(root);
  if (layers.bootstrap.length + layers.gitops.length === 0)
    throw new ConfigError(
      '`layers` names no folder',
      'Name at least one folder under `layers.gitops`, or leave `layers` out.',
    );

  const urls = given.repository?.url === undefined ? await readRemotes(home) : [given.repository.url].flat();
  const browse = given.repository?.browse;
  return {
    root,
    home,
    file,
    docs: docsFolder(root, options.docs, given.docs),
    isDocsNamed: (options.docs ?? given.docs) !== undefined,
    baseline: given.baseline === undefined ? null : baselineFile(root, given.baseline),
    layers,
    repository: {
      urls,
      browse: browse === undefined ? defaultBrowse(home, urls) : browse,
      branches: await readBranches(home),
      submodules: [...readSubmodules(root), ...(await sparseFolders(root, home))],
    },
    severity: given.severity ?? {},
    ...(given.site ? { site: given.site } : {}),
    ...(given.slugs ? { slugs: given.slugs } : {}),
    ...(given.deploy ? { deploy: given.deploy.map((one) => appliedOf(one, root)) } : {}),
    ...(given.generators ? { generators: fixturesOf(given.generators) } : {}),
    ...(given.engines
      ? { engines: { kustomize: given.engines.kustomize ?? null, helm: given.engines.helm ?? null } }
      : {}),
    ...(given.kubernetes ? { kubernetes: kubernetesOf(given.kubernetes) } : {}),
    ...(given.values ? { values: given.values } : {}),
  };
}

function fixturesOf(given: z.infer<typeof generatorsSchema>): GeneratorFixtures {
  const { clusters = null, ...sets } = given;
  const known = clusters?.map(({ name, server, project, labels, annotations }) => ({
    name,
    server,
    project: project ?? '',
    labels: labels ?? {},
    annotations: annotations ?? {},
  }));
  return { clusters: known ?? null, sets };
}

function kubernetesOf(given: z.infer<typeof kubernetesSchema>): Kubernetes {
  const { version = null, apiVersions = null } = typeof given === 'string' ? { version: given } : given;
  // A kind is served with its version.
  const all = apiVersions?.flatMap((api) => [api.split('/').slice(0, 2).join('/'), api]) ?? null;
  // As clusters answer it: in three parts.
  const full = version?.replace(/^v?(\d+\.\d+)$/, '$1.0') ?? null;
  return { version: full, apiVersions: all === null ? null : [...new Set(all)] };
}

function appliedOf(given: z.infer<typeof appliedSchema>, root: string): Applied {
  const { path, namespace = null, values = [] } = typeof given === 'string' ? { path: given } : given;
  return {
    path: resolveFolder(root, path, 'deploy'),
    namespace,
    values: values.map((file) => resolveValues(root, file)),
  };
}

function defaultLayers(root: string): Config['layers'] {
  const present = (name: string) => (entryAt(resolve(root, name))?.isDirectory() ? [name] : []);
  const layers = {
    bootstrap: present('IT').map((name) => resolveFolder(root, name)),
    gitops: present('K8s').map((name) => resolveFolder(root, name)),
  };
  return layers.bootstrap.length + layers.gitops.length > 0 ? layers : { bootstrap: [], gitops: ['.'] };
}

/** Source links for hosts whose address form is public knowledge; none for the others. */
function defaultBrowse(root: string, urls: string[]): string | null {
  for (const url of urls) {
    const match = url.match(
      /^(?:https?:\/\/(?:[^/@]+@)?|ssh:\/\/(?:[^/@]+@)?|[^/@]+@)([^/:]+)(?::\d+)?[/:](.+?)(?:\.git)?\/?$/,
    );
    const [, host, path] = match ?? [];
    if (host === undefined || path === undefined) continue;
    const prefix = readPrefix(root).split('/').map(encodeURIComponent).join('/');
    if (host === 'github.com') return `https://github.com/${path}/blob/{commit}/${prefix}{file}#L{line}`;
    if (host.startsWith('gitlab.')) return `https://${host}/${path}/-/blob/{commit}/${prefix}{file}#L{line}`;
  }
  return null;
}

export interface LoadConfigOptions {
  root: string;
  /** Where the repository itself lies, where `root` is a copy of one of its commits. */
  home?: string | undefined;
  /** Folder of pages, relative to the working directory; overrides the configuration. It must exist. */
  docs?: string | undefined;
  /** The configuration file, relative to the working directory; default `plumbline.yaml` under the root. */
  config?: string | undefined;
}

export interface Config {
  /** Absolute. */
  root: string;
  /** Absolute: where the repository itself lies; another than `root` where that is a copy of a commit. */
  home: string;
  /** The configuration file; null where there is none. */
  file: string | null;
  /** Absolute. */
  docs: string;
  /** Whether somebody says so, and it is not just where pages usually lie. */
  isDocsNamed: boolean;
  /** Absolute: the file of faults that are let be; null where none is named. */
  baseline: string | null;
  /** Folders relative to the root, with `/`; `.` is the root itself. */
  layers: { bootstrap: string[]; gitops: string[] };
  repository: {
    /** What manifests may call this repository. */
    urls: string[];
    /** Template with {commit}, {file} and {line}; null where source links lead nowhere. */
    browse: string | null;
    /** Names of the branch that is read, as far as Git tells. */
    branches: string[];
    /** Folders relative to the root that hold another repository, and what a sparse checkout leaves out. */
    submodules: string[];
  };
  severity: Record<string, Severity | 'off'>;
  /** What makes the anchors of headings, where that is said. */
  slugs?: 'github' | 'gitlab' | 'mkdocs' | 'jekyll' | 'hugo';
  /** Public address of the built pages, if it is known. */
  site?: string;
  /** What generators would find that ask a cluster or a network; none where left out. */
  generators?: GeneratorFixtures;
  /** What the clusters are, as far as that is said. */
  kubernetes?: Kubernetes;
  /** Versions of the engines that are to render; null where any will do. */
  engines?: { kustomize: string | null; helm: string | null };
  /** Values of `${NAME}`. */
  values?: Record<string, string>;
  /** What somebody applies by hand. */
  deploy?: Applied[];
}

interface Kubernetes {
  /** Such as `1.34.0`. */
  version: string | null;
  /** All that they serve beside Kubernetes' own and what the manifests bring; null where nobody lists it. */
  apiVersions: string[] | null;
}

export interface Applied {
  /** Folder, relative to the root. */
  path: string;
  /** Of a chart: where it is installed, */
  namespace: string | null;
  /** and its value files, relative to the root. */
  values: string[];
}

export interface GeneratorFixtures {
  /** Null where the configuration names none: then they are unknown, not none. */
  clusters: ClusterFixture[] | null;
  /** Parameter sets by name of the ApplicationSet: for all its generators that are not known, or by kind. */
  sets: Record<string, JsonObject[] | Record<string, JsonObject[]>>;
}

export interface ClusterFixture {
  name: string;
  server: string;
  project?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}
