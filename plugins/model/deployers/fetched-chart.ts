/** Charts that lie across a network, as far as they were fetched. */
import {
  type AskedChart,
  chartElsewhere,
  type LockedChart,
  type Place,
  repositoryAddress,
  type Sources,
  type UnverifiedChart,
  unverifiedChart,
} from '../../source/index.ts';

/** The chart that the lock gives for what is asked, with the files in it; or why it is not known. */
export function chartAcross(
  asked: AskedChart,
  origin: Place,
  { store }: Sources,
): FetchedChart | UnverifiedChart {
  const repository = repositoryAddress(asked.repository);
  const chart = store.find({ ...asked, repository });
  if (chart !== undefined && store.holds(chart)) return { chart, files: store.files(chart) };
  const why =
    chart === undefined
      ? `it comes from \`${asked.repository}\`: ${chartElsewhere(repository)}`
      : 'its content is not here: `plumbline fetch --locked` brings it';
  return unverifiedChart({ name: asked.chart, version: asked.asked }, why, origin);
}

export interface FetchedChart {
  chart: LockedChart;
  /** Paths of what is in it. */
  files: ReadonlySet<string>;
}
