import { byName, digestOf, type Said } from '../base/index.ts';
import type { RelationType, Resource } from '../model/index.ts';
import type { Platform } from '../platform/index.ts';
import type { DiagramEdge, Drawing, DrawingNode } from './types.ts';

/** Collects shapes and edges by key: each once, in the order first named. */
export function startDrawing(platform: Platform): Pen {
  const nodes = new Map<string, DrawingNode>();
  const edges = new Map<string, DiagramEdge>();
  const ids = new Set<string>();
  const pen: Pen = {
    shape(
      key,
      { label, class: className, parent = null, ref = null, fold = { application: null, kind: className } },
    ) {
      const known = nodes.get(key);
      if (known !== undefined) return known.id;
      const id = uniqueId(key, ids);
      nodes.set(key, { id, parent, label, class: className, ref, fold });
      return id;
    },
    resource(id, options = {}) {
      const resource = platform.resource(id);
      const label = options.label ?? (resource === undefined ? id : resource.name);
      const fold = { application: resource?.application ?? null, kind: resource?.kind ?? 'resource' };
      const className = options.class ?? (resource === undefined ? 'more' : classOf(resource));
      return pen.shape(id, {
        label,
        class: className,
        parent: options.parent ?? null,
        ref: resource === undefined ? null : id,
        fold,
      });
    },
    edge(from, to, type, label = verb(type)) {
      if (from === to) return;
      const key = `${from}\0${to}\0${type}`;
      const known = edges.get(key);
      if (known === undefined) edges.set(key, { from, to, label, type });
      else if (!known.label.split(', ').includes(label)) known.label = `${known.label}, ${label}`;
    },
    finish: (description) => ({
      nodes: distinguished(platform, [...nodes.values()]),
      edges: [...edges.values()],
      description,
    }),
  };
  return pen;
}

/** Shapes that would read alike in one place say their namespace too. */
function distinguished(platform: Platform, nodes: DrawingNode[]): DrawingNode[] {
  const looks = (node: DrawingNode): string => `${node.parent}\0${node.class}\0${node.label}`;
  const alike = Map.groupBy(nodes, looks);
  return nodes.map((node) => {
    const namespace = node.ref === null ? undefined : platform.resource(node.ref)?.namespace;
    const twice = (alike.get(looks(node))?.length ?? 0) > 1;
    return twice && namespace ? { ...node, label: `${node.label}\n${namespace}` } : node;
  });
}

/** What a relation says on an edge. */
function verb(type: DiagramEdge['type']): string {
  return type === 'permits' ? 'may deploy to' : type.replaceAll('-', ' ');
}

/** Class of `@gitops/classes` for a resource. */
export function classOf({ kind, layer }: Resource): string {
  return classes[kind] ?? (layer === 'bootstrap' ? 'bootstrap' : 'gitops');
}

/** Of two types that say the same from both ends, the one that is drawn. */
export function canonical(type: RelationType): { type: RelationType; turned: boolean } {
  const forward = inverses[type];
  return forward === undefined ? { type, turned: false } : { type: forward, turned: true };
}

/** Letters, digits, `-` and `_`, unique: what D2 takes as a key without quotes. */
function uniqueId(key: string, taken: Set<string>): string {
  const whole =
    key
      .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .toLowerCase() || 'shape';
  const plain = whole.length <= longestId ? whole : `${whole.slice(0, 120)}-${digestOf(whole, 12)}`;
  let id = plain;
  for (let count = 2; taken.has(id); count += 1) id = `${plain}-${count}`;
  taken.add(id);
  return id;
}

/** D2 takes keys of 518 bytes. */
const longestId = 400;

const inverses: Partial<Record<RelationType, RelationType>> = {
  'belongs-to': 'contains',
  'listens-to': 'feeds',
  reads: 'provides',
  consumes: 'provides-to',
  'attaches-to': 'serves',
};

const classes: Record<string, string> = byName({
  AppProject: 'project',
  ApplicationSet: 'set',
  Application: 'application',
  Kustomization: 'application',
  HelmRelease: 'application',
  GitRepository: 'source',
  HelmRepository: 'source',
  OCIRepository: 'source',
  Bucket: 'source',
  Namespace: 'namespace',
  EventSource: 'source',
  Sensor: 'sensor',
  WorkflowTemplate: 'action',
  ClusterWorkflowTemplate: 'action',
  Workflow: 'action',
  CronWorkflow: 'action',
  ClusterPolicy: 'policy',
  Policy: 'policy',
  ExternalSecret: 'secret',
  ClusterExternalSecret: 'secret',
  Secret: 'secret',
  SecretStore: 'store',
  ClusterSecretStore: 'store',
  HTTPRoute: 'route',
  GRPCRoute: 'route',
  Gateway: 'route',
  Deployment: 'workload',
  StatefulSet: 'workload',
  DaemonSet: 'workload',
  Job: 'workload',
  CronJob: 'workload',
  Service: 'workload',
});

export interface Pen {
  /** Adds a shape, or finds the one that has the key; gives its id. */
  shape(key: string, options: ShapeOptions): string;
  /** A shape for a resource, by its id. */
  resource(id: string, options?: { label?: string; class?: string; parent?: string | null }): string;
  edge(from: string, to: string, type: DiagramEdge['type'], label?: string): void;
  finish(description: Said): Drawing;
}

interface ShapeOptions {
  label: string;
  class: string;
  parent?: string | null;
  ref?: string | null;
  /** By class where left out. */
  fold?: DrawingNode['fold'];
}
