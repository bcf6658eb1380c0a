import { posix } from 'node:path';
import {
  openRendering,
  type Rendered,
  type RenderOptions,
  type SourceBuild,
  type SourceRequest,
} from '../../plugins/render/index.ts';
import type { Sources } from '../../plugins/source/index.ts';

/** The kustomizations alone, each built by itself, in a pass of their own. */
export async function renderAll(sources: Sources, options: RenderOptions): Promise<Rendered> {
  const rendering = openRendering(sources, options);
  try {
    const folders = [...sources.files.values()].filter(({ role }) => role === 'kustomization');
    return await rendering.kustomizations(folders.map(({ path }) => posix.dirname(path)));
  } finally {
    await rendering.close();
  }
}

/** What Applications ask for alone, in a pass of its own. */
export async function renderSources(
  sources: Sources,
  requests: ReadonlyMap<string, SourceRequest>,
  options: RenderOptions,
): Promise<ReadonlyMap<string, SourceBuild>> {
  const rendering = openRendering(sources, options);
  try {
    return await rendering.sources(requests);
  } finally {
    await rendering.close();
  }
}
