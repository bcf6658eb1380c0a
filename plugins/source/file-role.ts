import { posix } from 'node:path';
import { isObject, type JsonObject, listAt, textAt } from '../base/index.ts';
import { diagnostic, type EarlyDiagnostic, type Place } from './diagnostic.ts';
import { kustomizationReferences, type ReferenceUse } from './kustomization-references.ts';
import type { FileRole, SourceFile } from './types.ts';
import type { Unverified } from './unverified.ts';
import type { FileFault, ParsedFile } from './yaml/parse-documents.ts';
import { toJson } from './yaml/to-json.ts';
import { parseYaml } from './yaml/yaml.ts';

/** Names that kustomize takes for a kustomization, in its order. */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

export function isKustomizationPath(path: string): boolean {
  return kustomizationNames.includes(posix.basename(path));
}

/** The kustomization of a folder, by the first of kustomize's names that lies there. */
export function kustomizationIn(
  directory: string,
  file: (path: string) => SourceFile | undefined,
): SourceFile | undefined {
  for (const name of kustomizationNames) {
    const found = file(posix.join(directory, name));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** How the kustomizations use each file: a path may be used in several ways. */
export function usesOf(files: ReadonlyMap<string, SourceFile>): Map<string, Set<ReferenceUse>> {
  const uses = new Map<string, Set<ReferenceUse>>();
  const add = (folder: string, value: JsonObject): void => {
    for (const { use, target } of kustomizationReferences(value)) {
      const path = posix.join(folder, target);
      uses.set(path, (uses.get(path) ?? new Set()).add(use));
      const plugins = use === 'plugin' ? (files.get(path)?.documents ?? []) : [];
      // Paths of a plugin are relative to the kustomization that lists it.
      for (const plugin of plugins) if (plugin.value.apiVersion === 'builtin') add(folder, plugin.value);
    }
    for (const plugin of inlinePlugins(value)) add(folder, plugin);
  };
  for (const file of files.values()) {
    if (file.role !== 'kustomization') continue;
    for (const document of file.documents) add(posix.dirname(file.path), document.value);
  }
  return uses;
}

/** Plugins that are written into a kustomization itself, as texts. */
function inlinePlugins(kustomization: JsonObject): JsonObject[] {
  return ['generators', 'transformers']
    .flatMap((field) => listAt(kustomization, field))
    .flatMap((item) => (typeof item === 'string' && item.includes('\n') ? parseYaml(item) : []))
    .map(({ contents }) => toJson(contents).value)
    .filter(isObject);
}

/** The faults of one file as diagnostics. A file that is only data to a generator has none. */
export function judgeFile(
  path: string,
  role: FileRole,
  parsed: ParsedFile,
  uses: ReadonlySet<ReferenceUse>,
): EarlyDiagnostic[] {
  const manifest =
    uses.has('resource') || role === 'manifest' || role === 'kustomization' || isKustomizationPath(path);
  if (!manifest && uses.size > 0 && [...uses].every((use) => use === 'data' || use === 'secret')) return [];
  const repeated = new Map<string, number>();
  const diagnostics = withJoined(parsed.faults).map((fault) => {
    const identity = `${fault.joined ? 'joined' : fault.kind}:${fault.key ?? fault.message}`;
    const ordinal = repeated.get(identity) ?? 0;
    repeated.set(identity, ordinal + 1);
    const judged = judgeFault(path, fault, [path, identity, ordinal === 0 ? null : String(ordinal)], {
      manifest,
      listed: uses.has('resource') || isKustomizationPath(path),
    });
    if (fault.untold === undefined) return judged;
    return {
      ...judged,
      help: `${judged.help} The file has ${fault.untold} more like it, not told here.`,
    };
  });
  return uses.has('resource') ? [...diagnostics, ...judgeKinds(path, parsed)] : diagnostics;
}

/**
 * A document of which every key is given twice lacks the `---` before its second half: one fault, where that
 * begins.
 */
function withJoined(faults: readonly FileFault[]): (FileFault & { joined?: true })[] {
  const top = faults.filter(({ kind, place }) => kind === 'duplicate' && place.column === 1);
  const isObject = ['apiVersion', 'kind', 'metadata'].every((key) => top.some((fault) => fault.key === key));
  if (!isObject) return [...faults];
  return faults.flatMap((fault) =>
    !top.includes(fault) ? fault : fault.key === 'apiVersion' ? { ...fault, joined: true } : [],
  );
}

function judgeFault(
  path: string,
  fault: FileFault & { joined?: true },
  identity: (string | null)[],
  { manifest, listed }: { manifest: boolean; listed: boolean },
): EarlyDiagnostic {
  const common = { rule: 'manifest-invalid' as const, identity, sources: [source(fault.place, 'actual')] };
  if (fault.kind === 'template')
    return diagnostic({
      ...common,
      // Whoever fills it in applies what comes of it; kustomize would take it as it is.
      severity: listed ? 'error' : 'warning',
      message: `\`${path}\` is not YAML: it looks like a template`,
      actual: fault.message,
      help: 'A template belongs into the `templates/` folder of a chart with a `Chart.yaml`; elsewhere quote `{{ … }}` or give the file another extension.',
    });
  if (fault.joined)
    return diagnostic({
      ...common,
      severity: manifest ? 'error' : 'warning',
      message: `a document begins in \`${path}\` without \`---\` before it`,
      actual: 'each of its keys is given again',
      help: 'Write `---` on a line above it: as it is, Go tools refuse the file, and others take the last of each key.',
    });
  if (fault.kind === 'duplicate') {
    const merged = fault.key === 'annotations' || fault.key === 'labels';
    return diagnostic({
      ...common,
      severity: manifest && !merged ? 'error' : 'warning',
      message: `${fault.message} in \`${path}\``,
      help: merged
        ? 'kustomize merges the two, other tools take the last or refuse the file: write them as one.'
        : 'Go tools refuse such a file: remove one of the two.',
    });
  }
  if (fault.kind === 'unread')
    return diagnostic({
      ...common,
      severity: fault.message === notText ? (listed ? 'error' : 'warning') : 'info',
      message: `\`${path}\` ${fault.message}${notRead}`,
      help:
        fault.message === notText
          ? 'Save it as text in UTF-8, or give it another extension.'
          : 'What it declares is not verified.',
    });
  if (fault.kind === 'limit')
    return diagnostic({
      ...common,
      message: `\`${path}\` ${fault.message}`,
      help: 'Split or simplify the file; it was not read any further.',
    });
  return diagnostic({
    ...common,
    message: `\`${path}\` is not valid YAML`,
    actual: fault.message,
    help: `Mend the YAML near line ${fault.place.line}; the file's other documents still count.`,
  });
}

/** True of a key that is given twice: whoever reads the file as values takes the last. */
export function isRepeatedKey({ rule, message }: EarlyDiagnostic): boolean {
  return rule === 'manifest-invalid' && /^the key `[^`]*` is given twice in /.test(message);
}

/** True of a file that is no YAML because somebody has yet to fill it in. */
export function isUnfilled({ rule, message }: EarlyDiagnostic): boolean {
  return rule === 'manifest-invalid' && message.endsWith('is not YAML: it looks like a template');
}

/** Manifests of which nothing was looked at: whatever they declare is not known. */
export function unreadFiles(diagnostics: readonly EarlyDiagnostic[]): Unverified[] {
  return diagnostics.flatMap(({ rule, message, sources: [at] }): Unverified[] => {
    if (rule !== 'manifest-invalid' || at === undefined || !message.endsWith(notRead)) return [];
    const why = message.slice(at.file.length + 3, -notRead.length);
    const { file, line, column, endLine, endColumn } = at;
    const origin = { file, line, column, endLine, endColumn };
    return [{ kind: 'file', what: `file ${file}`, why: `it ${why}`, origin }];
  });
}

const notText = 'is not text';
const notRead = ': it was not read as a manifest';

/** An object that kustomize is to load needs both `apiVersion` and `kind`. */
function judgeKinds(path: string, parsed: ParsedFile): EarlyDiagnostic[] {
  return parsed.documents.flatMap(({ value, place }, index) => {
    const kind = textAt(value, 'kind');
    const version = textAt(value, 'apiVersion');
    if ((kind === undefined) === (version === undefined) && kind !== undefined) return [];
    const missing =
      kind === undefined ? (version === undefined ? '`apiVersion` and no `kind`' : '`kind`') : '`apiVersion`';
    return diagnostic({
      rule: 'manifest-invalid',
      identity: [path, 'kind', String(index)],
      message: `a document of \`${path}\` has no ${missing}, but a kustomization lists it as a resource`,
      sources: [source({ ...place, endLine: place.line, endColumn: place.column + 1 }, 'actual')],
      help: 'Add what is missing, or take the file out of `resources`.',
    });
  });
}

function source(place: Place, role: string) {
  return { ...place, resource: null, path: null, role, via: [] };
}
