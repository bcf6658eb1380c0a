/**
 * How often the random tests try: `PLUMBLINE_FUZZ=10` makes it ten times as often. fast-check prints the seed
 * of what fails.
 */
export const factor = Number(process.env.PLUMBLINE_FUZZ || 1);

export function runs(count: number): number {
  return count * factor;
}
