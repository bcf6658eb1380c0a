/** The types of relation with their words: `EventSource feeds Sensor`. */
import type { JsonPath } from '../source/index.ts';
import type { RelationType } from './types.ts';

export const relationTypes: readonly RelationTypeInfo[] = [
  {
    type: 'permits',
    verb: 'permits',
    from: 'AppProject',
    to: 'Namespace',
    declaredAt: ['spec', 'destinations'],
  },
  { type: 'contains', verb: 'contains', from: 'AppProject', to: 'Application or ApplicationSet' },
  { type: 'belongs-to', verb: 'belongs to', from: 'Application or ApplicationSet', to: 'AppProject' },
  {
    type: 'generates',
    verb: 'generates',
    from: 'ApplicationSet or ClusterPolicy',
    to: 'Application or any resource',
  },
  { type: 'deploys', verb: 'deploys', from: 'Application', to: 'any resource' },
  {
    type: 'deploys-to',
    verb: 'deploys to',
    from: 'Application',
    to: 'Namespace',
    declaredAt: ['spec', 'destination'],
  },
  { type: 'feeds', verb: 'feeds', from: 'EventSource', to: 'Sensor' },
  {
    type: 'listens-to',
    verb: 'listens to',
    from: 'Sensor',
    to: 'EventSource',
    declaredAt: ['spec', 'dependencies'],
  },
  {
    type: 'triggers',
    verb: 'triggers',
    from: 'Sensor',
    to: 'WorkflowTemplate or other resource',
    declaredAt: ['spec', 'triggers'],
  },
  {
    type: 'reads',
    verb: 'reads',
    from: 'ExternalSecret',
    to: 'SecretStore',
    declaredAt: ['spec', 'secretStoreRef'],
  },
  { type: 'provides', verb: 'provides', from: 'SecretStore', to: 'ExternalSecret' },
  { type: 'writes', verb: 'writes', from: 'ExternalSecret', to: 'Secret', declaredAt: ['spec', 'target'] },
  { type: 'consumes', verb: 'consumes', from: 'workload', to: 'Secret or ConfigMap' },
  { type: 'provides-to', verb: 'provides to', from: 'Secret or ConfigMap', to: 'workload' },
  {
    type: 'attaches-to',
    verb: 'attaches to',
    from: 'HTTPRoute',
    to: 'Gateway',
    declaredAt: ['spec', 'parentRefs'],
  },
  { type: 'serves', verb: 'serves', from: 'Gateway', to: 'HTTPRoute' },
  { type: 'routes-to', verb: 'routes to', from: 'HTTPRoute', to: 'Service', declaredAt: ['spec', 'rules'] },
  { type: 'selects', verb: 'selects', from: 'Service', to: 'workload', declaredAt: ['spec', 'selector'] },
  { type: 'matches', verb: 'matches', from: 'policy', to: 'any resource' },
  { type: 'lives-in', verb: 'lives in', from: 'any resource', to: 'Namespace' },
  { type: 'calls', verb: 'calls', from: 'WorkflowTemplate', to: 'WorkflowTemplate' },
  { type: 'runs-as', verb: 'runs as', from: 'workload, sensor or store', to: 'ServiceAccount' },
];

export interface RelationTypeInfo {
  type: RelationType;
  /** Said between the two: `Sensor/ci listens to EventSource/github`. */
  verb: string;
  from: string;
  to: string;
  /** Where the first of the two says so; left out where the other says it, or where it depends. */
  declaredAt?: JsonPath;
}
