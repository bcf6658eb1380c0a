import type { Attribute, Attributes } from '../markdown/index.ts';
import type { Resource } from '../model/index.ts';
import type { Query } from '../query/index.ts';
import { subjectKind } from './attribute-checks.ts';
import type { StatementBase } from './types.ts';

/** True where a statement's selection holds a resource. */
export function selects(
  selection: Attribute,
  statement: StatementBase & { attributes: Attributes },
  resource: Resource,
  query: Query,
): boolean {
  const over = subjectKind(statement);
  const selected = over.ok ? query.select(selection.value, over.kind) : undefined;
  return selected?.ok === true && selected.value.some((subject) => subject.resource?.id === resource.id);
}
