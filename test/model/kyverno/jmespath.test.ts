import { describe, expect, it } from 'vitest';
import { parseJmesPath } from '../../../plugins/model/kyverno/evaluate/jmespath/parse.ts';

describe('the current node', () => {
  it.each([
    ["conditions[?(@.type == 'Ready')].status", "conditions[?type == 'Ready'].status"],
    ['length(@.items)', 'length(items)'],
    ['contains(@.names, @.name)', 'contains(names, name)'],
  ])('may be followed where it stands in brackets: %s', (written, plain) => {
    expect(shapeOf(parseJmesPath(written))).toEqual(shapeOf(parseJmesPath(plain)));
  });

  it('is none within quotes', () => {
    expect(JSON.stringify(parseJmesPath("'a@b'"))).toContain('a@b');
    expect(JSON.stringify(parseJmesPath('"a@b".c'))).toContain('a@b');
    expect(JSON.stringify(parseJmesPath('`"a@b"`'))).toContain('a@b');
  });

  it('may stand alone', () => {
    expect(JSON.stringify(parseJmesPath('@'))).toContain('Current');
    expect(JSON.stringify(parseJmesPath('length(@)'))).toContain('Current');
    expect(JSON.stringify(parseJmesPath('[@, a]'))).toContain('Current');
  });
});

/** A tree without the steps that lead from the current node to itself. */
function shapeOf(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(shapeOf);
  if (typeof node !== 'object' || node === null) return node;
  const { type, children } = node as { type?: string; children?: { type?: string }[] };
  const [first, second] = children ?? [];
  if (type === 'Subexpression' && first?.type === 'Current') return shapeOf(second);
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, shapeOf(value)]));
}
