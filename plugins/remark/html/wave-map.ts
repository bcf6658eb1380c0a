import type { Element } from 'hast';
import { h } from 'hastscript';
import { laneCount, type WaveMap } from '../../views/index.ts';
import type { ElementContext } from './hast.ts';
import { inversionNotes } from './inversion-notes.ts';

/**
 * All applications by their waves, as a table: a column a phase and wave, a number where something is
 * applied, a hatched cell where a part is not rendered, a mark where something comes before what it needs. On
 * a narrow page each application is a card with the waves that it has. Rows without a project have no
 * heading.
 */
export function waveMapElement(
  { stages, rows }: WaveMap,
  page: ElementContext,
  title: string | null,
): Element {
  const { say } = page.speech;
  const isOpen = rows.some(({ unread }) => unread.length > 0);
  const words = stages.map(({ phase, wave }) => (phase === 'Sync' ? String(wave) : `${phase} ${wave}`));
  const groups = [...Map.groupBy(rows, ({ project }) => project)];
  return h(
    'figure.pl-waves.pl-wave-map.not-content',
    { dataStages: stages.length > mostColumns ? 'many' : undefined },
    [
      h('figcaption.pl-caption', title ?? say('waves.all')),
      h('table', [
        h('thead', [
          h('tr', [
            h('th', say('column.application')),
            ...words.map((word) => h('th', word)),
            ...(isOpen ? [h('th', '?')] : []),
          ]),
        ]),
        ...groups.map(([project, own]) =>
          h('tbody', [
            ...(project === ''
              ? []
              : [
                  h(
                    'tr.pl-group',
                    h('th', { scope: 'rowgroup', colSpan: stages.length + (isOpen ? 2 : 1) }, project),
                  ),
                ]),
            ...own.map((row) => rowElement(row, words, isOpen, page)),
          ]),
        ),
      ]),
      h('p.pl-foot', [
        h('span', say('waves.legend')),
        ...(isOpen ? [' ', h('span.pl-hatch', say('waves.hatched'))] : []),
      ]),
      ...rows.flatMap(({ inversions }) => inversionNotes(inversions, page)),
    ],
  );
}

function rowElement(
  { application, name, lanes, unread, inversions }: WaveMap['rows'][number],
  words: readonly string[],
  isOpen: boolean,
  page: ElementContext,
): Element {
  const { say } = page.speech;
  const resource = page.platform.resource(application);
  const href = resource === undefined ? null : page.links.resource(resource);
  const early = new Set(inversions.map(({ consumer }) => consumer));
  return h('tr', [
    h('th', { scope: 'row' }, href === null ? name : h('a', { href }, name)),
    ...lanes.map((lane, index) => {
      if (lane === null) return h('td');
      const told = lane.kinds
        .map(({ kind, ids }) => (ids.length === 1 ? kind : `${kind} ×${ids.length}`))
        .join(', ');
      const isEarly = lane.kinds.some(({ ids }) => ids.some((id) => early.has(id)));
      return h('td', { class: isEarly ? 'pl-inverted' : undefined, dataWave: words[index], title: told }, [
        String(laneCount(lane)),
        ...(isEarly ? [h('strong', { title: say('waves.early') }, '!')] : []),
      ]);
    }),
    ...(isOpen
      ? [
          unread.length === 0
            ? h('td')
            : h('td.pl-hatch', { dataWave: '?', title: unread.map(({ what }) => what).join(', ') }, '?'),
        ]
      : []),
  ]);
}

/** More than these stand as in a narrow page. */
const mostColumns = 16;
