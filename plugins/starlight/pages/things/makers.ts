import { uniqueBy } from '../../../base/index.ts';
import type { Explanation } from '../../../engine/index.ts';

/** What makes a resource in the cluster; several ExternalSecrets may write one Secret. */
export function makersOf({ generatedBy, generatedById, relations }: Explanation): Maker[] {
  if (generatedById === null) return [];
  const writers = relations.filter(({ type, way }) => type === 'writes' && way === 'in');
  const all = [
    { id: generatedById, name: generatedBy ?? generatedById },
    ...writers.map(({ otherId, other }) => ({ id: otherId, name: other })),
  ];
  return uniqueBy(all, ({ id }) => id);
}

interface Maker {
  id: string;
  /** `ExternalSecret/backstage` */
  name: string;
}
