import { type JsonObject, textAt } from '../../base/index.ts';

/** A `sourceRef` of an object of the namespace. */
export function sourceReference(value: JsonObject, namespace: string | null, near: string): SourceReference {
  return {
    kind: textAt(value, 'kind') ?? '',
    namespace: textAt(value, 'namespace') || namespace,
    name: textAt(value, 'name') ?? '',
    near,
  };
}

export interface SourceReference {
  kind: string;
  namespace: string | null;
  name: string;
  /** The file that says so. */
  near: string;
}
