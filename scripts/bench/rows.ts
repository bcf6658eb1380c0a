import { type Measured, median } from './measure.ts';

/** A time beside another. A budget is the highest ratio that is still good. */
export function row(
  what: string,
  measured: Pick<Measured, 'seconds'> & Partial<Measured>,
  against: string,
  base: { seconds: number },
  budget: number | null,
): Row {
  return {
    ...ratioRow(what, measured.seconds, against, base.seconds, seconds, budget),
    cpu: measured.cpu === undefined ? '' : seconds(measured.cpu),
    memory: measured.memory === undefined ? '' : megabytes(measured.memory),
  };
}

/**
 * The time of builds that took turns with others, and that of the processor, each by its median, and what the
 * rounds gave that lie in the middle: a ratio is no surer than they are close.
 */
export function turnRows(
  what: string,
  ours: Measured[],
  against: string,
  theirs: Measured[],
  budget: number,
): Row[] {
  const spread = (of: (build: Measured) => number) => {
    const ratios = ours
      .flatMap((build, round) => (theirs[round] === undefined ? [] : [of(build) / of(theirs[round])]))
      .sort((a, b) => a - b);
    const quarter = Math.floor(ratios.length / 4);
    return [ratios.at(quarter), ratios.at(-1 - quarter)].map((ratio) => ratio?.toFixed(2)).join('–');
  };
  const cpu = (builds: Measured[]) => median(builds.map((build) => ({ seconds: build.cpu }))).seconds;
  return [
    {
      ...row(what, median(ours), against, median(theirs), budget),
      spread: spread((build) => build.seconds),
    },
    {
      ...ratioRow(`${what}, processor`, cpu(ours), against, cpu(theirs), seconds, budget),
      spread: spread((build) => build.cpu),
    },
  ];
}

/** Any amount beside another of its kind. */
export function ratioRow(
  what: string,
  value: number,
  against: string,
  base: number,
  write: (amount: number) => string,
  budget: number | null,
): Row {
  const ratio = value / base;
  return {
    ...{ what, value: write(value), against, base: write(base) },
    // Two builds that took about as long, on a machine that does other things as well, can come out in the
    // wrong order.
    ...(base > 0
      ? { ratio: ratio.toFixed(2), verdict: verdictOf(ratio, budget) }
      : { ratio: '?', verdict: '?' }),
    budget: budget === null ? '' : `≤ ${budget}`,
    ...{ spread: '', cpu: '', memory: '' },
  };
}

export function count(what: string, value: number, budget: number | null = null): Row {
  return {
    ...{ what, value: String(value), against: '', base: '', ratio: '', spread: '', cpu: '', memory: '' },
    ...{ budget: budget === null ? '' : `≤ ${budget}`, verdict: verdictOf(value, budget) },
  };
}

/** What a build holds at most, over what another does. */
export function memory(what: string, measured: Measured, base: Measured, budget: number | null = 400): Row {
  const more = measured.memory - base.memory;
  return {
    ...{
      what,
      value: `${more < 0 ? '' : '+'}${megabytes(more)}`,
      against: '',
      base: megabytes(base.memory),
      ...{ ratio: '', spread: '' },
    },
    ...{ budget: budget === null ? '' : `≤ ${budget} MB`, verdict: verdictOf(more / 1e6, budget) },
    ...{ cpu: '', memory: megabytes(measured.memory) },
  };
}

export function seconds(amount: number): string {
  return `${amount.toFixed(2)} s`;
}

export function kilobytes(amount: number): string {
  return `${(amount / 1000).toFixed(2)} kB`;
}

function megabytes(amount: number): string {
  return `${Math.round(amount / 1e6)} MB`;
}

function verdictOf(amount: number, budget: number | null): string {
  if (budget === null) return '';
  return amount <= budget ? 'met' : 'missed';
}

/** Columns padded with blanks, one line a row. */
export function tableOf(rows: Row[]): string {
  const columns = [
    ...([
      'what',
      'value',
      'against',
      'base',
      'ratio',
      'spread',
      'budget',
      'verdict',
      'cpu',
      'memory',
    ] as const),
  ];
  const heading = Object.fromEntries(columns.map((column) => [column, column]));
  const lines = [heading, ...rows].map((row) => columns.map((column) => String(row[column] ?? '')));
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export interface Row {
  what: string;
  value: string;
  against: string;
  base: string;
  ratio: string;
  /** Of builds that took turns, between which ratios the middle half of the rounds lies. */
  spread: string;
  budget: string;
  verdict: string;
  /** Seconds that a core was busy: steadier than time on a machine that does other things as well. */
  cpu: string;
  /** Highest memory of the process with all that it started. */
  memory: string;
}
