/** Charts of repositories of charts and registries: brought by Helm. */
import { validRange } from 'semver';
import {
  type AskedChart,
  artifactAddress,
  keyOfChart,
  type LockedChart,
  lockName,
} from '../../source/index.ts';
import { type AskedChartAt, askedCharts } from './asked-charts.ts';
import { withoutCredentials } from './fetch-words.ts';
import { openArtifact } from './open-artifact.ts';
import { type PartKind, placeInLock, type Taking } from './part-kind.ts';
import { type Pulled, pullChart } from './pull-chart.ts';

export const chartKind: PartKind<AskedChartAt, LockedChart> = {
  asked: askedCharts,
  lockedIn: ({ charts }) => charts,
  withLocked: (_, charts) => ({ charts }),
  keyOf: keyOfChart,
  questionOf: keyOfChart,
  wordOf: ({ chart }) => chart,
  covers: () => true,
  holds(chart, target, from) {
    if (target.read(chart).bytes !== null) return true;
    const { bytes } = from.read(chart);
    return bytes !== null && target.write(chart, bytes);
  },
  isMoved: (from, to) => from.sha256 !== to.sha256,
  async bring({ repository, chart, asked }, locked, taking) {
    const exact = locked === undefined ? null : await lockedContent(locked, taking);
    if (locked !== undefined && exact !== null)
      return { ok: true, found: locked, write: (target) => target.write(locked, exact) };
    let digest: string | null;
    try {
      digest = await digestAsked({ repository, chart, asked }, taking);
    } catch (error) {
      return { ok: false, why: withoutCredentials(error instanceof Error ? error.message : String(error)) };
    }
    const pulled = await pullChart(
      { repository, chart, version: digest ?? locked?.version ?? asked },
      { ...taking, helm: await taking.helm(), logins: await taking.logins() },
    );
    if (!pulled.ok) return pulled;
    if (locked !== undefined && pulled.sha256 !== locked.sha256)
      return { ok: false, why: othersWords(locked, pulled), isOther: true };
    const { version, sha256 } = pulled;
    const place = placeInLock(lockName);
    const found: LockedChart = locked ?? { repository, chart, asked, version, sha256, place };
    return { ok: true, found, write: (target) => target.write(found, pulled.bytes) };
  },
};

/**
 * What the lock says, from a registry that still keeps it: the tag that was asked for may mean another chart
 * by now. Null where Helm has to be asked.
 */
async function lockedContent({ repository, chart, sha256 }: LockedChart, taking: Taking) {
  const address = repository.startsWith('oci://') ? artifactAddress(`${repository}/${chart}`) : null;
  return address === null
    ? null
    : openArtifact(address, taking)
        .content(sha256)
        .catch(() => null);
}

/** The digest that is asked for in a registry, or that a tag there means which is no version to Helm. */
async function digestAsked(
  { repository, chart, asked }: AskedChart,
  { cloneOf }: Taking,
): Promise<string | null> {
  const address = artifactAddress(`${repository}/${chart}`);
  if (address === null || !repository.startsWith('oci://') || asked === null) return null;
  if (asked.startsWith('sha256:')) return asked;
  if (validRange(asked.replaceAll(',', ' ')) !== null) return null;
  return `sha256:${await cloneOf(address).resolve(asked)}`;
}

function othersWords({ sha256, version }: LockedChart, pulled: Extract<Pulled, { ok: true }>): string {
  return `what the repository of charts calls ${version} now is another content: sha256 ${pulled.sha256} instead of ${sha256}`;
}
