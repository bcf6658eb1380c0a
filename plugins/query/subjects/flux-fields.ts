import { field } from './subject-type.ts';

/** What Kustomizations and HelmReleases both have. */
export const fluxFields = [
  field(
    'sourceRef',
    'text or null',
    '`Kind/name` of its source, as written',
    "sourceRef.endsWith('/flux-system')",
  ),
  field('source', 'text or null', 'id of its source; null where no manifest declares it', 'source != null'),
  field('sources', 'list of maps', '`repoURL`, `path`, `chart`, `targetRevision`', 'sources.size() == 1'),
  field('sourceType', 'text', '`Kustomize` or `Helm`', "sourceType in ['Kustomize', 'Helm']"),
  field(
    'dependsOn',
    'list of maps',
    '`namespace`, `name` and `id` of what must be ready before',
    "dependsOn.exists(d, d.name == 'infrastructure' || d.name == 'metrics')",
  ),
  field(
    'targetNamespace',
    'text or null',
    'where it puts everything, if it says so',
    'targetNamespace == null',
  ),
  field(
    'destination',
    'map',
    '`namespace`; `name` of the cluster where it is another',
    'destination.name == null',
  ),
  field('suspend', 'true or false', 'it is not reconciled', '!suspend'),
  field('serviceAccount', 'text or null', 'that it is applied as', 'serviceAccount == null'),
  field(
    'order',
    'list of lists',
    'ids in the sequence of the apply, a list for each stage',
    'order.size() > 0',
  ),
  field('unverified', 'list of maps', '`what` and `why`', 'unverified.size() > 0'),
];
