import { createHash, hash as hashOf } from 'node:crypto';
import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { isInside, type JsonObject, realOf, slashed } from '../base/index.ts';
import { blankText } from './blank.ts';
import type { Cache } from './cache.ts';
import type { Config } from './config.ts';
import { decode } from './decode.ts';
import { diagnostic, type EarlyDiagnostic, wholeFile } from './diagnostic.ts';
import { isKustomizationPath, judgeFile, usesOf } from './file-role.ts';
import { locateInFile } from './locate-in-file.ts';
import { readLock } from './lock/lock-file.ts';
import { openStore, vendoredFolders } from './lock/store.ts';
import { type ParsedDocument, type ParsedFile, parseFile } from './parse-documents.ts';
import { foldersOf, type Memory, openMemory } from './remembered-files.ts';
import { openPlaces, type Places } from './remembered-places.ts';
import type { FileRole, SecretFiles, SourceDocument, SourceFile, Sources } from './types.ts';
import { type Walked, walk } from './walk.ts';

/**
 * Reads every file under the manifest roots. Nothing outside the root is read, values of Secrets are dropped
 * here, and a file that cannot be read costs only itself.
 * @param options.cache keeps what files parse to and where in them things were found, by their bytes:
 * unchanged files are read and hashed, not parsed again.
 */
export async function readSources(config: Config, options: { cache?: Cache } = {}): Promise<Sources> {
  const { root, home } = config;
  const walked = walkManifests(config);
  const memory = await openMemory(config, options.cache);
  const places = await openPlaces(config, options.cache);
  const charts = new Set(
    walked.files.filter((path) => /(^|\/)Chart\.ya?ml$/.test(path)).map((path) => posix.dirname(path)),
  );
  const files = new Map<string, SourceFile>();
  const parsed = new Map<string, ParsedFile>();
  const diagnostics: EarlyDiagnostic[] = walked.refused.map(({ path, why }) => refusal(path, why));
  for (const path of walked.files) {
    try {
      const { file, content } = readOne(root, path, chartOf(path, charts), memory, places);
      files.set(path, file);
      if (content) parsed.set(path, content);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      diagnostics.push(unreadable(path, error));
    }
  }
  const uses = usesOf(files);
  const secrets: SecretFiles = { paths: new Set(), hashes: new Set() };
  for (const [path, used] of uses) if (used.has('secret')) secrets.paths.add(path);
  for (const [path, file] of files) {
    const used = uses.get(path) ?? new Set();
    // What a generator makes a Secret of, or a patch of one, is not shown whatever its form.
    if (used.has('secret')) {
      hideFile(file);
      secrets.hashes.add(file.hash);
      memory.forget(path);
    }
    const content = parsed.get(path);
    if (content && content.faults.length === 0 && !used.has('resource')) continue;
    if (content) diagnostics.push(...judgeFile(path, file.role, content, used));
    if (
      file.role === 'broken' &&
      used.size > 0 &&
      [...used].every((use) => use === 'data' || use === 'secret')
    )
      file.role = 'other';
  }
  await memory.save();
  const { unread } = walked;
  const store = await openStore(root, home, options.cache);
  return { root, home, files, diagnostics, unread, secrets, store, remember: () => places.save(files) };
}

/**
 * What is a Secret's data on one side of a comparison is so on the other, too, where nothing may name it as
 * such any more, under its path and wherever else its bytes lie.
 */
export function shareSecrets(one: Sources, other: Sources): void {
  const [paths, hashes] = (['paths', 'hashes'] as const).map(
    (by) => new Set([...one.secrets[by], ...other.secrets[by]]),
  ) as [Set<string>, Set<string>];
  for (const sources of [one, other]) {
    Object.assign(sources.secrets, { paths, hashes });
    for (const file of sources.files.values())
      if (paths.has(file.path) || hashes.has(file.hash)) hideFile(file);
  }
}

/** What a generator makes a Secret of may be in any form. */
function hideFile(file: SourceFile): void {
  file.text = blankText(file.text, [{ from: 0, to: file.text.length }]);
  file.documents = [];
}

/**
 * The files of the layers without the pages, whose YAML is examples. Pages that lie among the manifests are
 * no reason to leave the manifests out: a docs folder that holds a layer, or most of the YAML, is read like
 * any other.
 */
