import type { Platform } from '../platform/index.ts';
import { unreadParts } from '../platform/index.ts';
import { holdsPlaceholder } from '../source/index.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { RuleName } from './rules.ts';

/**
 * Whether a fault is about what is deployed from another revision than the one that is read, where it may be
 * mended or not yet exist. Faults of a file itself count whoever deploys it, and a placeholder
 * (`${TARGET_REVISION}`) may well mean this revision.
 */
export function createOtherRevisions(platform: Platform): (diagnostic: Diagnostic) => boolean {
  const others = new Set(
    unreadParts(platform).flatMap(({ unverified, deployer }) =>
      unverified.kind === 'revision' && deployer !== null && !holdsPlaceholder(unverified.what)
        ? deployer.id
        : [],
    ),
  );
  if (others.size === 0) return () => false;
  const isOther = (id: string | null): boolean =>
    id !== null && others.has(platform.resource(id)?.deployer ?? '');
  return ({ rule, sources }) => ofDeployed.has(rule) && sources.some(({ resource }) => isOther(resource));
}

/** Rules about the deployed platform, as opposed to single files. */
const ofDeployed: ReadonlySet<string> = new Set<RuleName>([
  'dependency-not-ready',
  'event-route-dead',
  'policy-violated',
  'project-forbids',
  'resource-duplicate',
  'resource-excluded',
  'route-dead',
  'secret-key-missing',
  'secret-refused',
  'secret-store-missing',
  'source-missing',
  'wave-inverted',
  'workflow-template-missing',
]);
