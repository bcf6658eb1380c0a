import { unpackArchive } from './unpack-archive.ts';

/**
 * The files of a packed chart by their path below it, as Helm takes them: plain files alone, from below the
 * one folder that the archive holds. Source: `LoadArchiveFiles` of Helm's `chart/loader`.
 * @throws where it is no archive, holds more than Helm would take, or names a file that lies outside of it.
 */
export async function unpackChart(packed: Buffer): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const [path, data] of await unpackArchive(packed, { what: 'the chart', withLinks: false })) {
    const slash = path.indexOf('/');
    if (slash < 0) throw new Error(`it names \`${path.slice(0, 200)}\`, which is outside of the chart`);
    files.set(path.slice(slash + 1), data);
  }
  if (!files.has('Chart.yaml')) throw new Error('it holds no `Chart.yaml`');
  return files;
}
