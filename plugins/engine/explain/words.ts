import type { Resource } from '../../model/index.ts';

/** `wave -2`, with the phase before it where that is not `Sync`. */
export function waveWords({ phase, wave }: Pick<Resource, 'phase' | 'wave'>): string {
  return `${phase === 'Sync' ? '' : `${phase}, `}wave ${wave}`;
}
