import type { UnverifiedChart } from '../../source/index.ts';
import type { HelmRequest } from '../types.ts';

/** As a chart that is asked for is named: by its folder, or where it was fetched by its name and version. */
export function nameOfChart({ directory, packed }: HelmRequest): Partial<UnverifiedChart['chart']> {
  return packed === null ? { directory } : { name: packed.chart, version: packed.version };
}
