import { digestOf } from '../../base/index.ts';
import { largestFile } from '../../source/index.ts';
import { withoutCredentials } from './fetch-words.ts';

/**
 * One file by its address, as kustomize gets it; no larger than a file may be, and no page for people.
 * @returns why not, without anybody's credentials.
 */
export async function getFile(url: string, limit: number): Promise<GotFile> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(limit), redirect: 'follow' });
    if (!response.ok)
      return { ok: false, why: `the server answers ${response.status} ${response.statusText}`.trim() };
    if (/^text\/html\b/i.test(response.headers.get('content-type') ?? ''))
      return { ok: false, why: 'the server answers with a page for people (text/html)' };
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of response.body ?? []) {
      size += piece.length;
      if (size > largestFile) return { ok: false, why: `it is larger than ${largestFile / 2 ** 20} MiB` };
      pieces.push(piece);
    }
    const bytes = Buffer.concat(pieces);
    return { ok: true, bytes, sha256: digestOf(bytes) };
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError')
      return { ok: false, why: `it did not answer within ${limit / 1000} seconds` };
    const { cause, message } = error instanceof Error ? error : { cause: undefined, message: String(error) };
    return { ok: false, why: withoutCredentials(cause instanceof Error ? cause.message : message) };
  }
}

type GotFile = { ok: true; bytes: Buffer; sha256: string } | { ok: false; why: string };
