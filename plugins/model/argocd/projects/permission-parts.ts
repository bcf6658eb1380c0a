/** What the parts of a verdict on an Application share. */

import { type JsonObject, type JsonPath, objectAt, textAt } from '../../../base/index.ts';
import type { DiagnosticSource } from '../../../source/index.ts';
import type { BuildContext } from '../../context.ts';
import { pathText } from '../../locate-path.ts';
import type { Resource } from '../../types.ts';
import type { Destination } from './destinations.ts';

export function destinationOf(spec: JsonObject): Destination {
  const destination = objectAt(spec, 'destination');
  return {
    server: textAt(destination, 'server'),
    name: textAt(destination, 'name'),
    namespace: textAt(destination, 'namespace'),
  };
}

export function sourceOf(
  resource: Resource,
  path: JsonPath,
  role: string,
  context: BuildContext,
): DiagnosticSource {
  return {
    ...context.locate(resource, path),
    resource: resource.id,
    path: pathText(path),
    role,
    via: resource.origin.via,
  };
}

export type Refuse = (
  about: string,
  message: string,
  own: [Resource, JsonPath],
  at: JsonPath,
  expected: string,
  actual: string,
) => void;

export interface Question {
  application: Resource;
  spec: JsonObject;
  /** The project's, with those that global projects lend. */
  rules: JsonObject;
  /** Of the project. */
  name: string;
  project: Resource;
  refuse: Refuse;
  unknown: string[];
  context: BuildContext;
}
