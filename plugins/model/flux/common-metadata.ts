import { isObject, type JsonObject, objectAt } from '../../base/index.ts';
import type { DeployedObject } from '../deployers/deployment-types.ts';

/** The object with the labels and annotations that its deployer gives to all: they count over its own. */
export function withCommonMetadata(object: DeployedObject, common: JsonObject): DeployedObject {
  const added = ['labels', 'annotations'].filter((field) => isObject(common[field]));
  if (added.length === 0) return object;
  const metadata = objectAt(object.value, 'metadata');
  const merged = added.map((field) => [field, { ...objectAt(metadata, field), ...objectAt(common, field) }]);
  return { ...object, value: { ...object.value, metadata: { ...metadata, ...Object.fromEntries(merged) } } };
}
