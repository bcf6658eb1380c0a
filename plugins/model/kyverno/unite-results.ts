/** One result a rule: reports, tables and ids go by its name. */
import type { RuleResult } from './evaluate/types.ts';

/**
 * Results of one policy for one resource, where rules of one name are one: a binding that two folders declare
 * is one object in a cluster. Where they do not say the same, it is not known which of them the cluster has.
 */
export function uniteResults(results: readonly RuleResult[]): RuleResult[] {
  return [...Map.groupBy(results, ({ rule }) => rule).values()].flatMap((all) => {
    const [first, ...others] = all;
    if (!first) return [];
    const isSame = others.every(
      ({ status, message, action }) =>
        status === first.status && message === first.message && action === first.action,
    );
    if (isSame) return [first];
    const message = `it is declared ${all.length} times, and not all say the same: ${words(all)}`;
    const { path: _, ...rest } = first;
    return [{ ...rest, status: 'unverified', message }];
  });
}

function words(all: readonly RuleResult[]): string {
  const said = all.map(({ status, action }) => (action === undefined ? status : `${status} (${action})`));
  return [...new Set(said)].join(', ');
}
