import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagramToD2, wrapLabels } from '../../plugins/d2/index.ts';
import type { Diagram } from '../../plugins/views/index.ts';
import { runs } from '../fuzz.ts';
import { d2, input } from './helpers.ts';

const node = (id: string, parent: string | null, label = id, ref: string | null = null) => ({
  id,
  parent,
  label,
  class: 'project',
  ref,
});
const edge = (from: string, to: string, label = '') => ({
  from,
  to,
  label,
  type: 'generates' as Diagram['edges'][number]['type'],
});

function diagram(nodes: Diagram['nodes'], edges: Diagram['edges'] = []): Diagram {
  const said = { title: null, description: [], folded: [] };
  return { title: 'T', description: 'D', direction: 'right', nodes, edges, folded: [], said, unverified: [] };
}

describe('a drawing as text', () => {
  test('is no wider for a long name, of a shape or beside an edge', () => {
    const { nodes, edges } = wrapLabels(
      diagram(
        [node('x', null, 'a name of more than a few characters'), node('y', null)],
        [edge('x', 'y', 'application-out-of-sync'), edge('y', 'x', 'build-succeeded')],
      ),
    );
    expect(nodes.map(({ label }) => label)).toEqual(['a name of more than a few\ncharacters', 'y']);
    expect(edges.map(({ label }) => label)).toEqual(['application-out-\nof-sync', 'build-succeeded']);
  });

  test('holds containers, classes, links and edges by their whole paths', () => {
    const text = diagramToD2(
      diagram(
        [
          node('p', null, 'Projects'),
          node('obs', 'p', 'observability', 'AppProject/observability'),
          node('x', null),
        ],
        [edge('x', 'obs', 'permits')],
      ),
    );
    expect(text).toBe(
      [
        '...@gitops/classes',
        'direction: right',
        '',
        'p: "Projects" {',
        '  class: project',
        '  obs: "observability" { class: project; link: "gitops:AppProject/observability" }',
        '}',
        'x: "x" { class: project }',
        '',
        'x -> p.obs: "permits"',
        '',
      ].join('\n'),
    );
  });

  test('takes its links and its classes from where it is told', () => {
    const text = diagramToD2(diagram([node('a', null)]), { linkOf: () => 'gitops:b', classes: null });
    expect(text).toBe('direction: right\n\na: "a" { class: project; link: "gitops:b" }\n');
  });

  test('comes back from D2 as it went in, whatever its labels and ids', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
    const substitution = '${x}';
    const spiced = fc.oneof(
      text,
      fc.constantFrom('"', '\\', substitution, '|md', '#', '}', 'a\nb', '<b>', '*', '&', "'", 'null', ' x '),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(spiced, { minLength: 1, maxLength: 6 }), async (labels) => {
        const ids = ['style', 'a-b', 'a--b', 'label', '3d', 'x_y'];
        const nodes = labels.map((label, at) =>
          node(ids[at] ?? `n${at}`, at === 0 ? null : (ids[0] ?? null), label),
        );
        const edges = labels.slice(1).map((label, at) => edge(ids[0] ?? '', ids[at + 1] ?? '', label));
        const compiled = await d2.compile(input(diagramToD2(diagram(nodes, edges))));
        if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors));
        expect(compiled.shapes.map((shape) => shape.label).sort()).toEqual([...labels].sort());
        expect(compiled.edges.map(({ label }) => label)).toEqual(labels.slice(1));
      }),
      { numRuns: runs(5) },
    );
  });
});
