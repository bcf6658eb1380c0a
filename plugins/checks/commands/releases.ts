import { listAt, objectAt, oncePer, textAt } from '../../base/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { Place } from '../../source/index.ts';

/**
 * The names under which charts are installed, with the line that says so: Applications and kustomizations.
 */
export const releasesOf = oncePer((platform: Platform): Map<string, Place> => {
  const found = new Map<string, Place>();
  for (const { id, name, sources } of platform.model.applications) {
    const resource = platform.resource(id);
    if (!resource || !sources.some(({ chart, path }) => chart !== null || path !== null)) continue;
    const spec = objectAt(resource.rendered, 'spec');
    const all = [objectAt(spec, 'source'), ...listAt(spec, 'sources')];
    const given = all.map((source) => textAt(source, 'helm', 'releaseName'));
    for (const release of [name, ...given]) if (release) found.set(release, platform.locate(resource));
  }
  for (const file of platform.sources.files.values()) {
    if (file.role !== 'kustomization') continue;
    for (const { value, place, locate } of file.documents)
      for (const [index, chart] of listAt(value, 'helmCharts').entries()) {
        const release = textAt(chart, 'releaseName') ?? textAt(chart, 'name');
        if (release) found.set(release, locate(['helmCharts', index]) ?? place);
      }
  }
  return found;
});
