/** What asks for a Secret: ExternalSecrets, and what a ClusterExternalSecret makes in a namespace. */
import { type JsonObject, type JsonPath, objectAt, textAt } from '../../base/index.ts';
import { textsOf } from '../identity.ts';
import { type Manifest, type Objects, storeGroup } from './objects.ts';
import { spreadOf } from './spread.ts';

export function writersOf(objects: Objects): Writer[] {
  return [
    ...objects.ofKind(storeGroup, 'ExternalSecret').map(writerOf),
    ...objects.ofKind(storeGroup, 'ClusterExternalSecret').flatMap((cluster) => {
      const { name, namespaces } = spreadOf(cluster, objects);
      const metadata = objectAt(cluster.rendered, 'spec', 'externalSecretMetadata');
      return namespaces.map((namespace) => ({
        manifest: cluster,
        spec: objectAt(cluster.rendered, 'spec', 'externalSecretSpec'),
        path: ['spec', 'externalSecretSpec'],
        name,
        namespace,
        labels: textsOf(objectAt(metadata, 'labels')),
        annotations: textsOf(objectAt(metadata, 'annotations')),
      }));
    }),
  ];
}

export function writerOf(manifest: Manifest): Writer {
  const { name, namespace, labels, annotations, rendered } = manifest;
  return { manifest, spec: objectAt(rendered, 'spec'), path: ['spec'], name, namespace, labels, annotations };
}

/** Name of the Secret, or of what `target.manifest` says. */
export function targetName({ spec, name }: Writer): string {
  return textAt(spec, 'target', 'name') || name;
}

export interface Writer {
  manifest: Manifest;
  /** Of the ExternalSecret, and where it stands in the manifest. */
  spec: JsonObject;
  path: JsonPath;
  /** Its own, of the ExternalSecret. */
  name: string;
  namespace: string | null;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}
