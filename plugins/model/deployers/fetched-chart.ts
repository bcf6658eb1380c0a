/** Charts that lie across a network, as far as they were fetched. */
import {
  type AskedChart,
  chartElsewhere,
  contentElsewhere,
  type LockedChart,
  type Place,
  repositoryAddress,
  type Sources,
  saidOf,
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
  const reason =
    chart === undefined
      ? saidOf(`it comes from \`${asked.repository}\``, chartElsewhere(repository))
      : saidOf('its content is not here', contentElsewhere(null));
  return unverifiedChart({ name: asked.chart, version: asked.asked }, reason, origin);
}

export interface FetchedChart {
  chart: LockedChart;
  /** Paths of what is in it. */
  files: ReadonlySet<string>;
}
