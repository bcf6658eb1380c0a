import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeProject, type ProjectOptions } from './project.ts';

/**
 * Builds the site of a repository into a folder. What stood there stays until the new site is whole.
 * @throws what a build says that fails, and where the folder holds what is not ours.
 */
export async function buildSite(out: string, { isForced, ...options }: BuildOptions): Promise<Built> {
  await refuseOthers(out, isForced);
  withoutNetwork();
  const project = await makeProject(options);
  const before = process.cwd();
  // Astro writes what it prerenders with into the working directory, wherever the project lies.
  process.chdir(project.path);
  try {
    const { build } = await import('astro');
    await build(project.config);
    const made = join(project.path, 'dist');
    await writeFile(join(made, marker), `${markerText}\n`);
    await rm(out, { recursive: true, force: true });
    await mkdir(dirname(out), { recursive: true });
    // Another disk takes copies alone.
    await rename(made, out).catch(() => cp(made, out, { recursive: true }));
    const files = await readdir(out, { recursive: true });
    // Where a build failed, Astro still writes what it kept: the folder then goes with the process.
    await project.dispose();
    return { pages: files.filter((file) => file.endsWith('.html')).length };
  } finally {
    process.chdir(before);
  }
}

/** Serves the site of a repository, and follows its manifests and pages. */
export async function serveSite(options: ProjectOptions): Promise<{ stop(): Promise<void> }> {
  withoutNetwork();
  const project = await makeProject(options);
  process.chdir(project.path);
  const { dev } = await import('astro');
  const server = await dev(project.config);
  return {
    stop: async () => {
      await server.stop();
      await project.dispose();
    },
  };
}

/** A folder that somebody else filled is not emptied. */
async function refuseOthers(out: string, isForced: boolean): Promise<void> {
  if (isForced || !existsSync(out) || existsSync(join(out, marker))) return;
  const isEmpty = (await readdir(out).catch(() => ['a file'])).length === 0;
  if (isEmpty) return;
  throw Object.assign(new Error(`\`${out}\` is there, and was not made by plumbline`), {
    help: 'Name another folder with `--out DIR`, or replace it with `--force`.',
  });
}

/** Astro asks for newer versions of itself, and tells how it is used. */
function withoutNetwork(): void {
  process.env.ASTRO_TELEMETRY_DISABLED = '1';
  process.env.ASTRO_DISABLE_UPDATE_CHECK = 'true';
}

const marker = '.plumbline-site';
const markerText = 'Made by plumbline build, which replaces this folder when it is run again.';

export interface BuildOptions extends ProjectOptions {
  /** Whether a folder is replaced that holds something else. */
  isForced: boolean;
}

export interface Built {
  pages: number;
}
