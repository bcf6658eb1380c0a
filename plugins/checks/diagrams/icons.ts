import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { isInside, nearest } from '../../base/index.ts';
import type { CompiledIcon } from '../../d2/index.ts';
import { suggestion } from '../diagnose.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { refusedIcon } from '../rules/pages/diagram-invalid.ts';
import type { CheckContext } from '../types.ts';
import { pictureOf } from './embedded-pictures.ts';
import { placeOf } from './fence-place.ts';
import { neighbours } from './neighbours.ts';
import type { FenceStatement } from './types.ts';

/**
 * The pictures of a fence as `data:` URIs, by their addresses. Only files of the repository are read,
 * symbolic links followed, so that a page asks no third party for anything.
 */
export async function iconsOf(
  statement: FenceStatement,
  icons: CompiledIcon[],
  { platform }: CheckContext,
): Promise<Icons> {
  const found: Icons = { icons: {}, diagnostics: [] };
  for (const icon of icons) {
    const picture = await pictureFrom(icon, statement, platform.config.root);
    if ('uri' in picture) {
      found.icons[icon.address] = picture.uri;
      continue;
    }
    found.diagnostics.push(refusedIcon(icon.address, placeOf(statement, icon.ranges), picture));
  }
  return found;
}

async function pictureFrom(
  { address, file }: CompiledIcon,
  { path }: FenceStatement,
  root: string,
): Promise<{ uri: string } | Refused> {
  const shown = `\`${address.slice(0, 80)}\``;
  if (!file)
    return {
      message: `an icon is a file of the repository, and ${shown} is not`,
      help: 'put the picture beside the page and write `icon: ./name.svg`: a page asks no other server for anything',
    };
  if (path === null) return { message: `this page has no folder in which ${shown} could lie`, help };
  if (isAbsolute(address)) return { message: `the icon ${shown} is an absolute path`, help };
  const outside = { message: `the icon ${shown} lies outside the repository`, help };
  try {
    const folder = await realpath(dirname(path));
    const homes = [await realpath(root), folder];
    const target = join(folder, address);
    if (!homes.some((home) => isInside(home, target))) return outside;
    const real = await realpath(target).catch(() => null);
    if (real !== null && !homes.some((home) => isInside(home, real))) return outside;
    const known = real === null ? null : await stat(real);
    if (real === null || !known?.isFile()) return missing(address, folder);
    if (known.size > maximumSize)
      return {
        message: `the icon ${shown} has ${Math.ceil(known.size / 1024)} KiB, and every page carries its own copy`,
        help: `take a picture of ${maximumSize / 1024} KiB at most`,
      };
    const picture = pictureOf(await readFile(real));
    return picture.ok ? { uri: picture.uri } : { message: `the icon ${shown} ${picture.why}`, help: formats };
  } catch (error) {
    return {
      message: `the icon ${shown} cannot be read: ${error instanceof Error ? error.message : error}`,
      help,
    };
  }
}

async function missing(address: string, folder: string): Promise<Refused> {
  const names = neighbours(join(folder, dirname(address)), /\.(?:svg|png|jpe?g|gif|webp)$/i);
  const before = address.slice(0, address.lastIndexOf('/') + 1) || './';
  const written = names.map((name) => `${before}${name}`);
  const candidates = nearest(address, written);
  return {
    message: `there is no file for the icon \`${address.slice(0, 80)}\``,
    candidates,
    help: suggestion(candidates, written) ?? help,
  };
}

const maximumSize = 64 * 1024;
const help = 'an icon is a path from the page to a file of the repository, such as `./logo.svg`';
const formats = 'icons are SVG without scripts and links, PNG, JPEG, GIF or WebP';

interface Icons {
  icons: Record<string, string>;
  diagnostics: Diagnostic[];
}

interface Refused {
  message: string;
  help: string;
  candidates?: string[];
}
