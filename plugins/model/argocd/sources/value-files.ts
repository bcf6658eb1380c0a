/** Value files of a Helm source. Source: `getResolvedValueFiles` of Argo CD's `reposerver/repository`. */
import { posix } from 'node:path';
import { type JsonObject, textAt } from '../../../base/index.ts';
import { doublestarFiles } from '../sets/doublestar.ts';

/**
 * The files that Helm is given, in order: `$ref/…` in the root of that source's repository, others relative
 * to the application's path or, with a leading `/`, to the root; globs expanded; what is listed by its name
 * keeps its own position.
 */
export function resolveValueFiles(input: ValueFilesInput): { files: ValueFile[] } | { error: string } {
  const entries: ValueFile[] = [];
  for (const entry of input.valueFiles) {
    const resolved = resolveEntry(entry, input);
    if ('error' in resolved) return resolved;
    entries.push(resolved);
  }
  const named = new Set(entries.filter(({ path }) => !isGlobPath(path)).map(keyOf));
  const found = new Map<string, ValueFile>();
  const add = (file: ValueFile) => {
    if (!found.has(keyOf(file))) found.set(keyOf(file), file);
  };
  for (const entry of entries) {
    const files = filesOf(entry.repository, input);
    if (entry.repository === '' || !isGlobPath(entry.path)) {
      const missing = entry.repository !== '' && files !== null && !files.has(entry.path);
      if (!missing || !input.ignoreMissing) add(entry);
      continue;
    }
    const matched = doublestarFiles(entry.path, files ?? []);
    // Of a repository that is not at hand nothing can be said: the entry stays as it is written.
    if (files === null) add(entry);
    else if (matched.length === 0 && !input.ignoreMissing)
      return { error: `values file glob \`${entry.path}\` matched no files` };
    const escaped = entry.repository === 'main' && matched.find((path) => input.outside?.has(path));
    if (escaped) return { error: `value file \`${escaped}\` resolved to outside repository root` };
    for (const path of matched) {
      const file = { repository: entry.repository, path };
      if (!named.has(keyOf(file))) add(file);
    }
  }
  return { files: [...found.values()] };
}

/**
 * The schemes of addresses that value files may have, as argocd-cm lists them; nothing where it does not.
 * Source: `GetHelmSettings` of Argo CD's `util/settings`.
 */
export function valueSchemesOf(settings: JsonObject): { valueSchemes: string[] } | undefined {
  const listed = textAt(settings, 'helm.valuesFileSchemes');
  const names = listed?.split(',').map((name) => name.trim());
  return names && { valueSchemes: names.filter((name) => name !== '') };
}

/** True for `*`, `?` and `[`; braces alone make no glob. */
export function isGlobPath(path: string): boolean {
  return /[*?[]/.test(path);
}

/**
 * `$VAR` and `${VAR}` as Go's `os.Expand` reads them; one that is not set is empty, `$$` is a dollar, and a
 * `$` before anything else stays. What only a repository server knows, the commit that is deployed, stays as
 * it is written.
 */
export function substitute(text: string, environment: Readonly<Record<string, string>>): string {
  return text.replaceAll(
    /\$(?:\{([^}]*)\}|([*#$@!?\-0-9])|([A-Za-z_]\w*))/g,
    (whole, braced?: string, special?: string, bare?: string) => {
      const name = braced ?? special ?? bare ?? '';
      if (name === '$') return '$';
      if (isRevisionVariable(name)) return whole;
      return Object.hasOwn(environment, name) ? (environment[name] ?? '') : '';
    },
  );
}

/** True where the text asks for the commit that is deployed, which manifests do not tell. */
export function asksForRevision(text: string): boolean {
  return [...text.matchAll(/\$\{?(\w+)/g)].some(([, name]) => isRevisionVariable(name ?? ''));
}

function isRevisionVariable(name: string): boolean {
  return /^ARGOCD_APP_REVISION(_SHORT(_8)?)?$/.test(name);
}

function resolveEntry(entry: string, input: ValueFilesInput): ValueFile | { error: string } {
  const [first = ''] = entry.split('/');
  if (first.startsWith('$') && input.refs.has(first))
    return within(first, substitute(entry.slice(first.length + 1), input.environment), entry);
  const written = substitute(entry, input.environment);
  const scheme = written.match(/^([a-z][a-z0-9+.-]*):\/\//i)?.[1];
  if (scheme !== undefined) {
    return (input.schemes ?? ['https', 'http']).includes(scheme)
      ? { repository: '', path: written }
      : { error: `the URL scheme \`${scheme}\` of a value file is not allowed` };
  }
  const path = written.startsWith('/') ? written.replace(/^\/+/, '') : posix.join(input.appPath, written);
  return within('main', path, entry);
}

function within(repository: string, written: string, entry: string): ValueFile | { error: string } {
  const path = posix.normalize(written);
  // `$ref` alone is the root of that repository: a folder, which Helm cannot read.
  if (path === '.') return { error: `value file \`${entry}\` is a folder` };
  return path === '..' || path.startsWith('../')
    ? { error: `value file \`${entry}\` resolved to outside repository root` }
    : { repository, path };
}

function filesOf(repository: string, input: ValueFilesInput): ReadonlySet<string> | null {
  return repository === 'main' ? input.files : (input.refs.get(repository) ?? null);
}

function keyOf({ repository, path }: ValueFile): string {
  return `${repository}\0${path}`;
}

export interface ValueFile {
  /** `main` for the application's own, `$key` for that of a source with that `ref`, empty for a URL. */
  repository: string;
  /** Relative to that repository's root, or the URL. */
  path: string;
}

export interface ValueFilesInput {
  appPath: string;
  valueFiles: readonly string[];
  /** Files of the application's repository. */
  files: ReadonlySet<string>;
  /** Files of the repository of every source that has a `ref`; null where it is not at hand. */
  refs: ReadonlyMap<string, ReadonlySet<string> | null>;
  environment: Readonly<Record<string, string>>;
  ignoreMissing: boolean;
  /** Files of the application's repository whose link leads out of it. */
  outside?: ReadonlySet<string>;
  schemes?: readonly string[];
}