function walkManifests(config: Config): Walked & Pick<Sources, 'unread'> {
  const { root } = config;
  const folders = foldersOf(config);
  const docs = realOf(config.docs);
  // What was fetched into a folder of the repository is read as what it is, and not as manifests of its own.
  const fetched = vendoredFolders(readLock(root));
  const whole = () => ({ ...walk(root, folders, new Set(fetched)), unread: fetched });
  if (folders.some((folder) => isInside(docs, join(root, folder)))) return whole();
  const name = slashed(root, docs);
  const without = walk(root, folders, new Set([name, ...fetched]));
  if (!folders.some((folder) => isInside(join(root, folder), docs))) return { ...without, unread: fetched };
  const isMost = countYaml(walk(root, [name], new Set())) > countYaml(without);
  return isMost ? whole() : { ...without, unread: [name, ...fetched] };
}

function countYaml({ files }: Walked): number {
  return files.filter((path) => /\.ya?ml$/i.test(path)).length;
}

/**
 * One file of the repository, wherever it lies under the root; undefined where it does not exist, lies
 * outside or is too large.
 * @param name what it is called, where that is not its path.
 */
export function readSourceFile(root: string, path: string, name = path): SourceFile | undefined {
  try {
    const real = realpathSync(join(root, path));
    const entry = statSync(real);
    if (!isInside(realpathSync(root), real) || !entry.isFile()) return undefined;
    const memory = { get: () => undefined, put: () => undefined };
    const places: Pick<Places, 'find'> = { find: (_path, _hash, _question, locate) => locate() };
    return readOne(root, name, undefined, memory, places, `${root}/${path}`).file;
  } catch {
    return undefined;
  }
}

function readOne(
  root: string,
  path: string,
  chart: string | undefined,
  memory: Pick<Memory, 'get' | 'put'>,
  places: Pick<Places, 'find'>,
  absolute = `${root}/${path}`,
): Read {
  const structured = /\.(ya?ml|json)$/i.test(path) || isKustomizationPath(path);
  const bytes = readUpTo(absolute, structured ? maxYamlBytes : maxTextBytes);
  if (bytes === undefined) {
    const file: SourceFile = {
      path,
      role: structured ? 'broken' : 'other',
      hash: hashLarge(absolute),
      text: '',
      documents: [],
    };
    return structured ? { file, content: tooLarge(path) } : { file };
  }
  const hash = hashOf('sha256', bytes, 'hex');
  const text = decode(bytes);
  const within = chart === undefined ? '' : path.slice(chart === '.' ? 0 : chart.length + 1);
  const template = within.startsWith('templates/');
  if (!structured || text === undefined || (template && !isKustomizationPath(path))) {
    const role: FileRole = template ? 'chart' : 'other';
    return {
      file: {
        path,
        role,
        hash,
        text: text === undefined || isPrivate(path) ? '' : hideRough(text),
        documents: [],
      },
    };
  }
  const content = memory.get(path, hash) ?? parseFile(path, text);
  memory.put(path, hash, content);
  const file: SourceFile = {
    path,
    role: 'values',
    hash,
    text: blankText(text, content.blanks),
    documents: [],
  };
  file.documents = content.documents.map((document, index) => toDocument(file, document, index, places));
  file.role = roleOf(file, content, within);
  return { file, content };
}

/**
 * A file's bytes, good until the next is read; undefined where there are more. To ask for the size first
 * takes as long as to read.
 */
function readUpTo(path: string, most: number): Buffer | undefined {
  const descriptor = openSync(path, 'r');
  try {
    let length = 0;
    while (length <= most) {
      const read = readSync(descriptor, scratch, length, most + 1 - length, null);
      if (read === 0) return scratch.subarray(0, length);
      length += read;
    }
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}

function toDocument(
  file: SourceFile,
  parsed: ParsedDocument,
  index: number,
  places: Pick<Places, 'find'>,
): SourceDocument {
  return {
    file: file.path,
    index,
    value: parsed.value,
    place: parsed.place,
    locate(path, options) {
      if (path.length === 0) return parsed.place;
      const whole = [...parsed.prefix, ...path];
      const question = JSON.stringify([parsed.yaml, options?.key === true, ...whole]);
      return places.find(file.path, file.hash, question, () => locateInFile(file, parsed, whole, options));
    },
  };
}

/**
 * A folder with a `Chart.yaml` often holds plain manifests too: only Helm's own names in it belong to the
 * chart.
 */
function roleOf(file: SourceFile, content: ParsedFile, within: string): FileRole {
  const broken = content.faults.some((fault) => fault.kind !== 'duplicate');
  if (isKustomizationPath(file.path))
    return broken && file.documents.length === 0 ? 'broken' : 'kustomization';
  if (/^(Chart\.|values[^/]*$|(crds|charts|ci)\/)/.test(within)) return 'chart';
  if (file.documents.some(({ value }) => isManifest(value))) return 'manifest';
  return broken ? 'broken' : 'values';
}

function isManifest(value: JsonObject): boolean {
  return typeof value.apiVersion === 'string' && typeof value.kind === 'string';
}

/** The innermost chart folder that holds a path. */
function chartOf(path: string, charts: ReadonlySet<string>): string | undefined {
  if (charts.size === 0) return undefined;
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    if (charts.has(folder)) return folder;
    if (folder === '.') return undefined;
  }
}

