import { textAt } from '../base/index.ts';
import { diagnostic, type EarlyDiagnostic, type Place } from './diagnostic.ts';
import { isKustomizationPath } from './file-role.ts';
import type { ReferenceUse } from './kustomization-references.ts';
import type { JudgedFault, SourceFault } from './source-fault.ts';
import type { FileRole } from './types.ts';
import type { Unverified } from './unverified.ts';
import type { FileFault, ParsedFile } from './yaml/parse-documents.ts';

/** The faults of one file as diagnostics. A file that is only data to a generator has none. */
export function judgeFile(
  path: string,
  role: FileRole,
  parsed: ParsedFile,
  uses: ReadonlySet<ReferenceUse>,
): SourceFault[] {
  const manifest =
    uses.has('resource') || role === 'manifest' || role === 'kustomization' || isKustomizationPath(path);
  if (!manifest && uses.size > 0 && [...uses].every((use) => use === 'data' || use === 'secret')) return [];
  const repeated = new Map<string, number>();
  const faults = withJoined(parsed.faults).map((fault): SourceFault => {
    const identity = `${fault.kind}:${fault.key ?? fault.message}`;
    const ordinal = repeated.get(identity) ?? 0;
    repeated.set(identity, ordinal + 1);
    const judged = judgeFault(path, fault, [path, identity, ordinal === 0 ? null : String(ordinal)], {
      manifest,
      listed: uses.has('resource') || isKustomizationPath(path),
    });
    const more =
      fault.untold === undefined ? '' : ` The file has ${fault.untold} more like it, not told here.`;
    const { kind } = fault;
    return {
      ...(kind === 'unread' ? { kind, why: `it ${fault.message}` } : { kind }),
      diagnostic: more === '' ? judged : { ...judged, help: `${judged.help}${more}` },
    };
  });
  return uses.has('resource') ? [...faults, ...judgeKinds(path, parsed)] : faults;
}

/** Manifests of which nothing was looked at: whatever they declare is not known. */
export function unreadFiles(faults: readonly SourceFault[]): Unverified[] {
  return faults.flatMap((fault): Unverified[] => {
    const [at] = fault.diagnostic.sources;
    if (fault.kind !== 'unread' || at === undefined) return [];
    const { file, line, column, endLine, endColumn } = at;
    const origin = { file, line, column, endLine, endColumn };
    return [{ kind: 'file', what: `file ${file}`, why: fault.why, origin }];
  });
}

/**
 * A document of which every key is given twice lacks the `---` before its second half: one fault, where that
 * begins.
 */
function withJoined(faults: readonly FileFault[]): JudgedFault[] {
  const top = faults.filter(({ kind, place }) => kind === 'duplicate' && place.column === 1);
  const isObject = ['apiVersion', 'kind', 'metadata'].every((key) => top.some((fault) => fault.key === key));
  if (!isObject) return [...faults];
  return faults.flatMap((fault) =>
    !top.includes(fault) ? fault : fault.key === 'apiVersion' ? { ...fault, kind: 'joined' as const } : [],
  );
}

function judgeFault(
  path: string,
  fault: JudgedFault,
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
  if (fault.kind === 'joined')
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
      severity: fault.unread === 'binary' ? (listed ? 'error' : 'warning') : 'info',
      message: `\`${path}\` ${fault.message}: it was not read as a manifest`,
      help:
        fault.unread === 'binary'
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

/** An object that kustomize is to load needs both `apiVersion` and `kind`. */
function judgeKinds(path: string, parsed: ParsedFile): SourceFault[] {
  return parsed.documents.flatMap(({ value, place }, index): SourceFault[] => {
    const kind = textAt(value, 'kind');
    const version = textAt(value, 'apiVersion');
    if ((kind === undefined) === (version === undefined) && kind !== undefined) return [];
    const missing =
      kind === undefined ? (version === undefined ? '`apiVersion` and no `kind`' : '`kind`') : '`apiVersion`';
    const told = diagnostic({
      rule: 'manifest-invalid',
      identity: [path, 'kind', String(index)],
      message: `a document of \`${path}\` has no ${missing}, but a kustomization lists it as a resource`,
      sources: [source({ ...place, endLine: place.line, endColumn: place.column + 1 }, 'actual')],
      help: 'Add what is missing, or take the file out of `resources`.',
    });
    return [{ kind: 'no-kind', diagnostic: told }];
  });
}

function source(place: Place, role: string) {
  return { ...place, resource: null, path: null, role, via: [] };
}
