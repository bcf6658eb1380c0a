import type { Application, Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import { type Query, type Subject, whyEmpty } from '../../query/index.ts';
import type { Unverified } from '../../source/index.ts';
import type { ViewFault } from '../types.ts';
import { unreadBehind } from '../unread-rows.ts';
import { createWaves } from './lanes.ts';
import type { WaveLanes, WaveMap } from './types.ts';

/**
 * What `::waves` shows: with `of` the lanes of one application, or of the one that deploys a resource, which
 * is marked then; without it the map of all, or of those that `where` selects.
 */
export function wavesOf(platform: Platform, query: Query, { of, where }: WavesOptions): WavesResult {
  if (of !== undefined && where !== undefined)
    return refused({ attribute: 'where', message: '`of` names the one application already', candidates: [] });
  return of === undefined ? mapOf(platform, query, where) : lanesOf(platform, query, of);
}

function lanesOf(platform: Platform, query: Query, of: string): WavesResult {
  const { applications } = platform.model;
  const [byName, ...namesakes] = applications.filter(({ name }) => name === of);
  if (byName !== undefined && namesakes.length > 0) {
    const candidates = [byName, ...namesakes].map(({ id }) => referenceOf(id, platform));
    return refused({ attribute: 'of', message: `\`${of}\` names several applications`, candidates });
  }
  const found = byName === undefined ? platform.resolveReference(of) : null;
  const resource = found?.ok ? found.resource : undefined;
  const own = byName ?? (resource === undefined ? undefined : applicationOf(resource, applications));
  if (own === undefined) {
    if (found !== null && !found.ok) {
      const message =
        found.reason === 'ambiguous' ? `\`${of}\` names several resources` : `there is no resource \`${of}\``;
      return refused({ attribute: 'of', message, candidates: found.candidates });
    }
    const message = `no application deploys \`${of}\`: it comes in no wave`;
    return refused({ attribute: 'of', message, candidates: [] });
  }
  const marked = resource === undefined || resource.id === own.id ? null : resource.id;
  const subjects = query.subjects('application').filter(({ record }) => record === own);
  return {
    ok: true,
    shown: { is: 'lanes', lanes: createWaves(platform).of(own, marked) },
    unverified: [...own.unverified, ...touching(query, subjects, own.unverified)],
  };
}

function referenceOf(id: string, platform: Platform): string {
  const resource = platform.resource(id);
  return resource === undefined ? id : platform.referenceOf(resource);
}

/** Itself, or what deploys it. */
function applicationOf(resource: Resource, applications: readonly Application[]): Application | undefined {
  return (
    applications.find(({ id }) => id === resource.id) ??
    applications.find(({ id }) => id === resource.deployer)
  );
}

/** What could change the order of what it applies, besides what is told already. */
function touching(query: Query, subjects: readonly Subject[], told: readonly Unverified[]): Unverified[] {
  const known = new Set(told.map(({ what }) => what));
  return subjects
    .flatMap((one) => query.reach.touching(one, ['order']))
    .map(({ unverified }) => unverified)
    .filter(({ what }) => !known.has(what));
}

function mapOf(platform: Platform, query: Query, where: string | undefined): WavesResult {
  const selected = where === undefined ? null : query.select(where, 'application');
  if (selected !== null && !selected.ok) {
    const { error } = selected;
    const { message, candidates, offset, length } = error;
    return refused({ attribute: 'where', message, candidates, query: error, offset, length });
  }
  const subjects = selected?.value ?? query.subjects('application');
  const chosen = new Set(subjects.map(({ record }) => record));
  const applications = platform.model.applications.filter((one) => chosen.has(one));
  const shown = { subject: 'application' as const, only: undefined, where, subjects, fields: ['order'] };
  const unverified = unreadBehind(query, shown);
  if (applications.length === 0) {
    const { candidates, help } =
      where === undefined ? { candidates: [], help: undefined } : whyEmpty(query, where, 'application');
    const fault = {
      attribute: where === undefined ? 'of' : 'where',
      message: 'no application matches: there are no waves to show',
      candidates,
      ...(help === undefined ? {} : { help }),
    };
    return { ok: false, isEmpty: true, faults: [fault], unverified };
  }
  return { ok: true, shown: { is: 'map', map: createWaves(platform).map(applications) }, unverified };
}

function refused(fault: ViewFault): WavesResult {
  return { ok: false, isEmpty: false, faults: [fault], unverified: [] };
}

interface WavesOptions {
  of?: string | undefined;
  where?: string | undefined;
}

export type WavesShown = { is: 'lanes'; lanes: WaveLanes } | { is: 'map'; map: WaveMap };

type WavesResult =
  | { ok: true; shown: WavesShown; unverified: Unverified[] }
  /** Of no application, what could bring one. */
  | { ok: false; isEmpty: boolean; faults: ViewFault[]; unverified: Unverified[] };
