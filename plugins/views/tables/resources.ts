import { isMadeSecret, type Model, type Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { Subject } from '../../query/index.ts';
import { code, fileCell, nothing, text } from '../cells.ts';
import { createLookup, type Lookup } from '../row-lookup.ts';
import type { TableView, ViewRow } from '../types.ts';

/** Every resource of the repository, as Argo CD, Flux or the bootstrap would apply it. */
export const resources: TableView = {
  name: 'resources',
  title: 'Resources',
  summary: 'Every resource: kind, name, namespace, effective wave, what deploys it and its file.',
  subject: 'resource',
  columns: [
    { name: 'kind', label: 'Kind' },
    { name: 'name', label: 'Name' },
    { name: 'namespace', label: 'Namespace' },
    { name: 'wave', label: 'Wave', align: 'right' },
    { name: 'application', label: 'Application', hiddenIn: hasFlux },
    { name: 'deployer', label: 'Deployed by', hidden: true, hiddenIn: (model) => !hasFlux(model) },
    { name: 'file', label: 'File' },
    { name: 'apiVersion', label: 'API version', hidden: true },
    { name: 'layer', label: 'Layer', hidden: true },
    { name: 'stack', label: 'Stack', hidden: true },
    { name: 'phase', label: 'Phase', hidden: true },
    { name: 'source', label: 'Comes from', hidden: true },
  ],
  rows: (platform, query) => query.subjects('resource').map((subject) => rowOf(subject, platform)),
  rowOf,
};

function rowOf(subject: Subject, platform: Platform): ViewRow {
  return new ResourceRow(subject, platform);
}

/**
 * A page shows some rows of thousands, so that the cells of one wait until it is asked for them: by a getter
 * of the class, as an object with one of its own takes several times the room.
 */
class ResourceRow implements ViewRow {
  readonly id: string;
  readonly subject: Subject;
  readonly origin: ViewRow['origin'];
  readonly #platform: Platform;
  #cells: ViewRow['cells'] | undefined;

  constructor(subject: Subject, platform: Platform) {
    const { id, origin } = subject.record as Resource;
    this.id = id;
    this.subject = subject;
    this.origin = origin;
    this.#platform = platform;
  }

  get cells(): ViewRow['cells'] {
    this.#cells ??= cellsOf(this.subject.record as Resource, createLookup(this.#platform));
    return this.#cells;
  }
}

function cellsOf(resource: Resource, lookup: Lookup): ViewRow['cells'] {
  return {
    kind: text(resource.kind),
    name: { text: resource.name, ref: resource.id },
    namespace: lookup.namespaceCell(resource.namespace),
    wave: isSynced(resource) || resource.waveSet ? text(resource.wave) : nothing(),
    application: lookup.applicationCell(resource.application),
    deployer: lookup.deployerCell(resource.deployer),
    file: fileCell(resource.origin),
    apiVersion: code(resource.apiVersion),
    layer: text(resource.layer),
    stack: text(resource.stack),
    phase: text(resource.phase),
    source: text(sourceNames[resource.source]),
  };
}

/** False of what is made in the cluster, which comes in no wave. */
function isSynced(resource: Resource): boolean {
  return !isMadeSecret(resource) && resource.source !== 'applicationset';
}

function hasFlux({ kustomizations, helmReleases }: Model): boolean {
  return kustomizations.length + helmReleases.length > 0;
}

const sourceNames: Record<Resource['source'], string> = {
  file: 'file',
  kustomize: 'kustomize',
  helm: 'helm',
  applicationset: 'application set',
  'external-secret': 'external secret',
  controller: 'controller',
};
