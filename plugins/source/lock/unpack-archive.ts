import { posix } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { unpackTar } from 'modern-tar';

/**
 * The plain files of an archive by their path, gzipped or not. A link stands for what it leads to in the same
 * archive; one that leads to nothing is left out.
 * @throws where it is no archive, holds more than it may, or names what lies outside of it.
 */
export async function unpackArchive(
  packed: Buffer,
  { what = 'the archive', withLinks = true } = {},
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const links: { path: string; target: string }[] = [];
  for (const { header, data } of await unpackTar(plain(packed), { strict: true })) {
    const isLink = header.type === 'symlink' || header.type === 'link';
    if (isLink ? !withLinks : header.type !== 'file' || data === undefined) continue;
    const name = header.name.replaceAll('\\', '/');
    const path = posix.normalize(name);
    const outside = (): Error =>
      new Error(`it names \`${header.name.slice(0, 200)}\`, which is outside of ${what}`);
    if (/^(\/|[a-z]:)/i.test(name) || name.split('/').includes('..') || /\p{Cc}/u.test(name)) throw outside();
    if (isLink) {
      const from = header.type === 'link' ? '.' : posix.dirname(path);
      const target = posix.join(from, header.linkname ?? '/');
      const isAbsolute = header.linkname?.startsWith('/') === true;
      if (isAbsolute || target === '..' || target.startsWith('../')) throw outside();
      links.push({ path, target: target.replace(/(.)\/$/, '$1') });
    } else if (data !== undefined) {
      if (data.byteLength > largestFile)
        throw new Error(`\`${path}\` in it is larger than ${largestFile / 2 ** 20} MiB`);
      files.set(path, data);
    }
    if (files.size + links.length > mostFiles) throw tooMany();
  }
  follow(links, files);
  return files;
}

/** One that leads through another is found once that one is. */
function follow(links: readonly { path: string; target: string }[], files: Map<string, Uint8Array>): void {
  let total = [...files.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
  const add = (path: string, data: Uint8Array): void => {
    total += data.byteLength;
    if (total > largest) throw tooLarge();
    if (files.size >= mostFiles) throw tooMany();
    files.set(path, data);
  };
  let left = links;
  for (let pass = 0; pass < mostLinks && left.length > 0; pass += 1)
    left = left.filter(({ path, target }) => {
      const whole = files.get(target);
      if (whole !== undefined) add(path, whole);
      // A folder that holds the link would be without an end.
      if (whole !== undefined || target === '.' || path.startsWith(`${target}/`)) return false;
      const inside = [...files].filter(([one]) => one.startsWith(`${target}/`));
      for (const [one, data] of inside) add(`${path}${one.slice(target.length)}`, data);
      return inside.length === 0;
    });
}

function plain(packed: Buffer): Buffer {
  if (packed[0] !== 0x1f || packed[1] !== 0x8b) {
    if (packed.length > largest) throw tooLarge();
    return packed;
  }
  try {
    return gunzipSync(packed, { maxOutputLength: largest });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      ? tooLarge()
      : new Error('it is no gzipped archive');
  }
}

const tooLarge = (): Error => new Error(`it unpacks to more than ${largest / 2 ** 20} MiB`);
const tooMany = (): Error => new Error(`it holds more than ${mostFiles} files`);

/** Helm's own limits (`MaxDecompressedChartSize`, `MaxDecompressedFileSize`). */
const largest = 100 * 2 ** 20;
const largestFile = 5 * 2 ** 20;
const mostFiles = 10_000;
/** Links that lead to links, one after another. */
const mostLinks = 8;
