import { addTo, listAt, oncePer, takeSteps, textAt } from '../base/index.ts';
import type { Model, Resource } from '../model/index.ts';
import type { Platform } from '../platform/index.ts';
import type { Sources } from '../source/index.ts';

/** The resource that a text names, or what comes nearest and what was searched. */
export function resolve(platform: Platform, text: string): Found | NotFound {
  const { model } = platform;
  const resolution = platform.resolveReference(text);
  if (resolution.ok) return resolution;
  const written = resolution.reason === 'unknown' ? writtenAs(platform, text) : undefined;
  if (written) return { ok: true, resource: written };
  const { candidates } = resolution;
  const same = (resolution.reason === 'ambiguous' ? candidates : []).flatMap(
    (candidate) => platform.resource(candidate) ?? [],
  );
  const [first] = same;
  // Two manifests may declare one resource: that is a fault of its own, and a reference still names it.
  if (
    first &&
    same.length === candidates.length &&
    same.every((one) => identity(one.id) === identity(first.id))
  ) {
    return { ok: true, resource: platform.resource(identity(first.id)) ?? first };
  }
  const nearest = candidates.flatMap((candidate) => {
    const near = platform.resolveReference(candidate);
    return near.ok ? [near.resource] : [];
  });
  const kind = text.split('/')[0] ?? '';
  const many = kindsOf(model).get(kind)?.length ?? 0;
  const searched =
    many > 0 ? `searched ${many} of kind ${kind}` : `no ${kind} among ${model.resources.length} resources`;
  return { ok: false, ambiguous: resolution.reason === 'ambiguous', candidates, nearest, searched };
}

/**
 * The resource that kustomize makes of one that is written under the name: a generator adds a hash
 * (`settings-8d5g8cm7cf`), a kustomization what it puts before and after. Of several, in overlays, the first.
 */
function writtenAs({ model, sources }: Platform, text: string): Resource | undefined {
  const [kind = '', second = '', third] = text.split('/');
  const name = third ?? second;
  const made = kindsOf(model).get(kind) ?? [];
  if (!takeSteps(made.length / 16)) return undefined;
  return made.find(
    (one) =>
      one.source === 'kustomize' &&
      (third === undefined || one.namespace === second) &&
      one.name.includes(name) &&
      writtenIn(sources).has(`${one.origin.file}\0${one.kind}\0${name}`),
  );
}

/** Resources by `Kind` and `Kind.group`. */
const kindsOf = oncePer((model: Model): Map<string, Resource[]> => {
  const kinds = new Map<string, Resource[]>();
  for (const resource of model.resources)
    for (const kind of new Set([resource.kind, `${resource.kind}.${resource.group}`]))
      addTo(kinds, kind, resource);
  return kinds;
});

/**
 * File, kind and name of every object as it is written, before kustomize, with those that generators make.
 */
const writtenIn = oncePer((sources: Sources): Set<string> => {
  const written = new Set<string>();
  for (const { path, documents } of sources.files.values())
    for (const { value } of documents) {
      written.add(`${path}\0${String(value.kind)}\0${textAt(value, 'metadata', 'name') ?? ''}`);
      for (const [kind, field] of generators)
        for (const one of listAt(value, field)) written.add(`${path}\0${kind}\0${textAt(one, 'name') ?? ''}`);
    }
  return written;
});

const generators = [
  ['ConfigMap', 'configMapGenerator'],
  ['Secret', 'secretGenerator'],
] as const;

/** What a resource is in the cluster; the ids of further manifests of it end in `@file`. */
export function identity(id: string): string {
  return id.split('@', 1)[0] ?? id;
}

interface Found {
  ok: true;
  resource: Resource;
}

export interface NotFound {
  ok: false;
  /** True where several resources fit: `candidates` name each of them. */
  ambiguous: boolean;
  candidates: string[];
  nearest: Resource[];
  searched: string;
}
