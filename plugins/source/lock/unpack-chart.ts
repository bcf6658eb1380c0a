import { posix } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { unpackTar } from 'modern-tar';

/**
 * The files of a packed chart by their path below it, as Helm takes them: plain files alone, from below the
 * one folder that the archive holds. Source: `LoadArchiveFiles` of Helm's `chart/loader`.
 * @throws where it is no archive, holds more than Helm would take, or names a file that lies outside of it.
 */
export async function unpackChart(packed: Buffer): Promise<ReadonlyMap<string, Uint8Array>> {
  let archive: Buffer;
  try {
    archive = gunzipSync(packed, { maxOutputLength: largest });
  } catch (error) {
    const isLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new Error(
      isLarge ? `it unpacks to more than ${largest / 2 ** 20} MiB` : 'it is no gzipped archive',
    );
  }
  const files = new Map<string, Uint8Array>();
  for (const { header, data } of await unpackTar(archive, { strict: true })) {
    if (header.type !== 'file' || data === undefined) continue;
    const name = header.name.replaceAll('\\', '/');
    const path = posix.normalize(name.slice(name.indexOf('/') + 1));
    if (
      name.startsWith('/') ||
      /^[a-z]:/i.test(name) ||
      name.split('/').includes('..') ||
      !name.includes('/')
    )
      throw new Error(`it names \`${header.name.slice(0, 200)}\`, which is outside of the chart`);
    if (data.byteLength > largestFile)
      throw new Error(`\`${path}\` in it is larger than ${largestFile / 2 ** 20} MiB`);
    if (files.size >= mostFiles) throw new Error(`it holds more than ${mostFiles} files`);
    files.set(path, data);
  }
  if (!files.has('Chart.yaml')) throw new Error('it holds no `Chart.yaml`');
  return files;
}

/** Helm's own limits (`MaxDecompressedChartSize`, `MaxDecompressedFileSize`). */
const largest = 100 * 2 ** 20;
const largestFile = 5 * 2 ** 20;
const mostFiles = 10_000;
