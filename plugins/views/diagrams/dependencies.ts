import { counted } from '../../base/index.ts';
import { deployersOf } from '../../model/index.ts';
import { startDrawing } from '../pen.ts';
import type { DiagramView } from '../types.ts';
import { said } from '../words.ts';

/** Flux's Kustomizations with what each needs before, and the releases that depend on others. */
export const dependencies: DiagramView = {
  name: 'dependencies',
  title: 'Dependencies',
  summary: 'Kustomizations of Flux and what each depends on, with the HelmReleases that depend on others.',
  direction: 'right',
  subject: 'kustomization',
  reads: ['dependsOn'],
  draw(platform, { subjects }) {
    const pen = startDrawing(platform);
    const chosen = new Set<unknown>(subjects.map(({ record }) => record));
    const { model } = platform;
    const shown = model.kustomizations.filter((one) => chosen.has(one));
    const deployed = new Set(shown.map(({ id }) => id));
    const releases = model.helmReleases.filter(
      ({ id, dependsOn }) => dependsOn.length > 0 && deployed.has(platform.resource(id)?.deployer ?? ''),
    );
    const known = new Set(deployersOf(model).map(({ id }) => id));
    const shapeOf = (id: string): string =>
      pen.shape(id, {
        label: platform.resource(id)?.name ?? id,
        class: 'application',
        ref: id,
        fold: { application: null, kind: platform.resource(id)?.kind ?? 'Kustomization' },
      });
    for (const { id } of shown) shapeOf(id);
    for (const record of [...shown, ...releases]) {
      const own = shapeOf(record.id);
      for (const { id } of record.dependsOn)
        if (id !== null && known.has(id)) pen.edge(own, shapeOf(id), 'depends-on');
    }
    return pen.finish(
      said('drawing.dependencies', { kustomizations: counted(shown.length, 'Kustomization') }),
    );
  },
};
