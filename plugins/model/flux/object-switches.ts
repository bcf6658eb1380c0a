/**
 * What an object says itself of how kustomize-controller treats it, in an annotation or a label. Source:
 * kustomize-controller `kustomization_controller.go` apply (ExclusionSelector) and deleteObjects
 * (Exclusions); `fluxcd/pkg` ssa `utils/meta.go` AnyInMetadata, which looks at both and takes any case.
 * helm-controller has none that does: `helm.toolkit.fluxcd.io/driftDetection: disabled` lets what others
 * changed stand, and Helm still applies what a release holds.
 */
import type { Resource } from '../types.ts';

/** What keeps the object from being applied at all; null where nothing does. */
export function unappliedBecause(object: Written): string | null {
  return said(object, untouched);
}

/** What keeps it from being deleted when it leaves Git, or its Kustomization goes; null for nothing. */
export function keptBecause(object: Written): string | null {
  return said(object, [['prune', 'disabled'], ...untouched]);
}

function said({ annotations, labels }: Written, switches: readonly Switch[]): string | null {
  const found = switches.find(([name, value]) =>
    [labels, annotations].some((own) => own[`${group}/${name}`]?.toLowerCase() === value.toLowerCase()),
  );
  return found === undefined ? null : `${group}/${found[0]}: ${found[1]}`;
}

const group = 'kustomize.toolkit.fluxcd.io';
const untouched: readonly Switch[] = [
  ['reconcile', 'disabled'],
  ['ssa', 'Ignore'],
];

type Switch = readonly [name: string, value: string];
type Written = Pick<Resource, 'annotations' | 'labels'>;
