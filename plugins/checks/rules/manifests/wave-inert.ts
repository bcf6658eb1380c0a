import type { Resource } from '../../../model/index.ts';
import type { Platform } from '../../../platform/index.ts';
import type { DiagnosticOf } from '../../../source/index.ts';
import { diagnose } from '../../diagnose.ts';
import { sourceOf, wavePath } from '../../subjects.ts';
import { hasUnknownDeployers } from '../../unknown-deployers.ts';
import type { ManifestRule } from '../rule.ts';
import { webApplication, webProject, webService } from './example-files.ts';

export const waveInert = {
  name: 'wave-inert',
  about: 'manifests',
  severity: 'warning',
  title: 'a wave that nothing obeys',
  explain: `Sync waves order what one application deploys. On a resource that no application deploys the annotation means nothing, and a reader who trusts it is misled. A warning by default: an application that lives in another repository altogether may deploy the resource.`,
  silent: `In a repository without Applications, and while anything that may deploy the resource is unknown: an Application whose source is another repository, a plugin, a placeholder, another revision or a folder that is not here; an ApplicationSet that is not expanded; a failed build; a remote base of no Application; a chart of this repository that no Application renders.`,
  failing: `${webProject}${webApplication}${webService}==> IT/settings.yaml <==
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  annotations:
    argocd.argoproj.io/sync-wave: "5"
`,
  mended: `${webProject}${webApplication}${webService}==> IT/settings.yaml <==
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
`,
  check: inertWaves,
} as const satisfies ManifestRule;

/**
 * A wave orders what one application deploys; without an application nobody reads it. Told only where the
 * repository has applications and everybody who deploys is known: else the one that deploys the resource may
 * simply not be in sight.
 */
function inertWaves(platform: Platform): DiagnosticOf<'wave-inert'>[] {
  const { model } = platform;
  if (model.applications.length === 0 || hasUnknownDeployers(platform)) return [];
  return model.resources
    .filter((resource) => resource.waveSet && resource.application === null)
    .filter((resource) => resource.source === 'file' || resource.source === 'kustomize')
    .map((resource) =>
      diagnose(waveInert, {
        about: resource.id,
        message: `\`${platform.referenceOf(resource)}\` has wave ${resource.wave}, and ${deployedBy(resource)}: nothing obeys the wave`,
        sources: [sourceOf(platform, resource, 'wave', wavePath)],
        expected: 'an application that deploys it, or no wave',
        actual: `wave ${resource.wave}, deployed by ${fluxDeployer(resource) ?? 'no application of this repository'}`,
        help:
          fluxDeployer(resource) === null
            ? 'put it under a path that an application deploys, or drop the annotation'
            : 'Flux orders Kustomizations and HelmReleases by `dependsOn`: say it there, or drop the annotation',
      }),
    );
}

function deployedBy(resource: Resource): string {
  const flux = fluxDeployer(resource);
  return flux === null ? 'no application deploys it' : `${flux} deploys it, which knows no waves`;
}

/** What of Flux deploys it, which reads no annotation of Argo CD's. */
function fluxDeployer({ kustomization, helmRelease }: Resource): string | null {
  if (kustomization !== null) return `the Kustomization \`${kustomization}\` of Flux`;
  return helmRelease === null ? null : `the HelmRelease \`${helmRelease}\` of Flux`;
}
