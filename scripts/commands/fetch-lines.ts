import type { Asked, FailedPart, Fetched, LockedPart } from '../../plugins/engine/index.ts';
import { revisionWords } from '../../plugins/source/index.ts';

/** What `fetch` prints once it is done. */
export function fetchedLines(fetched: Fetched, isUpdate = false): string {
  const { brought, moved, gone, kept } = fetched;
  const lines = [
    ...brought.map((part) => `brought  ${partLine(part)}`),
    ...moved.map((one) => movedLine(one)),
    ...gone.map((part) => `gone     ${partLine(part)}: nothing asks for it`),
  ].sort();
  const isSame = isUpdate && moved.length === 0 && kept.length > 0;
  const same = isSame ? ['nothing moved: what is locked is what was found now'] : [];
  return `${[...lines, ...same, sumLine(fetched)].join('\n')}\n`;
}

/** What `--update --check` prints: what `--update` would. */
export function dryLines(fetched: Fetched): string {
  const { brought, following, moved, gone, kept, failed } = fetched;
  const lines = [
    ...brought.map((part) => `missing  ${partLine(part)}`),
    ...following.map((part) => `brings   ${partLine(part)}: what is newer asks for it`),
    ...moved.map((one) => movedLine(one, 'moves   ', 'is')),
    ...gone.map((part) => `drops    ${partLine(part)}: nothing asks for it then`),
  ].sort();
  const open =
    failed.length === 0
      ? []
      : ['what does not answer may ask for more, and what only it asked for is not told'];
  if (lines.length > 0)
    return `${[...lines, ...open].join('\n')}\nnothing is written: \`plumbline fetch --update\` takes it\n`;
  const same =
    kept.length === 0 ? 'nothing is locked that could move' : 'what is locked is what would be found now';
  return `${fetched.failed.length > 0 && kept.length > 0 ? 'of what answers, ' : ''}${same}\n`;
}

/** Whether `--update` would bring something. */
export function isMoving({ brought, following, moved, gone }: Fetched): boolean {
  return brought.length + following.length + moved.length + gone.length > 0;
}

/** What moved under the name that it had is told as that: nobody asked for another. */
function movedLine({ from, to }: Fetched['moved'][number], verb = 'moved   ', then = 'was'): string {
  const line = `${verb} ${partLine(to)}, ${then} ${versionOf(from)}`;
  if ('chart' in to && 'chart' in from && to.version === from.version)
    return `${line} with other content: sha256 ${to.sha256} instead of ${from.sha256}`;
  const isRelease = 'commit' in to && /^v?\d+\.\d+\.\d+/.test(to.asked ?? '');
  return isRelease ? `${line}: the tag of a release was moved` : line;
}

/** `2 of 3 charts, 1 of 1 repository are here`. */
function sumLine({ brought, moved, kept, failed, unlocked }: Fetched): string {
  const here = [...brought, ...moved.map(({ to }) => to), ...kept];
  const all = [...here, ...failed, ...unlocked];
  const counts = kinds.flatMap(([one, several, isOfKind]) => {
    const total = all.filter(isOfKind).length;
    return total === 0 ? [] : `${here.filter(isOfKind).length} of ${total} ${total === 1 ? one : several}`;
  });
  if (counts.length === 0) return 'no manifest asks for anything across a network';
  return `${counts.join(', ')} ${all.length === 1 ? 'is' : 'are'} here`;
}

/** `shop 1.4.2 of https://charts.example.com, asked for as 1.x`. */
function partLine(part: LockedPart): string {
  if ('url' in part) return part.url;
  const { repository } = part;
  if ('chart' in part)
    return `${part.chart} ${part.version} of ${repository}${askedFor(part.asked, part.version)}`;
  const found = isOci(part) ? `sha256:${part.commit}` : part.commit;
  return `${versionOf(part)} of ${repository}${askedFor(revisionWords(part), found)}`;
}

function askedFor(asked: string | null, found: string): string {
  return asked === found ? '' : `, asked for as ${asked ?? 'the newest'}`;
}

function versionOf(part: LockedPart): string {
  if ('url' in part) return `sha256 ${part.sha256}`;
  if ('chart' in part) return part.version;
  return `${isOci(part) ? 'sha256:' : ''}${part.commit.slice(0, 12)}`;
}

