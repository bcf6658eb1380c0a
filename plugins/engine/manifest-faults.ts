import { oncePer, withinSteps } from '../base/index.ts';
import { checkPlatform, type Diagnostic } from '../checks/index.ts';
import type { Platform } from '../platform/index.ts';
import type { DiagnosticSource, Unverified } from '../source/index.ts';
import { bySeverity } from './by-severity.ts';
import type { Report } from './report-types.ts';

/** What is wrong with the manifests, whatever the pages say; each once. */
export function platformDiagnostics(platform: Platform): Diagnostic[] {
  return manifestFaults(platform).diagnostics;
}

/** Asked for with every page that is checked again. */
export const manifestFaults = oncePer((platform: Platform): Pick<Report, 'diagnostics' | 'unverified'> => {
  const { value: found, isWhole } = withinSteps(stepsOfManifests, () => checkPlatform(platform));
  const named = found.map((diagnostic) => ({
    ...diagnostic,
    sources: diagnostic.sources.map((source) => shortNamed(source, platform)),
  }));
  const at = ({ sources: [source] }: Diagnostic) =>
    `${source?.file ?? ''}\0${String(source?.line ?? 0).padStart(8, '0')}`;
  const diagnostics = bySeverity(named, platform.config).sort((a, b) =>
    at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : 0,
  );
  return { diagnostics, unverified: isWhole ? [] : [namesLeftOut] };
});

/** The model's ids are exact and long; a reader gets the shortest name that is still one resource's. */
function shortNamed(source: DiagnosticSource, platform: Platform): DiagnosticSource {
  const resource = source.resource === null ? undefined : platform.resource(source.resource);
  return resource ? { ...source, resource: platform.referenceOf(resource) } : source;
}

/** To look for what comes near the names that manifests have wrong. */
const stepsOfManifests = 20_000_000;
const namesLeftOut: Unverified = {
  kind: 'work',
  what: 'what comes near the names that manifests have wrong',
  why: 'so many are compared with so many that only the first are told with their nearest',
  origin: null,
};
