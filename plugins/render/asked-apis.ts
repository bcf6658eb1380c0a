import { asText } from '../base/index.ts';
import { type LockedChart, type Unverified, unverifiedChart } from '../source/index.ts';
import type { HelmRequest } from './types.ts';

/**
 * What a chart makes only where the cluster serves an API that nobody said it does: Helm without a cluster
 * knows Kubernetes' own alone, and leaves the rest out without a word. By its kinds: those of the templates
 * that ask, or of all where a helper asks for them.
 */
export function unverifiedApis(
  files: ReadonlyMap<string, Uint8Array>,
  { apiVersions, origin }: Pick<HelmRequest, 'apiVersions' | 'origin'>,
  { chart, version }: LockedChart,
): Unverified[] {
  const apis = new Set<string>();
  const kinds = new Set<string>();
  const all = new Set<string>();
  let isInHelper = false;
  for (const [path, bytes] of files) {
    if (!/(^|\/)templates\//.test(path)) continue;
    const text = Buffer.from(bytes).toString('utf8');
    const own = [...text.matchAll(/^kind:[ \t]*["']?([A-Z]\w*)/gm)].map(([, kind]) => asText(kind ?? ''));
    for (const kind of own) all.add(kind);
    const asked = [...text.matchAll(question)]
      .map(([, api = '']) => api)
      .filter((api) => isForeign(api) && !apiVersions.includes(api));
    if (asked.length === 0) continue;
    for (const api of asked) {
      apis.add(api);
      const named = api.split('/')[2];
      if (named !== undefined) kinds.add(named);
    }
    for (const kind of own) kinds.add(kind);
    isInHelper ||= own.length === 0;
  }
  if (apis.size === 0) return [];
  const listed = [...apis].sort();
  const why = `it asks whether the cluster serves ${listed.map((api) => `\`${api}\``).join(', ')}, and is told that it does not; \`apiVersions\` where the chart is asked for say otherwise`;
  const found = [...(isInHelper ? new Set([...all, ...kinds]) : kinds)].sort();
  return [{ ...unverifiedChart({ name: chart, version }, why, origin), kinds: found }];
}

/** Kubernetes' own are served by every cluster; those that have its suffix and come by themselves are not. */
function isForeign(api: string): boolean {
  const [group = ''] = api.split('/');
  if (!group.includes('.')) return false;
  return !/^[a-z]+(\.authorization)?\.k8s\.io$/.test(group) || /^(metrics|gateway|snapshot)\b/.test(group);
}

/** `.Capabilities.APIVersions.Has "monitoring.coreos.com/v1"`, in any of its spellings. */
const question = /APIVersions\.Has\s*\(?\s*["`]([^"`\s]+)["`]/g;
