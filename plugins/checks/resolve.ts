import { listAt, textAt } from '../base/index.ts';
import type { Resource } from '../model/index.ts';
import type { Platform } from '../platform/index.ts';

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
  // One resource that two manifests declare is one in the cluster: its own rule tells of that, a reference
  // still names it.
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
  const many = model.resources.filter(
    (resource) => resource.kind === kind || `${resource.kind}.${resource.group}` === kind,
  ).length;
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
  const isWritten = (file: string, of: string) =>
    sources.files
      .get(file)
      ?.documents.some(
        ({ value }) =>
          (value.kind === of && textAt(value, 'metadata', 'name') === name) ||
          [...listAt(value, 'configMapGenerator'), ...listAt(value, 'secretGenerator')].some(
            (one) => textAt(one, 'name') === name,
          ),
      ) === true;
  return model.resources.find(
    (one) =>
      one.source === 'kustomize' &&
      (one.kind === kind || `${one.kind}.${one.group}` === kind) &&
      (third === undefined || one.namespace === second) &&
      one.name.includes(name) &&
      isWritten(one.origin.file, one.kind),
  );
}

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
