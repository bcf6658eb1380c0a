import type { JsonPath } from '../../base/index.ts';
import { type SubjectKind, subjectTypes } from './index.ts';

/**
 * The YAML path behind a field of a kind's rows, where a person would edit it. Null where the field has no
 * line of its own (`file`, `layer`, `stack`, …).
 */
export function yamlPath(kind: SubjectKind, field: JsonPath): JsonPath | null {
  const [head = '', ...rest] = field;
  const whole = written(kind, field.filter((key) => typeof key === 'string').join('.'));
  if (whole) return whole;
  const own = written(kind, String(head)) ?? written('resource', String(head));
  if (own) return [...own, ...rest];
  return head === 'spec' || head === 'metadata' || head === 'data' ? field : null;
}

function written(kind: SubjectKind, name: string): JsonPath | undefined {
  const { paths = {} } = subjectTypes[kind];
  return Object.hasOwn(paths, name) ? paths[name] : undefined;
}