function hashLarge(path: string): string {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(2 ** 20);
  const descriptor = openSync(path, 'r');
  try {
    for (let read = readSync(descriptor, chunk); read > 0; read = readSync(descriptor, chunk))
      hash.update(chunk.subarray(0, read));
  } finally {
    closeSync(descriptor);
  }
  return hash.digest('hex');
}

/** Files that hold keys or passwords by their name alone. */
function isPrivate(path: string): boolean {
  return (
    /\.(env|key|pem|p8|p12|pfx|ppk|jks|jceks|keystore|kdbx|asc|gpg|age|kubeconfig|tfvars|tfstate)(\.json|\.backup)?$/i.test(
      path,
    ) ||
    /(^|\/)(\.env|id_(rsa|dsa|ecdsa|ed25519)|\.?kubeconfig|\.?netrc|\.pgpass|\.?htpasswd|\.?dockerconfigjson|\.npmrc|\.pypirc|\.git-credentials|\.vault-token)[^/]*$/i.test(
      path,
    ) ||
    /(^|\/)\.(aws\/credentials|docker\/config\.json)$/i.test(path)
  );
}

/**
 * A text that is no YAML by itself, such as a template: where it may make a Secret, because it says so or
 * says its kind in no plain word, it is shown up to its first data, and of the rest the keys.
 */
function hideRough(text: string): string {
  const start = text.search(/\b(?:data|stringData)["']?\s*:/);
  if (start < 0) return text;
  const kinds = [...text.matchAll(/^[ \t"'{-]*kind["']?[ \t]*:[ \t]*(.*)$/gm)].map(([, kind = '']) => kind);
  const isKnown = kinds.length > 0 && kinds.every((kind) => /^["']?[A-Z]\w+["']?[,}]?\s*(#.*)?$/.test(kind));
  const isPlain = isKnown && !kinds.some((kind) => /Secret/.test(kind)) && !text.includes('stringData');
  if (isPlain || (kinds.length === 0 && !/Secret|stringData/.test(text))) return text;
  return blankText(text, [{ from: start, to: text.length, values: true }]);
}

function tooLarge(path: string): ParsedFile {
  const place = { file: path, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const message = `is larger than ${maxYamlBytes / 2 ** 20} MiB`;
  return { documents: [], blanks: [], faults: [{ kind: 'limit', message, place, key: null }] };
}

function refusal(path: string, why: string): EarlyDiagnostic {
  return diagnostic({
    rule: 'manifest-invalid',
    severity: 'warning',
    identity: [path, 'link', why],
    message: `\`${path}\` ${why}: it was not read`,
    sources: [wholeFile(path, 'actual')],
    help: 'Remove it, or make it a file or a link to a file of this repository.',
  });
}

function unreadable(path: string, error: unknown): EarlyDiagnostic {
  const { code } = error as NodeJS.ErrnoException;
  return diagnostic({
    rule: 'manifest-invalid',
    identity: [path, 'unreadable'],
    message: `\`${path}\` cannot be read: ${code}`,
    sources: [wholeFile(path, 'actual')],
    help: 'Check the permissions of the file.',
  });
}

const maxYamlBytes = 4 * 2 ** 20;
const maxTextBytes = 2 ** 20;
const scratch = Buffer.allocUnsafeSlow(maxYamlBytes + 1);

interface Read {
  file: SourceFile;
  content?: ParsedFile;
}
