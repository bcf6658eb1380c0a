import { join, resolve } from 'node:path';
import { buildInTurn } from '../starlight/site.ts';
import { serve } from './server.ts';

/** The site of this repository, served from a folder; built once for all tests of a run that ask for it. */
export async function serveReferenceSite(): Promise<Awaited<ReturnType<typeof serve>> & { dist: string }> {
  const repository = resolve(import.meta.dirname, '../..');
  const dist = join(repository, '.cache/sites/browser-dist');
  const { code, output } = await buildInTurn(repository, { args: ['--outDir', dist], once: true });
  if (code !== 0) throw new Error(output);
  return { ...(await serve(dist)), dist };
}
