/**
 * What goes before what it needs as its application is deleted: its wave is the later one, and waves go the
 * other way round. Of one wave nothing says which goes first.
 */
import { waveAnnotation } from '../argocd/sync/hooks.ts';
import type { BuildContext } from '../context.ts';
import type { Application } from '../types.ts';
import type { Collector } from './collector.ts';

export function tearDownRelations(
  applications: readonly Application[],
  collector: Collector,
  context: BuildContext,
): void {
  const places = new Map<string, { application: string; step: number }>();
  for (const { id: application, deletion } of applications)
    for (const [step, { ids, hook }] of deletion.steps.entries())
      for (const id of hook === null ? ids : []) places.set(id, { application, step });
  for (const { from, to } of collector.ofType('needs')) {
    const [first, second] = [places.get(from), places.get(to)];
    if (!first || !second || first.application !== second.application || first.step >= second.step) continue;
    const own = context.lookup.byId(from);
    if (own) collector.add('removed-before', from, to, own, ['metadata', 'annotations', waveAnnotation]);
  }
}
