/** Objects by what names them, before there are resources: what a controller would look up in the cluster. */
import { addTo, type JsonObject, later, stableStringify } from '../../base/index.ts';
import type { RenderedObject } from '../../render/index.ts';
import { identityOf } from '../identity.ts';
import { sharedFolders } from '../nearest-file.ts';

/**
 * These objects by their names, gone through when the first is asked for: only Flux asks. One that says no
 * namespace is taken where none of the wanted namespace is there: what deploys it may put it there.
 */
export function createKnownObjects(objects: () => Iterable<RenderedObject>): KnownObjects {
  const known = later(() => indexed(objects()));
  return {
    find: (...asked) => known().find(...asked),
    all: (kind) => known().all(kind),
  };
}

function indexed(objects: Iterable<RenderedObject>): KnownObjects {
  const documents = new Map<string, Known>();
  for (const { value, origin } of objects) {
    const { kind, namespace, name } = identityOf(value);
    const key = `${kind}|${namespace ?? ''}|${name}`;
    // Of one document what was rendered last stands: it is nearest to what is deployed.
    documents.set(`${key}|${origin.file}#${origin.document}`, { key, kind, value, file: origin.file });
  }
  const byKey = new Map<string, Known[]>();
  const byKind = new Map<string, JsonObject[]>();
  for (const one of documents.values()) {
    addTo(byKey, one.key, one);
    addTo(byKind, one.kind, one.value);
  }
  return {
    find: (kind, namespace, name, near) =>
      nearestOf(byKey.get(`${kind}|${namespace ?? ''}|${name}`) ?? byKey.get(`${kind}||${name}`) ?? [], near),
    all: (kind) => byKind.get(kind) ?? [],
  };
}

/** Of several, as of the clusters of one repository, the nearest; none where that is not sure. */
function nearestOf(found: readonly Known[], near: string): JsonObject | undefined {
  const depth = ({ file }: Known): number => sharedFolders(file, near);
  const most = Math.max(...found.map(depth));
  const best = found.filter((one) => depth(one) === most);
  return new Set(best.map(({ value }) => stableStringify(value))).size > 1 ? undefined : best[0]?.value;
}

interface Known {
  key: string;
  kind: string;
  value: JsonObject;
  file: string;
}

export interface KnownObjects {
  /** @param near the file that names it. */
  find(kind: string, namespace: string | null, name: string, near: string): JsonObject | undefined;
  all(kind: string): readonly JsonObject[];
}
