import { resolve } from 'node:path';
import { asText, entryAt, isObject, type JsonValue, textAt } from '../../base/index.ts';
import type { Model } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';

/**
 * The address by which manifests call a repository whose folders are those of this one, and which nobody told
 * us: the remote is a fork, or there is none. Null where most of what they take from it is not here.
 */
export function guessAddress({ config, model }: Platform): AddressGuess | null {
  const known = new Set(config.repository.urls.map(sameAddress));
  const uses = new Map<string, { url: string; here: number; all: number }>();
  for (const { url, path } of sourcesIn(model)) {
    if (!isAddress(url) || known.has(sameAddress(url))) continue;
    const use = uses.get(sameAddress(url)) ?? { url, here: 0, all: 0 };
    use.all += 1;
    // A path that climbs or is the root itself tells nothing of the repository.
    if (!path.startsWith('..') && entryAt(resolve(config.root, path))?.isDirectory()) use.here += 1;
    uses.set(sameAddress(url), use);
  }
  const [best] = [...uses.values()]
    .filter(({ here, all }) => here > 0 && here * 2 > all)
    .toSorted((a, b) => b.here - a.here || (a.url < b.url ? -1 : 1));
  return best ?? null;
}

/** Every address with a folder that manifests take from it. */
function* sourcesIn({ resources }: Model): Generator<{ url: string; path: string }> {
  const repositories = new Map(
    resources.flatMap(({ kind, name, rendered }) => {
      const url = kind === 'GitRepository' ? textAt(rendered, 'spec', 'url') : undefined;
      return url === undefined ? [] : [[name, url] as const];
    }),
  );
  for (const { kind, group, rendered } of resources) {
    if (group === 'argoproj.io' && (kind === 'Application' || kind === 'ApplicationSet'))
      yield* sourcesUnder(rendered, 0);
    const path = group === 'kustomize.toolkit.fluxcd.io' ? textAt(rendered, 'spec', 'path') : undefined;
    const url = repositories.get(textAt(rendered, 'spec', 'sourceRef', 'name') ?? '');
    if (path !== undefined && url !== undefined) yield* usable(url, path);
  }
}

function* sourcesUnder(
  value: JsonValue | undefined,
  depth: number,
): Generator<{ url: string; path: string }> {
  if (depth > deepest) return;
  if (Array.isArray(value)) for (const one of value) yield* sourcesUnder(one, depth + 1);
  if (!isObject(value)) return;
  const url = value.repoURL;
  if (typeof url === 'string') {
    const folders = [value.directories, value.files].flatMap((list) => (Array.isArray(list) ? list : []));
    for (const path of [value.path, ...folders.map((one) => (isObject(one) ? one.path : undefined))])
      if (path !== undefined) yield* usable(url, asText(path) ?? '');
  }
  for (const one of Object.values(value)) yield* sourcesUnder(one, depth + 1);
}

/** The folder of a pattern that is there for certain. */
function* usable(url: string, path: string): Generator<{ url: string; path: string }> {
  const parts = path.replace(/^(?:\.?\/)+/, '').split('/');
  const end = parts.findIndex((part) => /[*?[{$]/.test(part));
  const fixed = (end < 0 ? parts : parts.slice(0, end)).join('/').replace(/\/+$/, '');
  if (fixed !== '' && fixed !== '.' && !/\.\w+$/.test(fixed)) yield { url, path: fixed };
}

/** What could be an address as it stands: no template, nothing that no address holds. */
function isAddress(url: string): boolean {
  return /^(?:https?:\/\/|ssh:\/\/|git@)[\w.~:/@%+-]{3,500}$/.test(url);
}

function sameAddress(url: string): string {
  return url
    .toLowerCase()
    .replace(/^\w+:\/\//, '')
    .replace(/^[^/@]+@/, '')
    .replace(/^([^/:]+):(?:\d+\/)?/, '$1/')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}

const deepest = 40;

export interface AddressGuess {
  url: string;
  /** How many folders that manifests take from it are here, */
  here: number;
  /** of how many. */
  all: number;
}
