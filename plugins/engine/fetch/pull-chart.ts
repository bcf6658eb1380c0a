import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { parse } from 'yaml';
import { digestOf, isInside, realOf, temporaryFolder } from '../../base/index.ts';
import { largestPacked, unpackChart } from '../../source/index.ts';
import { withoutCredentials, wordsOf } from './fetch-words.ts';

/**
 * Brings one packed chart with the user's own Helm configuration (`helm repo add`, `helm registry login`):
 * no plugin of Helm is run, no program of the repository that is read, and what comes is no larger than a
 * chart may be.
 * @param version exact, a range, a digest in a registry, or null for the newest that is no prerelease.
 * @returns why not, without anybody's credentials.
 */
export async function pullChart(
  { repository, chart, version }: { repository: string; chart: string; version: string | null },
  { helm, root, limit, logins, plainHttp }: PullOptions,
): Promise<Pulled> {
  const folder = temporaryFolder('fetch');
  try {
    const isRegistry = repository.startsWith('oci://');
    const login = logins.get(repository);
    if (login !== undefined) await ask(helm, ['repo', 'update', login], { root, limit });
    const isDigest = isRegistry && version?.startsWith('sha256:') === true;
    const whole = `${repository}/${chart}${isDigest ? `@${version}` : ''}`;
    const named = isRegistry ? whole : login === undefined ? chart : `${login}/${chart}`;
    const parameters = [
      ...['pull', '--destination', folder.path],
      ...(plainHttp ? ['--plain-http'] : []),
      ...(version === null || isDigest ? [] : ['--version', version]),
      ...(isRegistry || login !== undefined ? [] : ['--repo', repository]),
    ];
    const answer = await ask(helm, [...parameters, '--', named], { root, limit });
    if (!answer.ok) return { ok: false, why: answer.words };
    const [file] = readdirSync(folder.path).filter((name) => name.endsWith('.tgz'));
    if (file === undefined) return { ok: false, why: 'Helm brought nothing' };
    const path = join(folder.path, file);
    if (statSync(path).size > largestPacked)
      return { ok: false, why: `it is larger than ${largestPacked / 2 ** 20} MiB` };
    const bytes = readFileSync(path);
    const manifest = (await unpackChart(bytes)).get('Chart.yaml') ?? new Uint8Array();
    const about: unknown = parse(Buffer.from(manifest).toString('utf8'), { maxAliasCount: 0 });
    if (!isChart(about)) return { ok: false, why: 'its `Chart.yaml` names no version' };
    return { ok: true, bytes, version: about.version, sha256: digestOf(bytes) };
  } catch (error) {
    return { ok: false, why: withoutCredentials(error instanceof Error ? error.message : String(error)) };
  } finally {
    await folder.dispose();
  }
}

/** Names of the repositories that the user has added to Helm, by their addresses. */
export async function readLogins(helm: string, options: AskOptions): Promise<ReadonlyMap<string, string>> {
  const answer = await ask(helm, ['repo', 'list', '--output', 'json'], options);
  if (!answer.ok) return new Map();
  const listed: unknown = JSON.parse(answer.words || '[]');
  return new Map(
    (Array.isArray(listed) ? listed : []).flatMap((one: { name?: unknown; url?: unknown }) =>
      typeof one.name === 'string' && typeof one.url === 'string'
        ? [[one.url.replace(/\/+$/, ''), one.name]]
        : [],
    ),
  );
}

function ask(helm: string, parameters: string[], { root, limit }: AskOptions): Promise<Answer> {
  const [program = helm, ...words] = bounded(helm, parameters);
  const options = {
    env: surroundings(root),
    timeout: limit,
    killSignal: 'SIGKILL',
    maxBuffer: 16 * 2 ** 20,
  } as const;
  return new Promise((settle) => {
    execFile(program, words, options, (error, stdout, stderr) => {
      if (!error) return settle({ ok: true, words: stdout });
      if (error.killed)
        return settle({ ok: false, words: `it did not answer within ${limit / 1000} seconds` });
      settle({ ok: false, words: wordsOf(stderr.trim() || error.message) });
    });
  });
}

/** The user's own, so that logins count; without plugins, and without the repository's programs. */
function surroundings(root: string): NodeJS.ProcessEnv {
  const top = realOf(root);
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => isAbsolute(folder) && !isInside(top, realOf(folder)));
  return {
    ...process.env,
    PATH: path.join(delimiter),
    HELM_PLUGINS: '/dev/null',
    HELM_NO_PLUGINS: '1',
    LC_ALL: 'C',
  };
}

/** An answer of any size would be written down: there is a limit to what a process may write and use. */
function bounded(path: string, parameters: string[]): string[] {
  const limits = `ulimit -f ${(2 * largestPacked) / 1024} 2>/dev/null; ulimit -v ${4 * 2 ** 20} 2>/dev/null; exec "$0" "$@"`;
  return process.platform === 'linux' && existsSync('/bin/sh')
    ? ['/bin/sh', '-c', limits, path, ...parameters]
    : [path, ...parameters];
}

function isChart(value: unknown): value is { version: string } {
  return (
    typeof value === 'object' && value !== null && 'version' in value && typeof value.version === 'string'
  );
}

interface AskOptions {
  /** Of the repository that is read. */
  root: string;
  /** Milliseconds that an answer is waited for. */
  limit: number;
}

export interface PullOptions extends AskOptions {
  /** Path of Helm. */
  helm: string;
  /** Whether registries are asked without TLS. */
  plainHttp: boolean;
  /** From `readLogins`. */
  logins: ReadonlyMap<string, string>;
}

interface Answer {
  ok: boolean;
  words: string;
}

export type Pulled =
  | { ok: true; bytes: Buffer; version: string; sha256: string }
  | { ok: false; why: string };
