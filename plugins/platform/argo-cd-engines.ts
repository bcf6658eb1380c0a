/** The Argo CD that a platform installs, and the engines that it renders with. */
import { asText, compareText, listAt, objectAt, textAt, uniqueBy } from '../base/index.ts';
import type { Resource } from '../model/index.ts';
import type { Place } from '../source/index.ts';
import type { Platform } from './types.ts';

/**
 * The versions of Argo CD that the manifests install, from the image of its repo-server and from remote bases
 * and files of its repository. A kustomization that sets another tag overrides the reference that it names.
 */
export function installedArgoCd(platform: Platform): InstalledArgoCd[] {
  const ofImages = platform.model.resources.flatMap((resource) => {
    const found = repoServerOf(resource);
    if (found === undefined) return [];
    const path = ['spec', 'template', 'spec', 'containers', found.index, 'image'];
    return [{ version: found.version, origin: placeOf(platform.locate(resource, path)) }];
  });
  const ofBases = platform.model.unverified.flatMap(({ kind, what, origin }) => {
    const version = kind === 'base' || kind === 'file' ? versionIn(what) : undefined;
    if (version === undefined || origin === null) return [];
    return [{ version: tagIn(origin.file, platform) ?? version, origin: placeOf(origin) }];
  });
  const found = [...ofImages, ...ofBases].sort(
    (a, b) => compareText(a.version, b.version) || compareText(a.origin.file, b.origin.file),
  );
  return uniqueBy(found, ({ version }) => version).map((one) => ({ ...one, ...enginesOf(one.version) }));
}

/** The kustomize and Helm in the image of a release of Argo CD; null where these are not known. */
function enginesOf(version: string): ArgoCdEngines {
  const [major = 0, minor = 0, patch = 0] = version.replace(/^v/, '').split('.').map(Number);
  const first = table.find(
    ([release]) => release[0] === major && release[1] === minor && (release[2] ?? 0) <= patch,
  );
  return { kustomize: first?.[1] ?? null, helm: first?.[2] ?? null };
}

/** The tag of the image of its repo-server, which renders. */
function repoServerOf({ kind, name, rendered }: Resource): { version: string; index: number } | undefined {
  if (kind !== 'Deployment' || !/repo-server/.test(name)) return undefined;
  const containers = listAt(rendered, 'spec', 'template', 'spec', 'containers');
  return containers.flatMap((container, index) => {
    const version = /\/argocd:(v\d+\.\d+\.\d+)/.exec(textAt(container, 'image') ?? '')?.[1];
    return version === undefined ? [] : [{ version, index }];
  })[0];
}

function versionIn(what: string): string | undefined {
  return (
    /argoproj\/argo-cd(?:\.git)?\/[^\s?]*\?ref=(v\d+\.\d+\.\d+)\b/.exec(what)?.[1] ??
    /raw\.githubusercontent\.com\/argoproj\/argo-cd\/(?:refs\/tags\/)?(v\d+\.\d+\.\d+)\/manifests\//.exec(
      what,
    )?.[1]
  );
}

/** The tag that a kustomization gives to Argo CD's image, whatever it includes. */
function tagIn(file: string, { sources }: Platform): string | undefined {
  const documents = sources.files.get(file)?.documents ?? [];
  const tags = documents.flatMap(({ value }) =>
    listAt(value, 'images')
      .map((image) => objectAt(image))
      .filter((image) => /(^|\/)argocd$/.test(asText(image.newName ?? image.name ?? '')))
      .map((image) => asText(image.newTag ?? '')),
  );
  return tags.find((tag) => /^v\d+\.\d+\.\d+$/.test(tag));
}

function placeOf({ file, line, column, endLine, endColumn }: Place): Place {
  return { file, line, column, endLine, endColumn };
}

/**
 * First release, kustomize, Helm: the later ones first. Source: `hack/tool-versions.sh` at each tag of
 * argoproj/argo-cd.
 */
// biome-ignore format: one table, read as one.
const table: readonly (readonly [readonly number[], string, string])[] = [
  [[3, 5], '5.8.1', '4.2.1'],
  [[3, 4], '5.8.1', '3.19.4'],
  [[3, 3, 1], '5.8.1', '3.19.4'],
  [[3, 3], '5.8.0', '3.19.4'],
  [[3, 2], '5.7.0', '3.18.4'],
  [[3, 1], '5.7.0', '3.18.4'],
  [[3, 0], '5.6.0', '3.17.1'],
  [[2, 14], '5.4.3', '3.16.3'],
  [[2, 13], '5.4.3', '3.15.4'],
  [[2, 12], '5.4.2', '3.15.2'],
  [[2, 11, 1], '5.2.1', '3.14.4'],
  [[2, 11], '5.2.1', '3.14.3'],
  [[2, 10, 10], '5.2.1', '3.14.4'],
  [[2, 10, 4], '5.2.1', '3.14.3'],
  [[2, 10, 2], '5.2.1', '3.14.2'],
  [[2, 10], '5.2.1', '3.14.0'],
  [[2, 9, 2], '5.2.1', '3.13.2'],
  [[2, 9], '5.2.1', '3.12.1'],
  [[2, 8], '5.1.0', '3.12.1'],
  [[2, 7], '5.0.1', '3.11.2'],
  [[2, 6], '4.5.7', '3.10.3'],
  [[2, 5, 5], '4.5.7', '3.10.3'],
  [[2, 5], '4.5.7', '3.10.1'],
  [[2, 4], '4.4.1', '3.8.1'],
  [[2, 3], '4.4.1', '3.8.0'],
];

interface ArgoCdEngines {
  kustomize: string | null;
  helm: string | null;
}

export interface InstalledArgoCd extends ArgoCdEngines {
  /** Such as `v3.1.0`. */
  version: string;
  /** Where that is said. */
  origin: Place;
}
