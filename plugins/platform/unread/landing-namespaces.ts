import { posix } from 'node:path';
import { globTest, textAt } from '../../base/index.ts';
import type { Application, Deployer } from '../../model/index.ts';
import { kustomizationIn, type Unverified } from '../../source/index.ts';
import type { Platform } from '../types.ts';
import type { AskedChart } from './asked-charts.ts';
import type { LocalMakes } from './local-makes.ts';

/**
 * Namespaces that kustomize puts everything into that has one; null where it leaves that to what is not read.
 */
export function forcedNamespaces(
  unverified: Unverified,
  { sources, kind, destination }: Deployer,
  platform: Platform,
): string[] | null {
  // Kustomize puts everything of it there.
  if (kind === 'Kustomization' && destination.namespace !== null) return [destination.namespace];
  const folders = sources.flatMap(({ local, path }) =>
    local && path !== null ? [posix.normalize(path)] : [],
  );
  const found = folders.map((folder) => namespacesAround(unverified, folder.replace(/\/$/, ''), platform));
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Of every kustomization between the outermost and the one that asks for what is not read. */
export function namespacesAround(
  unverified: Unverified,
  outermost: string,
  platform: Platform,
): string[] | null {
  const { kind, origin } = unverified;
  if (kind !== 'kustomization' && origin === null) return null;
  const inner = kind === 'kustomization' ? unverified.directory : posix.dirname(origin?.file ?? '');
  const outer = platform.rendered.builds.get(outermost);
  if (outer === undefined || (outermost !== inner && !outer.includes.includes(inner))) return null;
  const between = [outermost, ...outer.includes].filter(
    (folder) => folder === inner || platform.rendered.builds.get(folder)?.includes.includes(inner),
  );
  const found = between.flatMap((folder) => namespaceOf(folder, platform) ?? []);
  return found.length === 0 ? null : [...new Set(found)];
}

function namespaceOf(folder: string, { sources }: Platform): string | undefined {
  return kustomizationIn(folder, (path) => sources.files.get(path))
    ?.documents.map(({ value }) => textAt(value, 'namespace'))
    .find((one) => one !== undefined && one !== '');
}

/** Whether it may put something there that names the namespace itself. */
export function reaches(
  deployer: Deployer,
  wanted: string,
  own: AskedChart | null,
  platform: Platform,
): boolean {
  // Charts that are known are known to stay in the namespace of their release.
  if (deployer.kind === 'HelmRelease') return own?.isPublic !== true;
  return deployer.kind === 'Kustomization' || isPermitted(wanted, deployer, platform);
}

/** Whether the application's project lets it write there: what it may not write is not deployed. */
function isPermitted(namespace: string, { project }: Application, { model }: Platform): boolean {
  const own = model.projects.find(({ name }) => name === project);
  if (own === undefined) return true;
  return own.destinations.some(
    (one) => one.namespace === null || (!one.namespace.startsWith('!') && starGlob(one.namespace)(namespace)),
  );
}

export function starGlob(pattern: string): (text: string) => boolean {
  return globTest(
    [...pattern].map((char) => (char === '*' ? { type: 'run', except: [] } : { type: 'char', char })),
  );
}

/** `otherwise`: where what says no namespace itself goes. */
export function landsIn({ made, namespaces }: LocalMakes, wanted: string, otherwise: boolean): boolean {
  return (
    namespaces.includes(wanted) ||
    made.some(({ namespace }) => (namespace === null ? otherwise : namespace === wanted))
  );
}
