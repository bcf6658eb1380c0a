import { posix } from 'node:path';
import { nearest, textAt } from '../../base/index.ts';
import { diagnostic, type EarlyDiagnostic } from '../../source/index.ts';
import type { Analysis } from '../analysis/analysis.ts';
import type { Closures } from '../analysis/closure.ts';
import type { Repository } from '../repository-files.ts';
import { innermostFolder, unknownField } from './engine-words.ts';
import { plainObjects } from './origin.ts';

/**
 * The engine's refusal as a diagnostic, at the kustomization that it is about: of builds within builds the
 * innermost. Two builds that fail for the same reason get the same fingerprint.
 */
export function describeFailure(
  message: string,
  top: Analysis,
  closures: Closures,
  repository: Repository,
): EarlyDiagnostic {
  const inner = innermostFolder(message);
  const analysis = (inner === undefined ? undefined : closures.analysis(posix.normalize(inner))) ?? top;
  const words = innermost(message);
  const named = namedFile(words, analysis, repository);
  const whole = analysis.file.documents[0]?.place ?? {
    file: analysis.file.path,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
  };
  const unknown = unknownField(words);
  const key =
    unknown === undefined ? undefined : analysis.file.documents[0]?.locate([unknown], { key: true });
  const place = named ?? key ?? { ...whole, endLine: whole.line, endColumn: whole.column + 1 };
  const wanted = words.match(/no matches for Id [\w.-]+\/([\w.-]+?)\.\[/)?.[1];
  return diagnostic({
    rule: 'render-failed',
    identity: [analysis.file.path, words],
    message: `kustomize refuses \`${analysis.directory}\``,
    sources: [
      {
        ...place,
        resource: null,
        path: null,
        role: 'actual',
        via: analysis === top ? [] : [{ file: top.file.path, line: 1, what: 'kustomization' }],
      },
    ],
    actual: words,
    candidates: wanted === undefined ? [] : nearest(wanted, namesIn(analysis, repository)),
    help: 'Mend what kustomize names; until then its plain files stand for what it would render.',
  });
}

/**
 * The engine's words without what differs from run to run (time, process id) and without its wrapping: every
 * level of folders repeats the fault. `strip` has taken the temporary folder out already.
 */
export function cleanMessage(stderr: string): string {
  const block = stderr.match(/"command failed" err=<\n([\s\S]*?)\n >/)?.[1];
  const quoted = stderr.match(/"command failed" err=("(?:[^"\\]|\\.)*")/)?.[1];
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !/^# Warning/.test(line));
  const last = lines
    .slice(
      Math.max(
        0,
        lines.findIndex((line) => /^error: /i.test(line)),
      ),
    )
    .join(' ');
  const sentence = block ?? (quoted === undefined ? last : unquote(quoted));
  return (
    sentence
      .replace(/^error: /i, '')
      // Patches are printed whole, and may be of a Secret.
      .replaceAll(/\[patch: "(?:[^"\\]|\\.)*"\]?/g, '[patch]')
      // How kustomize called Helm: temporary folders of this run.
      .replaceAll(/\s*:? unable to run: '[\s\S]*?exit status \d+/g, '')
      .replaceAll(/\s*Use --debug flag to render out invalid YAML/g, '')
      .replace(/^\s*Error: /, '')
      // Addresses of Go's pointers.
      .replaceAll(/ ?&?\{?0x[0-9a-f]{6,}( 0x[0-9a-f]{6,})*\}?/g, '')
      .replaceAll(/\s+/g, ' ')
      .trim()
  );
}

function innermost(message: string): string {
  const start = message.lastIndexOf("recursed accumulation of path '");
  const inner = start < 0 ? message : message.slice(message.indexOf("': ", start) + 3);
  // Go quotes a message that it wraps: the end of the quotation has lost its beginning.
  const plain = inner.replaceAll(/\\+"/g, '"');
  const words = plain.split('"').length % 2 === 0 ? plain.replace(/"$/, '') : plain;
  return words.length > 400 ? `${words.slice(0, 397)}…` : words;
}

function namedFile(words: string, analysis: Analysis, repository: Repository) {
  for (const [word] of words.matchAll(/[\w@%+:./-]+\.(?:ya?ml|json|env|properties)\b/g)) {
    for (const path of [posix.normalize(word), posix.join(analysis.directory, word)]) {
      const file = repository.file(path);
      if (file === undefined || file.path === analysis.file.path) continue;
      const line = Number(words.match(/yaml: line (\d+)/)?.[1] ?? 1);
      return { file: file.path, line, column: 1, endLine: line, endColumn: 2 };
    }
  }
  return undefined;
}

/** Names of the objects that a kustomization lists itself. */
function namesIn(analysis: Analysis, repository: Repository): string[] {
  return plainObjects(analysis, repository).flatMap(({ value }) => textAt(value, 'metadata', 'name') ?? []);
}

function unquote(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1).replaceAll('\\"', '"').replaceAll('\\n', '\n');
  }
}
