import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import { type Lane, laneCount, type WaveLanes, type WaveMap } from '../../views/index.ts';
import { breakable, linkElement } from './elements.ts';
import type { ElementContext } from './hast.ts';
import { inversionNotes } from './inversion-notes.ts';
import { waveMapElement } from './wave-map.ts';

/**
 * The order of an application as `figure.pl-waves`: a lane for what must be there before, one for each phase
 * and wave, a hatched one for what is not rendered; works without JavaScript and on paper.
 */
export function lanesElement(shown: WaveLanes, page: ElementContext, options: LanesOptions = {}): Element {
  const { say } = page.speech;
  const { title = null, names = true } = options;
  const lanes = [
    ...beforeLane(shown, page, names),
    ...shown.lanes.map((lane) => laneElement(lane, shown, page, names)),
    ...unreadLane(shown, page, names),
  ];
  const foot = [...inversionNotes(shown.inversions, page), ...tearDown(shown, page, names)];
  return h('figure.pl-waves.not-content', [
    h('figcaption.pl-caption', title ?? say('waves.of', { name: shown.name })),
    h('ol.pl-lanes', lanes),
    ...foot,
  ]);
}

/** What `::waves` and pages show. */
export function wavesElement(shown: Shown, page: ElementContext, title: string | null): Element {
  return shown.is === 'lanes'
    ? lanesElement(shown.lanes, page, { title })
    : waveMapElement(shown.map, page, title);
}

/** `wave -2`, with the phase before it where that is not `Sync`. */
function stageWords({ phase, wave }: Pick<Lane, 'phase' | 'wave'>, { speech }: ElementContext): string {
  return phase === 'Sync'
    ? speech.say('cell.wave', { wave })
    : speech.say('resource.phaseWave', { phase, wave });
}

function beforeLane({ before }: WaveLanes, page: ElementContext, names: boolean): Element[] {
  if (before.length === 0) return [];
  const { say } = page.speech;
  const kinds = Map.groupBy(before, ({ id }) => page.platform.resource(id)?.kind ?? '');
  const pills = [...kinds].map(([kind, all]) =>
    pill(
      kind,
      all.map(({ id, by }) => [
        resourceLink(id, page, names),
        ...(names ? [' ', h('span.pl-by', bringer(by, page))] : []),
      ]),
      { isBrief: !names, isHere: false },
    ),
  );
  return [h('li.pl-lane-before', [name(say('waves.before')), h('ul.pl-pills', pills)])];
}

/** What brings what must be there before. */
function bringer(by: string | null, { platform, speech }: ElementContext): string {
  return by === null
    ? speech.say('waves.byHand')
    : speech.say('waves.by', { name: platform.resource(by)?.name ?? by });
}

function laneElement(
  lane: Lane,
  { marked, inversions }: WaveLanes,
  page: ElementContext,
  names: boolean,
): Element {
  const isHere = marked !== null && lane.kinds.some(({ ids }) => ids.includes(marked));
  const early = new Set(inversions.map(({ consumer }) => consumer));
  const pills = lane.kinds.map(({ kind, ids }) =>
    pill(
      kind,
      ids.map((id) => [
        resourceLink(id, page, names && id !== marked),
        ...(early.has(id) ? [' ', h('strong.pl-bad', page.speech.say('waves.early'))] : []),
      ]),
      { isBrief: !names, isHere: marked !== null && ids.includes(marked) },
    ),
  );
  return h('li', { class: isHere ? 'pl-here' : undefined }, [
    name(stageWords(lane, page), String(laneCount(lane))),
    h('ul.pl-pills', pills),
  ]);
}

/**
 * A kind with its count; its names are there too, folded where they are many. In brief only what is alone is
 * named.
 */
function pill(
  kind: string,
  all: readonly ElementContent[][] | (Element | string)[][],
  { isBrief, isHere }: { isBrief: boolean; isHere: boolean },
): Element {
  if (isBrief && !isHere) {
    const [only = []] = all;
    return h('li', all.length > 1 ? `${kind} ×${all.length}` : [`${kind} `, ...only]);
  }
  const names = !isBrief || all.length === 1;
  const head = [
    h('span.pl-pill-kind', kind),
    ...(all.length > 1 ? [h('span.pl-pill-count', `×${all.length}`)] : []),
  ];
  const at = isHere ? { class: 'pl-here', ariaCurrent: 'true' } : {};
  if (!names) return h('li', at, head);
  const [only] = all;
  if (all.length === 1 && only !== undefined) return h('li', at, [...head, ' ', ...only]);
  return h('li', at, [
    h('details', { open: all.length <= mostOpen }, [
      h('summary', head),
      h(
        'ul.pl-pill-names',
        all.map((one) => h('li', one)),
      ),
    ]),
  ]);
}

/** What is not rendered has waves of its own: how many steps there are is not known then. */
function unreadLane({ unread }: WaveLanes, page: ElementContext, names: boolean): Element[] {
  if (unread.length === 0) return [];
  const { say } = page.speech;
  const pills = unread.map(({ what, why, origin }) =>
    h(
      'li',
      { title: names ? why : undefined },
      linkElement(origin ? page.links.place(origin) : null, { class: 'pl-place' }, what),
    ),
  );
  return [h('li.pl-lane-unread', [name(say('waves.unread')), h('ul.pl-pills', pills)])];
}

/** The other way round, hooks before and after, and what stays in the cluster. */
function tearDown(
  { tearDown: { steps, stays, cascade } }: WaveLanes,
  page: ElementContext,
  names: boolean,
): Element[] {
  if (!names || steps.length + stays.length === 0) return [];
  const { say } = page.speech;
  const rows = steps.map(({ hook, wave, ids }) =>
    h('li', [
      hook === null ? say('cell.wave', { wave: wave ?? 0 }) : say('cell.hooks', { hook }),
      `: ${kindsOf(ids, page)}`,
    ]),
  );
  const kept =
    stays.length === 0
      ? []
      : [
          h(
            'p',
            `${say(cascade === null ? 'cell.staysWithoutFinalizer' : 'cell.stays')}: ${kindsOf(stays, page)}`,
          ),
        ];
  return [
    h('details.pl-tear-down', [
      h('summary', say('waves.tearDown')),
      ...(rows.length === 0 ? [] : [h('ol', rows)]),
      ...kept,
    ]),
  ];
}

function kindsOf(ids: readonly string[], { platform }: ElementContext): string {
  const kinds = Map.groupBy(ids, (id) => platform.resource(id)?.kind ?? id);
  return [...kinds].map(([kind, all]) => (all.length === 1 ? kind : `${kind} ×${all.length}`)).join(', ');
}

function name(words: string, count?: string): Element {
  return h('span.pl-lane-name', [words, ...(count === undefined ? [] : [h('span.pl-lane-count', count)])]);
}

function resourceLink(id: string, page: ElementContext, isLinked: boolean): Element {
  const resource = page.platform.resource(id);
  if (resource === undefined) return h('code', id);
  const href = isLinked ? page.links.resource(resource) : null;
  const text = breakable(resource.name);
  return href === null ? h('code', text) : h('a', { href }, text);
}

/** Names of a kind that stand open. */
const mostOpen = 4;

type Shown = { is: 'lanes'; lanes: WaveLanes } | { is: 'map'; map: WaveMap };

interface LanesOptions {
  /** The author's. */
  title?: string | null;
  /**
   * False where counts are enough, as on the page of one resource among many: what is alone of its kind is
   * named, but the links to all of them stand on the page of what deploys them.
   */
  names?: boolean;
}
