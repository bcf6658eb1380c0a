/**
 * Whether Stakater's Reloader starts a workload anew when a Secret changes. Source: Reloader
 * `internal/pkg/handler/upgrade.go`.
 */
import { compileRe2, listAt, PatternError, textAt } from '../../base/index.ts';
import type { Manifest } from './objects.ts';
import { containersOf, podReads } from './pod-reads.ts';
import { podSpecOf } from './pod-spec.ts';

/**
 * The workload's own annotations count; those of its Pods only where it has none of the four itself.
 * @param secret its annotations as the cluster has them.
 * @param all the controller runs with `--auto-reload-all`.
 */
export function isReloaded(
  workload: Manifest,
  secret: { name: string; annotations: Readonly<Record<string, string>> },
  all = false,
): boolean {
  if (secret.annotations['reloader.stakater.com/ignore'] === 'true') return false;
  const hasOwn = marks.some((mark) => Object.hasOwn(workload.annotations, mark));
  const annotations = hasOwn ? workload.annotations : (podSpecOf(workload)?.annotations ?? {});
  const namesOf = (key: string) => (annotations[key] ?? '').split(',').map((one) => one.trim());
  if (namesOf('secrets.exclude.reloader.stakater.com/reload').includes(secret.name)) return false;
  const auto = annotations['reloader.stakater.com/auto'] ?? '';
  const typed = annotations['secret.reloader.stakater.com/auto'] ?? '';
  const isAuto = isTrue(auto) || isTrue(typed) || (auto === '' && typed === '' && all);
  if (isAuto && uses(workload, secret.name)) return true;
  if (namesOf('secret.reloader.stakater.com/reload').some((one) => isNamed(one, secret.name))) return true;
  return (
    annotations['reloader.stakater.com/search'] === 'true' &&
    secret.annotations['reloader.stakater.com/match'] === 'true' &&
    uses(workload, secret.name)
  );
}

/** By a variable, or a volume that some container mounts. */
function uses(workload: Manifest, name: string): boolean {
  const spec = podSpecOf(workload)?.spec;
  if (spec === undefined) return false;
  const mounted = new Set(
    containersOf(spec).flatMap(({ container }) =>
      listAt(container, 'volumeMounts').map((mount) => `volume/${textAt(mount, 'name') ?? ''}`),
    ),
  );
  const reads = podReads(workload, () => undefined);
  return reads.some(
    (read) => read.name === name && (read.way !== 'volume' ? read.way !== 'pull' : mounted.has(read.at)),
  );
}

/** An entry of the list is a regular expression of the whole name. */
function isNamed(pattern: string, name: string): boolean {
  if (pattern === '') return false;
  try {
    return compileRe2(`^${pattern}$`).finds(name);
  } catch (error) {
    if (error instanceof PatternError) return false;
    throw error;
  }
}

/** Go's ParseBool. */
const isTrue = (text: string): boolean => /^(?:1|t|T|TRUE|true|True)$/.test(text);

const marks = [
  'secret.reloader.stakater.com/reload',
  'reloader.stakater.com/search',
  'reloader.stakater.com/auto',
  'secret.reloader.stakater.com/auto',
];
