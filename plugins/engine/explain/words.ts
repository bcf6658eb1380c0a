import type { Resource } from '../../model/index.ts';

/** `wave -2`, with the phase before it where that is not `Sync`. */
export function waveWords({ phase, wave }: Pick<Resource, 'phase' | 'wave'>): string {
  if (phase === null) return 'applied by no sync';
  return `${phase === 'Sync' ? '' : `${phase}, `}wave ${wave}`;
}
