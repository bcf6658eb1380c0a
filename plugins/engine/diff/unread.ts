/** What is not read on one side, and what of the other it leaves open. */
import { type Deployer, deployerKind, type Resource } from '../../model/index.ts';
import { type Platform, type UnreadPart, unreadParts } from '../../platform/index.ts';
import type { Made } from './made.ts';
import { matchParts } from './match-parts.ts';

/**
 * The parts that only this side has, and every kustomization that does not build: what stands for it hangs on
 * what else was built, and may be other on both sides.
 */
export function openParts(platform: Platform, other: Platform): OpenParts {
  const failed = unreadParts(platform).filter(({ unverified }) => unverified.kind === 'kustomization');
  return {
    parts: [...new Set([...matchParts(platform, other).own, ...failed])],
    isFailed: (directory) => platform.rendered.builds.get(directory)?.failed === true,
    isBuiltOf: (folder, directory) =>
      folder === directory || platform.rendered.builds.get(folder)?.includes.includes(directory) === true,
  };
}

/** Those that could hold an object, of which this side shows none. */
export function couldHold({ parts, isBuiltOf }: OpenParts, made: Made): UnreadPart[] {
  const { group, kind, namespace, name } = made.resource;
  return parts.filter((part) => {
    if (!concerns(part, made, isBuiltOf)) return false;
    if (part.set !== null || part.alters) return true;
    return part.mayHold({ group, kind }, name) && (namespace === null || part.mayLandIn(namespace));
  });
}

/** Those that could make an object another than it seems. */
export function couldAlter({ parts, isBuiltOf }: OpenParts, made: Made): UnreadPart[] {
  return parts.filter((part) => (part.set !== null || part.alters) && concerns(part, made, isBuiltOf));
}

/** Those of which the object only stands for what a build would give, which might leave it out. */
export function standsFor({ parts, isBuiltOf, isFailed }: OpenParts, made: Made): UnreadPart[] {
  return parts.filter(
    (part) =>
      part.unverified.kind === 'kustomization' &&
      isFailed(part.unverified.directory) &&
      concerns(part, made, isBuiltOf),
  );
}

/**
 * Whether the object belongs to what the part belongs to: what no longer is there is certainly gone from it.
 */
function concerns(
  part: UnreadPart,
  { resource, folder, isShared }: Made,
  isBuiltOf: OpenParts['isBuiltOf'],
): boolean {
  const { application, kind, name, origin, source } = resource;
  if (part.set !== null)
    return (
      (kind === 'Application' && source === 'applicationset' && part.mayBeNamed(name)) ||
      (application !== null && part.mayBeNamed(application))
    );
  if (part.deployer !== null && part.deployer.name === nameOfDeployer(resource, part.deployer)) return true;
  // What another folder's build makes of the same file does not hang on it.
  if (isShared && folder !== null && part.unverified.kind === 'kustomization')
    return isBuiltOf(folder, part.unverified.directory);
  return part.files.includes(origin.file);
}

/** The name of what deploys the object, where that is of the kind of the deployer. */
function nameOfDeployer(
  { application, kustomization, helmRelease }: Resource,
  deployer: Deployer,
): string | null {
  return { Application: application, Kustomization: kustomization, HelmRelease: helmRelease }[
    deployerKind(deployer)
  ];
}

/** What one side does not know. */
interface OpenParts {
  parts: UnreadPart[];
  /** Whether plain files stand for what the folder would give. */
  isFailed(directory: string): boolean;
  /** Whether the build of a folder includes the kustomization of another, or is that. */
  isBuiltOf(folder: string, directory: string): boolean;
}
