import { escapeMarkdown } from '../write-table.ts';
import type { WavesShown } from './build-waves.ts';
import type { Lane, WaveLanes, WaveMap } from './types.ts';

/** Lanes as a list, a map as a table, both of Markdown. */
export function wavesToMarkdown(shown: WavesShown): string {
  return shown.is === 'lanes' ? lanesToMarkdown(shown.lanes) : mapToMarkdown(shown.map);
}

function lanesToMarkdown({ name, before, lanes, unread }: WaveLanes): string {
  return [
    `**Sync order of ${escapeMarkdown(name)}**`,
    '',
    ...(before.length === 0 ? [] : [`- before: ${before.map(({ id }) => escapeMarkdown(id)).join(', ')}`]),
    ...lanes.map((lane) => `- ${stageWords(lane)}: ${kindsWords(lane)}`),
    ...unread.map(({ what }) => `- in waves that are not known: ${escapeMarkdown(what.replaceAll('`', ''))}`),
  ].join('\n');
}

function mapToMarkdown({ stages, rows }: WaveMap): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    '**Waves of the platform**',
    '',
    line(['Application', ...stages.map(stageWords)]),
    line(['---', ...stages.map(() => '---')]),
    ...rows.map(({ name, lanes }) =>
      line([escapeMarkdown(name), ...lanes.map((lane) => (lane === null ? '' : String(countOf(lane))))]),
    ),
  ].join('\n');
}

export function countOf({ kinds }: Lane): number {
  return kinds.reduce((sum, { ids }) => sum + ids.length, 0);
}

function kindsWords({ kinds }: Lane): string {
  return kinds
    .map(({ kind, ids }) => (ids.length === 1 ? kind : `${kind} ×${ids.length}`))
    .map(escapeMarkdown)
    .join(', ');
}

function stageWords({ phase, wave }: Pick<Lane, 'phase' | 'wave'>): string {
  return phase === 'Sync' ? `wave ${wave}` : `${phase}, wave ${wave}`;
}
