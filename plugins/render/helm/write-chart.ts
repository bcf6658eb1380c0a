import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Variant } from '../changing/functions.ts';
import { bytesFor } from '../changing/stand-ins.ts';

/**
 * Puts the files of a chart that was fetched into a folder that is empty.
 * @param variant one of two renders in which charts call nothing that answers otherwise each time.
 */
export async function writeChart(
  files: ReadonlyMap<string, Uint8Array>,
  folder: string,
  variant: Variant | null,
): Promise<void> {
  for (const [path, data] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    await writeFile(join(folder, path), variant === null ? bytes : bytesFor(bytes, path, variant), {
      ...{ flag: 'wx', mode: 0o600 },
    });
  }
}
