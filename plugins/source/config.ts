import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { type Document, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { entryAt, isInside, isTaken, type JsonObject, realOf, slashed } from '../base/index.ts';
import { yamlValue } from '../base/yaml-value.ts';
import { configFaults, faultLine } from './config-faults.ts';
import {
  type appliedSchema,
  configSchema,
  type generatorsSchema,
  type kubernetesSchema,
} from './config-schema.ts';
import type { EarlyDiagnostic, Severity } from './diagnostic.ts';
import { readBranches, readPrefix, readRemotes, readSubmodules } from './git-state.ts';

/**
 * The configuration of a repository: `plumbline.yaml` where there is one, and defaults.
 * @throws ConfigError where the root does not exist or the configuration is wrong (exit code 2).
 */
export async function loadConfig(
  options: LoadConfigOptions,
): Promise<{ config: Config; diagnostics: EarlyDiagnostic[] }> {
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
  const config: Config = {
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
      submodules: readSubmodules(root),
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
  return { config, diagnostics: [] };
}

/**
 * A wrong call or configuration: exit code 2. `help` says how to mend it, `place` where its first fault is in
 * the absolute `file`, if that is known.
 */
export class ConfigError extends Error {
  readonly help: string;
  readonly place: ConfigPlace | null;
  constructor(message: string, help: string, place: ConfigPlace | null = null) {
    super(message);
    this.name = 'ConfigError';
    this.help = help;
    this.place = place;
  }
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

function resolveValues(root: string, path: string): string {
  const absolute = resolve(root, path);
  if (isAbsolute(path) || !isInside(realOf(root), realOf(absolute)) || !entryAt(absolute)?.isFile())
    throw new ConfigError(
      `the value file \`${path}\` is no file under ${root}`,
      'Mend `deploy` in the configuration: value files are relative paths under the root.',
    );
  return slashed(root, absolute);
}

function resolveRoot(path: string): string {
  const root = resolve(path);
  if (!entryAt(root)?.isDirectory())
    throw new ConfigError(
      `the root \`${path}\` is not a folder`,
      'Give the folder of a repository: `--root DIR`.',
    );
  return realpathSync(root);
}

function findConfigFile(root: string, given: string | undefined): string | null {
  if (given === undefined) {
    const usual = ['plumbline.yaml', 'plumbline.yml'].map((name) => resolve(root, name));
    const path = usual.find(isTaken) ?? null;
    if (path !== null && !isInside(realOf(root), realOf(path)))
      throw new ConfigError(
        `the configuration \`${path}\` leads out of the root`,
        'Make it a file of the repository, or name another one with `--config FILE`.',
      );
    return path;
  }
  const path = resolve(given);
  if (!existsSync(path))
    throw new ConfigError(
      `the configuration \`${given}\` does not exist`,
      'Name an existing file: `--config FILE`.',
    );
  return path;
}

/** What stands in the file; of one that cannot be read its faults, and nothing of its text. */
function readConfig(file: string): { document: Document; lines: LineCounter; value: unknown } {
  const fail = (why: string, at?: { line: number; column: number }): never => {
    const help = 'Mend the file, or remove it to use the defaults.';
    throw new ConfigError(`\`${file}\` ${why}`, help, placeOf(file, at));
  };
  const entry = entryAt(file);
  if (!entry?.isFile()) return fail('is no file');
  if (entry.size > longestConfig) return fail(`is larger than ${longestConfig / 2 ** 10} KiB`);
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), {
    logLevel: 'silent',
    prettyErrors: false,
    lineCounter: lines,
  });
  if (document.errors.length > 0) {
    const all = document.errors.map(({ pos, message }) => {
      const { line, col: column } = lines.linePos(pos[0]);
      return { line, column, words: `${message.trim()} at line ${line}, column ${column}` };
    });
    const words = all.slice(0, 10).map((fault) => fault.words);
    return fail(`is not YAML: ${words.join('; ')}`, all[0]);
  }
  try {
    return { document, lines, value: yamlValue(document) };
  } catch (problem) {
    return fail(`cannot be read: ${problem instanceof Error ? problem.message : String(problem)}`);
  }
}

function placeOf(file: string, at: { line: number; column: number } | undefined): ConfigPlace | null {
  return at === undefined ? null : { file, line: at.line, column: at.column };
}

function parseConfig(file: string): z.infer<typeof configSchema> {
  const { document, lines, value } = readConfig(file);
  const parsed = configSchema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const faults = configFaults(parsed.error.issues, document, lines, configSchema);
  throw new ConfigError(
    `\`${file}\` is wrong:\n${faults.map(faultLine).join('\n')}`,
    'Mend the file; `plumbline.schema.json` of the package lets an editor say the same while you type.',
    placeOf(file, faults[0]),
  );
}

/**
 * A folder of pages that is named must exist, so that a slip in its name is no green check of nothing; the
 * usual one need not.
 */
function docsFolder(root: string, asked: string | undefined, configured: string | undefined): string {
  const named = asked ?? configured;
  const path = asked === undefined ? resolve(root, named ?? 'docs') : resolve(asked);
  // Only the caller may name pages, which are read and written, outside of what is read.
  if (asked === undefined && !isInside(realOf(root), realOf(path)))
    throw new ConfigError(
      `the docs folder \`${named ?? 'docs'}\` leads out of the root`,
      'Name a folder of the repository in the configuration, or another one with `--docs DIR`.',
    );
  if (named === undefined || isFolder(path)) return path;
  const message = `the docs folder \`${named}\` ${existsSync(path) ? 'is not a folder' : 'does not exist'}`;
  if (asked === undefined)
    throw new ConfigError(message, `Mend \`docs\` in the configuration: it is a folder under ${root}.`);
  const fromRoot = resolve(root, named);
  throw new ConfigError(
    message,
    isFolder(fromRoot)
      ? `\`--docs\` is taken from the working directory: write \`--docs ${slashed(process.cwd(), fromRoot) || '.'}\`.`
      : 'Name an existing folder of pages: `--docs DIR`, from the working directory.',
  );
}

/** It is read and written, so it is a file of the repository; whether there is one is for who reads it. */
function baselineFile(root: string, given: string): string {
  const path = resolve(root, given);
  if (isInside(realOf(root), realOf(path)) && isInside(root, path)) return path;
  throw new ConfigError(
    `the baseline \`${given}\` leads out of the root`,
    'Name a file of the repository in the configuration, or another one with `--baseline FILE`.',
  );
}

function isFolder(path: string): boolean {
  return entryAt(path)?.isDirectory() === true;
}

function resolveFolder(root: string, path: string, key: 'layers' | 'deploy' = 'layers'): string {
  const what = key === 'layers' ? 'layer folder' : 'folder';
  const absolute = resolve(root, path);
  const inside = slashed(root, absolute) || '.';
  // A link is where it leads: the root is a wall for it, too.
  if (isAbsolute(path) || !isInside(root, absolute) || !isInside(realOf(root), realOf(absolute)))
    throw new ConfigError(
      `the ${what} \`${path}\` is outside the root`,
      `Folders of \`${key}\` are relative paths under the root.`,
    );
  if (!entryAt(absolute)?.isDirectory())
    throw new ConfigError(
      `the ${what} \`${path}\` does not exist under ${root}`,
      `Mend \`${key}\` in the configuration.`,
    );
  return inside;
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

const longestConfig = 2 ** 20;

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
    /** Folders relative to the root that hold another repository. */
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

export interface ConfigPlace {
  /** Absolute. */
  file: string;
  line: number;
  column: number;
}
