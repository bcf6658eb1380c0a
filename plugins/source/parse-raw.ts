import { posix } from 'node:path';
import type { JsonObject } from '../base/index.ts';
import { decode } from './decode.ts';
import { isKustomizationPath } from './file-role.ts';
import { maxYamlBytes } from './raw-file.ts';
import type { Memory } from './remembered-files.ts';
import type { Places } from './remembered-places.ts';
import type { FileRole, RawFile, Read, SourceDocument, SourceFile } from './types.ts';
import { blankText } from './yaml/blank.ts';
import { locateInFile } from './yaml/locate-in-file.ts';
import { type ParsedDocument, type ParsedFile, parseFile } from './yaml/parse-documents.ts';

/**
 * What a file's bytes say.
 * @param chart the folder of the chart that it lies in.
 */
export function parseRaw(
  { path, structured, hash, bytes }: RawFile,
  chart: string | undefined,
  memory: Pick<Memory, 'get' | 'put'>,
  places: Pick<Places, 'find'>,
): Read {
  if (bytes === null) {
    const file: SourceFile = { path, role: structured ? 'broken' : 'other', hash, text: '', documents: [] };
    return structured ? { file, content: unread(path, 'large') } : { file };
  }
  // Its first bytes would be those of a text in UTF-16.
  const isLocked = bytes.subarray(0, 10).toString('latin1') === '\0GITCRYPT\0';
  const text = isLocked ? undefined : decode(bytes);
  const within = chart === undefined ? '' : path.slice(chart === '.' ? 0 : chart.length + 1);
  const template = within.startsWith('templates/');
  if (structured && text === undefined && within === '') {
    const file: SourceFile = { path, role: 'broken', hash, text: '', documents: [] };
    return { file, content: unread(path, isLocked ? 'encrypted' : 'binary') };
  }
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
  // A chart reads such a file with `.Files`, and renders it by `tpl`, whatever its folder is called.
  if (within !== '' && isTemplate(file, content)) return { file: { ...file, role: 'chart' } };
  file.role = roleOf(file, content, within);
  return { file, content };
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

/** True of a file that is no YAML, as it is a template, and that nobody lists as one of theirs. */
function isTemplate({ path, documents }: SourceFile, { faults }: ParsedFile): boolean {
  return (
    !isKustomizationPath(path) &&
    faults.some(({ kind }) => kind === 'template') &&
    !documents.some(({ value }) => isManifest(value))
  );
}

function isManifest(value: JsonObject): boolean {
  return typeof value.apiVersion === 'string' && typeof value.kind === 'string';
}

/** The innermost chart folder that holds a path. */
export function chartOf(path: string, charts: ReadonlySet<string>): string | undefined {
  if (charts.size === 0) return undefined;
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    if (charts.has(folder)) return folder;
    if (folder === '.') return undefined;
  }
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

function unread(path: string, what: keyof typeof unreadWords): ParsedFile {
  const place = { file: path, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const message = unreadWords[what];
  return { documents: [], blanks: [], faults: [{ kind: 'unread', unread: what, message, place, key: null }] };
}

const unreadWords = {
  large: `is larger than ${maxYamlBytes / 2 ** 20} MiB`,
  encrypted: 'is encrypted by git-crypt',
  binary: 'is not text',
};

/** What a generator makes a Secret of may be in any form. */
export function hideFile(file: SourceFile): void {
  Object.assign(file, hidden(file));
}

/** The same file with nothing of what is in it. */
export function hidden(file: SourceFile): SourceFile {
  return { ...file, text: blankText(file.text, [{ from: 0, to: file.text.length }]), documents: [] };
}
