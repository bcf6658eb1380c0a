/**
 * How often the random tests try: `PLUMBLINE_FUZZ=10` makes it ten times as often. fast-check prints the seed
 * of what fails.
 */
export const factor = Number(process.env.PLUMBLINE_FUZZ || 1);

export function runs(count: number): number {
  return count * factor;
}

/** Whether a run tries whole what others try a share of: each night, or where `PLUMBLINE_SHARE` is `all`. */
export const isWhole = process.env.PLUMBLINE_SHARE === 'all' || (factor > 1 && !process.env.PLUMBLINE_SHARE);

/**
 * Whether it is the turn of what is tried once in so many days, on all of them alike: what takes long on one
 * day is spread over them by its number. Each night it is.
 * @param every days between two turns of the file that it stands in, whose turns are counted then.
 */
export function isTurn(number: number, of: number, every = 1): boolean {
  const turns = Array.from({ length: of }, (_, index) => index);
  return shareOfDay(turns, of, every).chosen.includes(number);
}

/**
 * Every so many-th of what a run need not try whole: the next share each day, all of it where random tests
 * try more (each night), or the one that `PLUMBLINE_SHARE` numbers.
 * @param every days between two turns of the file that it stands in.
 */
export function shareOfDay<T>(all: readonly T[], of: number, every = 1): { chosen: T[]; name: string } {
  const said = process.env.PLUMBLINE_SHARE;
  if (isWhole) return { chosen: [...all], name: 'all' };
  const number = said ? Number(said) : Math.floor(Date.now() / 86_400_000);
  if (!Number.isInteger(number)) throw new Error(`PLUMBLINE_SHARE is ${said}: give all or a number`);
  const turn = Math.floor(number / every) % of;
  return {
    chosen: all.filter((_one, index) => index % of === turn),
    name: `share ${turn} of ${of}, PLUMBLINE_SHARE=${number}`,
  };
}
