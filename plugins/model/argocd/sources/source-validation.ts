/**
 * What Argo CD demands of an application's sources before it looks at anything else. Source: `util/argo`
 * validateSourcePermissions.
 */
import { isObject, type JsonObject, type JsonPath, textAt } from '../../../base/index.ts';

/**
 * The first fault of each source, with its path inside the source. `several`: the application uses `sources`.
 */
export function sourceFaults(sources: readonly JsonObject[], several: boolean): SourceFault[] {
  return sources.flatMap((source, index): SourceFault[] => {
    // `{{ name }}` without quotes is a mapping: what a template makes of it nobody knows.
    const has = (key: string): boolean => (textAt(source, key) ?? '') !== '' || isObject(source[key]);
    const name = several ? `spec.sources[${index}]` : 'spec.source';
    const path: JsonPath = several ? ['spec', 'sources', index] : ['spec', 'source'];
    if (!has('repoURL') || (!has('path') && !has('chart') && !has('ref'))) {
      const error = several
        ? `${name}.repoURL and either ${name}.path, ${name}.chart, or ${name}.ref are required`
        : 'spec.source.repoURL and either spec.source.path, spec.source.chart, or spec.source.ref are required';
      return [{ index, path, error, expected: 'repoURL, and path, chart or ref' }];
    }
    if (has('chart') && !has('targetRevision')) {
      const error = `${name}.targetRevision is required if the manifest source is a helm chart`;
      return [{ index, path: [...path, 'chart'], error, expected: 'targetRevision' }];
    }
    return [];
  });
}

export interface SourceFault {
  index: number;
  path: JsonPath;
  /** Argo CD's words. */
  error: string;
  expected: string;
}
