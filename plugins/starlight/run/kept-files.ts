import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, resolve } from 'node:path';
import type { ViteDevServer } from 'vite';
import { entryAt, isInside, realOf, realPath } from '../../base/index.ts';
import { ConfigError, loadConfig } from '../../source/index.ts';

/**
 * Which files a development server gives to nobody: of a site that lies in its repository Vite would give
 * every manifest with its Secrets to whoever can ask, and what links lead to that lies anywhere. The site
 * itself, which runs on the server, reads manifests as before.
 */
export async function keptFiles({ root, docs, siteRoot, publicDir }: Folders): Promise<KeptFiles> {
  const manifests = (await layersOf(root, docs)).map((folder) => ({
    folder,
    // A folder that holds the site as well holds what its pages load.
    isShared: isInside(folder, realOf(siteRoot)),
  }));
  const isManifest = (file: string) =>
    manifests.some(
      ({ folder, isShared }) =>
        isInside(folder, file) && (isShared ? /\.ya?ml$/i.test(file) : !isPicture.test(file)),
    );
  return {
    patterns: manifests.map(
      ({ folder, isShared }) =>
        `${escaped(folder)}/{,**/}${isShared ? '*.{yaml,yml}' : `!(${pictures.map((ending) => `*.${ending}`).join('|')})`}`,
    ),
    isKept(path, allowed) {
      const file = realPath(path);
      // Packages lie wherever they were installed, and are as trusted as the site is.
      if (file === undefined || /[\\/]node_modules[\\/]/.test(path) || !entryAt(file)?.isFile()) return false;
      if (isManifest(file)) return true;
      const served = [root, ...(docs === undefined ? [] : [docs]), siteRoot, publicDir, ...allowed];
      const isIn = (folder: string) => isInside(folder, path) || isInside(realOf(folder), path);
      return served.some(isIn) && !served.some((folder) => isInside(realOf(folder), file));
    },
  };
}

/** Vite's own list, which one that is given takes the place of. */
export const keptByVite = [
  '.env',
  '.env.*',
  '*.{crt,pem,key,p12,pfx,cer,der}',
  '.npmrc',
  '.yarnrc.yml',
  '**/.git/**',
];

/** Refuses what is kept before any other part of the server sees the request. */
export function keepFiles({ config, middlewares }: ViteDevServer, { isKept }: KeptFiles, base: string): void {
  const { root, publicDir, server } = config;
  middlewares.stack.unshift({
    route: '',
    handle: ({ url = '/' }: IncomingMessage, response: ServerResponse, next: () => void) => {
      const asked = filesOf(url, base, [root, publicDir]);
      if (!asked.some((file) => isKept(file, server.fs.allow))) return next();
      response.writeHead(403, { 'content-type': 'text/plain' });
      response.end('This file is not part of the site.\n');
    },
  });
}

/** The files that a request may mean: by itself, under Vite's prefixes, as the picture that is asked for. */
function filesOf(url: string, base: string, folders: string[]): string[] {
  const [path = '', query = ''] = url.split(/\?(.*)/s);
  const asked = [path, new URLSearchParams(query).get('href') ?? ''].map(decoded);
  return asked
    .flatMap((one) => [one, one.startsWith(base) ? one.slice(base.length) : one])
    .map((one) => one.replace(/^\/*@(?:fs|id)(?=\/)/, '').replace(/^\/*(?:__x00__)?\/*/, ''))
    .filter((one) => one !== '' && !one.includes('\0'))
    .flatMap((one) => [resolve('/', one), ...folders.map((folder) => join(folder, one))]);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Absolute; none where the configuration is wrong, with which the run ends or which it tells. */
async function layersOf(root: string, docs: string | undefined): Promise<string[]> {
  try {
    const config = await loadConfig({ root, ...(docs === undefined ? {} : { docs }) });
    return [...config.layers.bootstrap, ...config.layers.gitops].map((folder) =>
      realOf(resolve(config.root, folder)),
    );
  } catch (error) {
    if (error instanceof ConfigError) return [];
    throw error;
  }
}

/** As part of a glob. */
function escaped(path: string): string {
  return path.replaceAll('\\', '/').replaceAll(/[$^*+?()[\]{}!|@#,]/g, '\\$&');
}

const pictures = ['png', 'jpg', 'jpeg', 'gif', 'webp', 'avif', 'svg'];
const isPicture = new RegExp(`\\.(?:${pictures.join('|')})$`, 'i');

interface Folders {
  root: string;
  docs: string | undefined;
  /** Of the Astro project. */
  siteRoot: string;
  publicDir: string;
}

export interface KeptFiles {
  /** For Vite, which compares them with paths. */
  patterns: string[];
  /**
   * Whether the file at a path is a manifest, or lies in what is served and leads out of it.
   * @param allowed further folders that are served.
   */
  isKept(path: string, allowed: string[]): boolean;
}