export function failureLines(failed: FailedPart): string {
  const { why, isOther, lacks, places } = failed;
  const help = isOther
    ? 'nothing of it is used; ask who moved it, and take it with `plumbline fetch --update`'
    : helpFor(failed, lacks);
  const what = isOther ? 'is not what was locked' : 'cannot be fetched';
  return `error: ${askedWords(failed)} ${what}: ${why}\n${placeLines(places)}  help: ${help}\n`;
}

function helpFor(asked: Asked, lacks: FailedPart['lacks']): string {
  if (lacks === 'login') return loginOf(asked);
  return lacks === 'tls'
    ? 'this registry has no TLS: `plumbline fetch --plain-http` asks it so'
    : 'mend what is asked for, or try again where the server is to blame; what else was brought is kept';
}

function loginOf(asked: Asked): string {
  if ('url' in asked)
    return 'it is asked for without credentials: keep it in a repository, or beside what names it';
  const { repository } = asked;
  const host = repository.replace(/^oci:\/\//, '').split('/')[0];
  if (!('chart' in asked))
    return isOci(asked)
      ? `the registry is asked as you: \`helm registry login ${host}\`, or \`docker login ${host}\`, then fetch again`
      : `Git asks as you: let a credential helper or an agent of SSH answer, see that \`git ls-remote ${repository}\` does, then fetch again`;
  const login = isOci(asked)
    ? `helm registry login ${host}`
    : `helm repo add NAME ${repository} --username USER --password-stdin`;
  return `Helm asks as you: \`${login}\`, then fetch again`;
}

/** What `--check` prints. */
export function missingLines(missing: readonly Asked[], unused: readonly LockedPart[]): string {
  const lines = [
    ...missing.map((one) => `missing  ${nameOf(one)}\n${placeLines(one.places)}`.trimEnd()),
    ...unused.map((part) => `unused   ${partLine(part)}`),
  ];
  return lines.length === 0
    ? 'plumbline.lock says what the manifests ask for\n'
    : `${lines.join('\n')}\nplumbline.lock and the manifests differ: run \`plumbline fetch\`\n`;
}

/** What `--locked` says of what is not in the lock. */
export function unlockedLine(asked: Asked): string {
  const [place] = asked.places;
  const where = place === undefined ? '' : `\n  asked for at ${place.file}:${place.line}`;
  const what = 'chart' in asked ? `\`${chartWords(asked)}\` of ${asked.repository}` : nameOf(asked);
  return `error: \`plumbline.lock\` has no ${what}${where}\n  help: run \`plumbline fetch\`, and commit what it writes\n`;
}

function askedWords(asked: Asked): string {
  if ('chart' in asked) return `the chart \`${chartWords(asked)}\` of ${asked.repository}`;
  if ('url' in asked) return `the file ${asked.url}`;
  return `the ${isOci(asked) ? 'artifact' : 'repository'} ${nameOf(asked)}`;
}

/** `shop 1.x of https://charts.example.com`, `https://git.example.com/shop at v1: deploy/base`. */
function nameOf(asked: Asked): string {
  if ('url' in asked) return asked.url;
  if ('chart' in asked) return `${chartWords(asked).trim()} of ${asked.repository}`;
  const { repository, paths } = asked;
  const revision = revisionWords(asked);
  const [only, other] = paths;
  const what = only === undefined || only === '.' || other !== undefined ? '' : `: ${only}`;
  return `${repository}${revision === null ? '' : ` at ${revision}`}${what}`;
}

function chartWords({ chart, asked }: { chart: string; asked: string | null }): string {
  return asked === null ? chart : `${chart} ${asked}`;
}

function placeLines(places: Asked['places']): string {
  const shown = places.slice(0, most).map(({ file, line }) => `  asked for at ${file}:${line}\n`);
  return [...shown, ...(places.length > most ? [`  and ${places.length - most} more\n`] : [])].join('');
}

function isOci(part: object): boolean {
  return 'repository' in part && String(part.repository).startsWith('oci://');
}

const kinds: [string, string, (part: object) => boolean][] = [
  ['chart', 'charts', (part) => 'chart' in part],
  ['repository', 'repositories', (part) => 'paths' in part && !isOci(part)],
  ['artifact', 'artifacts', (part) => 'paths' in part && isOci(part)],
  ['file', 'files', (part) => 'url' in part],
];
const most = 3;
