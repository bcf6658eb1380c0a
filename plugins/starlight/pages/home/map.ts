import type { Element } from 'hast';
import { h } from 'hastscript';
import { waveMapElement } from '../../../remark/index.ts';
import { createWaves, type WaveMap } from '../../../views/index.ts';
import type { SiteContext } from '../site-context.ts';

/**
 * The platform as a map: every application by project and wave, with what comes too early marked; of very
 * many applications a row for each project. Nothing where all of it comes at once and is known.
 */
export function platformMap(context: SiteContext): Element[] {
  const { platform, speech } = context;
  const { applications } = platform.model;
  const map = createWaves(platform).map(applications);
  if (applications.length < 2 || (map.stages.length < 2 && !map.rows.some(({ unread }) => unread.length > 0)))
    return [];
  const shown = applications.length > mostRows ? byProject(map) : map;
  return [h('h2#map', speech.say('home.map')), waveMapElement(shown, context, null)];
}

/** The rows of each project as one, whose numbers are those of its applications together. */
function byProject({ stages, rows }: WaveMap): WaveMap {
  return {
    stages,
    rows: [...Map.groupBy(rows, ({ project }) => project)].map(([project, own]) => ({
      application: project,
      name: project,
      project: '',
      lanes: stages.map(({ phase, wave }, index) => {
        const kinds = Map.groupBy(
          own.flatMap(({ lanes }) => lanes[index]?.kinds ?? []),
          ({ kind }) => kind,
        );
        return kinds.size === 0
          ? null
          : {
              phase,
              wave,
              kinds: [...kinds].map(([kind, all]) => ({ kind, ids: all.flatMap(({ ids }) => ids) })),
            };
      }),
      unread: own.flatMap(({ unread }) => unread),
      inversions: own.flatMap(({ inversions }) => inversions),
    })),
  };
}

/** Applications that a first page shows one by one. */
const mostRows = 60;
