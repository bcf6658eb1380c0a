import { describe, expect, test } from 'vitest';
import { boardLink, type CompiledDiagram, createD2 } from '../../plugins/d2/index.ts';
import { d2, input, options, sharedCache, textAt } from './helpers.ts';

async function compiled(source: string, files: Record<string, string> = {}): Promise<CompiledDiagram> {
  const result = await d2.compile(input(source, files));
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result;
}

const nested = `a -> b: base
a.link: layers.detail
steps: {
  one: { x.link: "gitops:Kind/x" }
  two: { y -> x }
}
layers: {
  detail: {
    c -> d: inside
    c.link: _
    layers: { "v1.2": { z.link: root.layers.detail } }
  }
}
scenarios: {
  sick: { a -> b: {style.stroke: red}; (a -> b)[0].style.opacity: 0.5; e -> a }
}
`;

describe('boards', () => {
  test('are flat, in the order of the text, with paths for ids', async () => {
    const { shapes, boards } = await compiled(nested);
    expect(shapes.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(boards.map(({ id, kind, name, shapes }) => [id, kind, name, shapes.map((one) => one.id)])).toEqual(
      [
        ['steps.one', 'step', 'one', ['a', 'b', 'x']],
        ['steps.two', 'step', 'two', ['a', 'b', 'x', 'y']],
        ['layers.detail', 'layer', 'detail', ['c', 'd']],
        ['layers.detail.layers."v1.2"', 'layer', 'v1.2', ['z']],
        ['scenarios.sick', 'scenario', 'sick', ['a', 'b', 'e']],
      ],
    );
  });

  test('have their own shapes, edges and links in the text of the diagram', async () => {
    const { boards } = await compiled(nested);
    const [one, two, detail, inner, sick] = boards;
    expect(textAt(nested, one?.shapes.find(({ id }) => id === 'x')?.linkRange)).toBe('"gitops:Kind/x"');
    expect(two?.edges.map(({ ranges }) => textAt(nested, ranges[0]))).toEqual(['a -> b', 'y -> x']);
    expect(detail?.edges.map(({ label, ranges }) => [label, textAt(nested, ranges[0])])).toEqual([
      ['inside', 'c -> d'],
    ]);
    expect(detail?.shapes.map(({ link }) => link)).toEqual(['root', null]);
    expect(inner?.shapes[0]).toMatchObject({ link: 'layers.detail' });
    expect(textAt(nested, inner?.shapes[0]?.linkRange)).toBe('root.layers.detail');
    expect(sick?.edges.map(({ id }) => id)).toEqual(['(a -> b)[0]', '(a -> b)[1]', '(e -> a)[0]']);
  });

  test('that an import brings are there too', async () => {
    const { boards } = await compiled('layers: {part: @part}', {
      'part.d2': 'p.link: layers.q\nlayers: {q: {r}}',
    });
    expect(boards.map(({ id, shapes }) => [id, shapes.map(({ link }) => link)])).toEqual([
      ['layers.part', ['layers.part.layers.q']],
      ['layers.part.layers.q', [null]],
    ]);
  });

  test('that hold only boards have no shapes', async () => {
    const { shapes, boards } = await compiled('layers: {out: {layers: {in: {x}}}}');
    expect([shapes.length, ...boards.map((board) => board.shapes.length)]).toEqual([0, 0, 1]);
  });
});

describe('a link to a board', () => {
  test.each([
    ['root.layers.detail', 'layers.detail'],
    ['layers.detail.steps.1', 'layers.detail.steps.1'],
    ['root.layers."v1.2"', 'layers."v1.2"'],
    [`layers.'a b'`, 'layers.a b'],
    ['root', 'root'],
    ['', null],
    ['layers', null],
    ['layers.x.y', null],
    ['/layers.x', null],
    ['./layers.x', null],
    ['https://layers.x', null],
    ['gitops:Kind/layers.x', null],
    ['constructor.x', null],
  ])('%s is %s', (link, id) => {
    expect(boardLink(link)).toBe(id);
  });

  test('is resolved by the board’s id, and one to no board is plain drawing', async () => {
    const source =
      'a.link: layers.d\na -> b: {link: layers.gone}\nm: |md\n  [in](layers.d) [no](layers.x)\n|\nlayers: {d: {c.link: _}}';
    const seen: string[][] = [];
    const draw = (board?: string) =>
      d2.render(
        input(source),
        options('s', {
          ...(board === undefined ? {} : { board }),
          resolveLink: (link, shape) => {
            seen.push([link, shape]);
            return { href: `#${link}`, title: '' };
          },
        }),
      );
    const own = await draw();
    expect(own).toContain('href="#layers.d"');
    expect(own).not.toMatch(/gone|layers\.x/);
    await draw('layers.d');
    expect(seen).toEqual([
      ['layers.d', 'a'],
      ['layers.d', 'm'],
      ['root', 'c'],
    ]);
  });
});

describe('a drawing of a board', () => {
  test('shows that board, and shares no id with another of the same diagram', async () => {
    const { boards } = await compiled(nested);
    const svgs = await Promise.all(
      [undefined, ...boards.map(({ id }) => id)].map((board, at) =>
        d2.render(input(nested), options(`s${at}`, board === undefined ? {} : { board })),
      ),
    );
    expect(svgs[3]).toMatch(/>c<.*>d<.*>inside</s);
    expect(svgs[5]).toContain('stroke="red"');
    const ids = svgs.flatMap((svg) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    expect(ids.length).toBeGreaterThan(svgs.length * 2);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('of a diagram that has only further boards is the first with shapes', async () => {
    const svg = await d2.render(
      input('layers: {out: {layers: {in: {found}}}}'),
      options('s', { standalone: true }),
    );
    expect(svg).toContain('>found<');
  });

  test('comes from the cache, byte for byte, and one that is not there is refused', async () => {
    const board = 'scenarios.sick';
    const cold = await d2.render(input(nested), options('s', { board }));
    const warm = createD2({ cache: sharedCache, size: 0 });
    expect(await warm.render(input(nested), options('s', { board }))).toBe(cold);
    await expect(warm.render(input(nested), options('s', { board: 'layers.no' }))).rejects.toThrow(
      'no board',
    );
  });

  test('takes the theme that the author chose', async () => {
    const source = 'vars: {d2-config: {theme-id: 4}}\nlayers: {x: {y}}';
    const svg = await d2.render(input(source), options('own', { board: 'layers.x' }));
    expect(svg).toContain('<style>.own{');
  });
});
