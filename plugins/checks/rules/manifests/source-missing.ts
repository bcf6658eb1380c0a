import { firstOf, nearest } from '../../../base/index.ts';
import type { HelmRelease, Kustomization, Resource } from '../../../model/index.ts';
import type { Platform } from '../../../platform/index.ts';
import { unreadIn } from '../../../platform/index.ts';
import type { DiagnosticOf } from '../../../source/index.ts';
import { diagnose, suggestion } from '../../diagnose.ts';
import { nameIndex } from '../../name-index.ts';
import { sourceOf } from '../../subjects.ts';
import type { ManifestRule } from '../rule.ts';
import { fluxRelease, fluxSource } from './example-files.ts';

export const sourceMissing = {
  name: 'source-missing',
  about: 'manifests',
  severity: 'warning',
  title: 'a source of Flux is not here',
  explain: `A Kustomization or HelmRelease names the source that it is made of: a GitRepository, OCIRepository, HelmRepository or Bucket, in its own namespace unless it names another. One that no manifest declares leaves it unreconciled: Flux reports ArtifactFailed or SourceNotReady. A warning by default: the source may be declared elsewhere.`,
  silent: `Says nothing:

- about the GitRepository \`flux-system\`, which Flux's bootstrap or operator writes into the cluster, and about what a controller makes (ExternalArtifact);
- while something that is not read may declare the source: a failed build, a path in another repository, a chart that speaks of Flux;
- where the resource's namespace is not known because nothing is seen to deploy it.`,
  failing: `${fluxSource}${fluxRelease('podinof')}`,
  mended: `${fluxSource}${fluxRelease('podinfo')}`,
  check: missingSources,
} as const satisfies ManifestRule;

function missingSources(platform: Platform): DiagnosticOf<'source-missing'>[] {
  const { kustomizations, helmReleases, resources } = platform.model;
  const sources = Map.groupBy(
    resources.filter((one) => one.group === group),
    ({ kind }) => kind,
  );
  const indexes = new Map([...sources].map(([kind, some]) => [kind, nameIndex(some)]));
  return [...kustomizations, ...helmReleases].flatMap((record) => {
    const resource = platform.resource(record.id);
    const wanted = wantedBy(record);
    if (resource === undefined || wanted === null || isElsewhere(wanted, platform)) return [];
    const { kind, namespace, name } = wanted;
    const index = indexes.get(kind) ?? nameIndex<Resource>([]);
    const inside = index.within(namespace);
    const candidates = nearest(name, inside.keys());
    const near = inside.get(candidates[0] ?? '');
    const elsewhere = index.named(name);
    return diagnose(sourceMissing, {
      about: `${record.id} ${kind} ${name}`,
      message: `\`${platform.referenceOf(resource)}\` is made of ${kind} \`${name}\`, which no manifest declares in namespace \`${namespace}\``,
      sources: [
        sourceOf(platform, resource, 'fetches', pathOf(resource)),
        ...(near ? [sourceOf(platform, near, 'nearest', ['metadata', 'name'])] : []),
      ],
      expected: `${kind} ${name} in ${namespace}`,
      actual:
        elsewhere.length > 0
          ? `there is one in ${firstOf(elsewhere, 10, (one) => one.namespace ?? 'no namespace')}`
          : `${sources.get(kind)?.length ?? 0} of kind ${kind}`,
      candidates,
      help:
        suggestion(candidates) ??
        (elsewhere.length > 0 ? 'name its `namespace`' : 'declare the source, or correct the name'),
    });
  });
}

/** The source that it names and that is not declared. */
function wantedBy({ sourceRef, source, namespace }: Kustomization | HelmRelease): Wanted | null {
  if (source !== null || sourceRef === null || namespace === null) return null;
  const [kind = '', second = '', third] = sourceRef.split('/');
  return { kind, namespace: third === undefined ? namespace : second, name: third ?? second };
}

function isElsewhere({ kind, namespace, name }: Wanted, platform: Platform): boolean {
  if (!kinds.has(kind) || /\$\{/.test(name)) return true;
  if (kind === 'GitRepository' && name === 'flux-system') return true;
  return unreadIn(platform, [{ group, kind }], namespace, name) !== null;
}

function pathOf({ kind, rendered }: Resource): string[] {
  if (kind === 'Kustomization') return ['spec', 'sourceRef', 'name'];
  const spec = rendered.spec as { chartRef?: unknown } | undefined;
  return spec?.chartRef === undefined
    ? ['spec', 'chart', 'spec', 'sourceRef', 'name']
    : ['spec', 'chartRef', 'name'];
}

interface Wanted {
  kind: string;
  namespace: string;
  name: string;
}

const group = 'source.toolkit.fluxcd.io';
const kinds = new Set(['Bucket', 'GitRepository', 'HelmChart', 'HelmRepository', 'OCIRepository']);
