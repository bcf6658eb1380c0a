import { describe, expect, it } from 'vitest';
import type { DrawnBoard, DrawnDiagram } from '../../plugins/checks/index.ts';
import { sequencesOf } from '../../plugins/remark/html/board-tabs.ts';
import { english } from '../../plugins/words/index.ts';

describe('the boards of a diagram', () => {
  it('are the diagram itself and each layer and scenario', () => {
    expect(seen(['layers.inside', 'scenarios.at night'])).toEqual([
      ['Overview', ['Overview → base']],
      ['inside', ['inside → layers inside']],
      ['at night', ['at night → scenarios at night']],
    ]);
  });

  it('have their steps behind them', () => {
    expect(seen(['steps.one', 'steps.two'])).toEqual([
      ['Overview', ['Step 1 of 3 → base', 'Step 2 of 3: one → steps one', 'Step 3 of 3: two → steps two']],
    ]);
    expect(seen(['layers.a', 'layers.a.steps.one']).at(-1)).toEqual([
      'a',
      ['a, step 1 of 2 → layers a', 'a, step 2 of 2: one → layers a steps one'],
    ]);
  });

  it('are named with the board that they lie in', () => {
    expect(seen(['layers.a', 'layers.a.layers.b', 'layers."a.b"']).map(([name]) => name)).toEqual([
      'Overview',
      'a',
      'a / b',
      '"a.b"',
    ]);
  });

  it('are left out where nothing is drawn on them', () => {
    expect(seen(['layers.a', 'steps.one'], { base: 0 })).toEqual([
      ['a', ['a → layers a']],
      ['Steps', ['Steps → steps one']],
    ]);
    expect(seen([], { base: 0 })).toEqual([['Overview', ['Overview → base']]]);
  });
});

/** The sequences by their names, with the caption and anchor of each panel. */
function seen(ids: string[], { base = 1 } = {}): [string, string[]][] {
  const shape = { id: 'x', label: 'x', isMarkdown: false, link: null, ranges: [], linkRange: null };
  const boards = ids.map((id): DrawnBoard => {
    const [, keyword = '', name = ''] = /(\w+)s\.("[^"]*"|[^.]*)$/.exec(id) ?? [];
    const kind = keyword as DrawnBoard['kind'];
    const shown = { shapes: [shape], least: 0, bound: {}, edges: [] };
    return { id, kind, name, ...shown, description: '', said: { key: '' } };
  });
  const shapes = base === 0 ? [] : [shape];
  const drawing: DrawnDiagram = {
    input: { source: '', files: {}, layout: 'dagre' },
    compiled: { ok: true, shapes, edges: [], least: 0, boards: [], icons: [] },
    view: null,
    bound: {},
    title: '',
    description: '',
    said: { title: null, description: [], folded: [] },
    edges: [],
    folded: [],
    boards,
    leads: {},
  };
  return sequencesOf(drawing, english, (name) => name).map(({ name, panels }) => [
    name,
    panels.map(({ caption, anchor }) => `${caption} → ${anchor}`),
  ]);
}
