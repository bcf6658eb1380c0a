import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from './random.ts';

/**
 * What is mutated: the files of the reference platform, its pages, and those of the tests' own
 * repositories where they are there.
 */
export function readSeeds(project: string): Seeds {
  const all = ['IT', 'K8s', 'docs', 'test/fixtures'].flatMap((folder) => textsUnder(project, folder));
  const manifests = all.filter(({ path }) => /\.ya?ml$/.test(path) && !/kustomization\.ya?ml$/.test(path));
  return {
    manifests: manifests.map(({ text }) => text),
    kustomizations: all.filter(({ path }) => /kustomization\.ya?ml$/.test(path)).map(({ text }) => text),
    pages: all.filter(({ path }) => /\.mdx?$/.test(path)).map(({ text }) => text),
    byKind: Map.groupBy(
      manifests.flatMap(({ text }) => text.split(/^---$/m)),
      (text) => /^kind: (\w+)/m.exec(text)?.[1] ?? '',
    ),
  };
}

/** A manifest of a kind, each kind as likely as any other. */
export function oneOf({ byKind }: Seeds, random: Random, kinds = [...byKind.keys()]): string {
  return random.pick(byKind.get(random.pick(kinds)) ?? ['']);
}

function textsUnder(project: string, folder: string): { path: string; text: string }[] {
  const whole = join(project, folder);
  try {
    return readdirSync(whole, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(ya?ml|mdx?)$/.test(path) && !path.includes('node_modules'))
      .toSorted()
      .map((path) => ({ path, text: readFileSync(join(whole, path), 'utf8') }))
      .filter(({ text }) => text.length < largest);
  } catch {
    return [];
  }
}

const largest = 20_000;

export interface Seeds {
  manifests: string[];
  kustomizations: string[];
  pages: string[];
  /** One document each; those that say no kind under the empty one. */
  byKind: Map<string, string[]>;
}
