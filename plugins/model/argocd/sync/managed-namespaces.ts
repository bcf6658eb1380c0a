/**
 * Labels that Argo CD gives the Namespaces which it makes. Source: `controller/sync_namespace.go`
 * syncNamespace, `controller/sync.go` (asked of with `CreateNamespace=true` alone), gitops-engine
 * `pkg/sync/sync_context.go` autoCreateNamespace. It applies them server-side, beside those of others.
 */
import { addTo, asText, objectAt, textAt, textsAt } from '../../../base/index.ts';
import { clusterOf } from '../../deployer-of.ts';
import type { ResourceIndex } from '../../resource-index.ts';
import type { Resource } from '../../types.ts';

/**
 * Of what Applications ask for, each of them in the clusters that are given; of several clusters a label is
 * known that all of them give. An Application that brings the Namespace itself labels it there alone.
 */
export function managedNamespaces(
  { ofKind }: Pick<ResourceIndex, 'ofKind'>,
  isIn: (cluster: string) => boolean = () => true,
): ManagedNamespaces {
  const written = new Set(ofKind('', 'Namespace').map(({ name, deployer }) => `${deployer ?? ''} ${name}`));
  const makers = new Map<string, Resource[]>();
  for (const application of ofKind('argoproj.io', 'Application')) {
    const spec = objectAt(application.rendered, 'spec');
    const namespace = textAt(spec, 'destination', 'namespace') ?? '';
    const isMade = textsAt(spec, 'syncPolicy', 'syncOptions').includes('CreateNamespace=true');
    if (namespace === '' || !isMade || !isIn(clusterOf(application))) continue;
    if (!written.has(`${application.id} ${namespace}`)) addTo(makers, namespace, application);
  }
  return {
    names: new Set(makers.keys()),
    labelsOf(name, declared) {
      const clusters = Map.groupBy(makers.get(name) ?? [], clusterOf);
      const given = agreed([...clusters.values()].map((all) => united(all.map(labelsGiven))));
      const labels = united([given.labels, ...(declared === undefined ? [] : [declared])]);
      return { labels: labels.labels, isWhole: declared !== undefined && given.isWhole && labels.isWhole };
    },
  };
}

function labelsGiven({ rendered }: Resource): Labels {
  const written = objectAt(rendered, 'spec', 'syncPolicy', 'managedNamespaceMetadata', 'labels');
  return Object.fromEntries(Object.entries(written).map(([key, value]) => [key, asText(value)]));
}

/** All that somebody says of one Namespace; what two say otherwise is not known. */
function united(all: readonly Labels[]): KnownLabels {
  const entries = all.flatMap((one) => Object.entries(one));
  const isSaidOnce = ([key, value]: [string, string]) =>
    entries.every(([other, said]) => other !== key || said === value);
  return { labels: Object.fromEntries(entries.filter(isSaidOnce)), isWhole: entries.every(isSaidOnce) };
}

/** What the Namespaces of one name in several clusters have in common. */
function agreed(all: readonly KnownLabels[]): KnownLabels {
  const entries = all.flatMap(({ labels }) => Object.entries(labels));
  const isEverywhere = ([key, value]: [string, string]) => all.every(({ labels }) => labels[key] === value);
  return {
    labels: Object.fromEntries(entries.filter(isEverywhere)),
    isWhole: all.every(({ isWhole }) => isWhole) && entries.every(isEverywhere),
  };
}

export interface ManagedNamespaces {
  /** That an Application makes where they are not there. */
  names: ReadonlySet<string>;
  /** Of a Namespace, with those of its manifest where one declares it. */
  labelsOf(name: string, declared?: Labels): KnownLabels;
}

export interface KnownLabels {
  labels: Labels;
  /** False where there may be others. */
  isWhole: boolean;
}

type Labels = Readonly<Record<string, string>>;
