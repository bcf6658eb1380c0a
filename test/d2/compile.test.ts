import { describe, expect, test } from 'vitest';
import type { Compiled } from '../../plugins/d2/index.ts';
import { d2, input, textAt } from './helpers.ts';

async function compiled(
  source: string,
  files: Record<string, string> = {},
): Promise<Extract<Compiled, { ok: true }>> {
  const result = await d2.compile(input(source, files));
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result;
}

async function errorsOf(source: string, files: Record<string, string> = {}) {
  const result = await d2.compile(input(source, files));
  return result.ok ? [] : result.errors;
}

describe('shapes', () => {
  test('have absolute ids, links, every mention, and the place of the link', async () => {
    const source = [
      'Projects: {',
      '  obs: "observability" { link: "gitops:AppProject/observability" }',
      '}',
      'Projects.obs.style.bold: false',
      'x.link: https://example.com',
    ].join('\n');
    const { shapes } = await compiled(source);
    const obs = shapes.find((shape) => shape.id === 'Projects.obs');
    expect(obs?.link).toBe('gitops:AppProject/observability');
    expect(obs?.ranges.map((range) => textAt(source, range))).toEqual(['obs', 'Projects.obs']);
    expect(textAt(source, obs?.linkRange)).toBe('"gitops:AppProject/observability"');
    expect(textAt(source, shapes.find((shape) => shape.id === 'x')?.linkRange)).toBe('https://example.com');
    expect(shapes.find((shape) => shape.id === 'Projects')).toMatchObject({ link: null, linkRange: null });
  });

  test('columns count UTF-16 units, after emoji and with CRLF', async () => {
    const source = '# 😀 comment\r\na: "😀😀" { link: "gitops:😀" }\r\nÄ."x😀y" -> a: "😀"\r\n';
    const { shapes, edges } = await compiled(source);
    expect(textAt(source, shapes.find((shape) => shape.id === 'a')?.linkRange)).toBe('"gitops:😀"');
    expect(
      shapes.find((shape) => shape.id === 'Ä.x😀y')?.ranges.map((range) => textAt(source, range)),
    ).toEqual(['Ä."x😀y"']);
    expect(edges[0]?.ranges).toEqual([{ file: 'index', line: 2, column: 0, endLine: 2, endColumn: 13 }]);
  });

  test('that an import brought have their places in that file', async () => {
    const file = 'gen: {\n  "😀 g" : { link: "gitops:Foo/bar" }\n  "😀 g" -> h\n}\n';
    const { shapes, edges } = await compiled('...@gitops/gen', { 'gitops/gen.d2': file });
    const shape = shapes.find(({ id }) => id === 'gen.😀 g');
    expect(shape).toMatchObject({ link: 'gitops:Foo/bar', linkRange: null });
    expect(shape?.ranges.map((range) => [range.file, textAt(file, range)])).toEqual([
      ['gitops/gen.d2', '"😀 g"'],
      ['gitops/gen.d2', '"😀 g"'],
    ]);
    expect(edges[0]?.ranges.map((range) => [range.file, textAt(file, range)])).toEqual([
      ['gitops/gen.d2', '"😀 g" -> h'],
    ]);
  });
});

describe('edges', () => {
  test('have ends, arrows, label and their own place in a chain', async () => {
    const source = 'a -> b <- c -- d <-> e: last';
    const { edges } = await compiled(source);
    expect(edges.map((edge) => [edge.from, edge.to, edge.arrows, textAt(source, edge.ranges[0])])).toEqual([
      ['a', 'b', 'forward', 'a -> b'],
      ['b', 'c', 'back', 'b <- c'],
      ['c', 'd', 'none', 'c -- d'],
      ['d', 'e', 'both', 'd <-> e'],
    ]);
    expect(edges.at(-1)?.label).toBe('last');
  });

  test('between the same two shapes are told apart, and collect their later mentions', async () => {
    const source = 'a -> b: one\na -> b: two\na <- b: back\n(a -> b)[1].style.stroke: red';
    const { edges } = await compiled(source);
    expect(edges.map((edge) => [edge.label, edge.ranges.map((range) => range.line)])).toEqual([
      ['one', [0]],
      ['two', [1, 3]],
      ['back', [2]],
    ]);
  });

  test('of a sequence diagram leave its lifelines out', async () => {
    const { edges } = await compiled('shape: sequence_diagram\na -> b: hi');
    expect(edges.map((edge) => edge.label)).toEqual(['hi']);
  });
});

describe('errors', () => {
  test('all of them, with ranges and without the place in words', async () => {
    const source = 'x: {shape: foo}\né😀: {shape: bar}';
    const errors = await errorsOf(source);
    expect(errors.map((error) => [error.message, textAt(source, error.range ?? undefined)])).toEqual([
      ['unknown shape "foo"', 'foo'],
      ['unknown shape "bar"', 'bar'],
    ]);
  });

  test('in an imported file name that file', async () => {
    const errors = await errorsOf('...@gitops/bad', { 'gitops/bad.d2': 'x: {shape: foo}' });
    expect(errors[0]?.range).toMatchObject({ file: 'gitops/bad.d2', line: 0, column: 11, endColumn: 14 });
  });

  test('for a file that is not there stand at the import, and nothing outside the given files is read', async () => {
    const source = 'a\n...@nope\n...@../../../etc/passwd\n...@/etc/passwd';
    const errors = await errorsOf(source);
    expect(errors[0]?.range?.line).toBe(1);
    expect(await errorsOf('...@/etc/passwd')).not.toEqual([]);
  });

  test('of Markdown that nests so deep that nobody could go down into it', async () => {
    const nested = (depth: number) => `a: |md\n  ${'<b>'.repeat(depth)}x${'</b>'.repeat(depth)}\n|`;
    expect((await d2.compile(input(nested(50)))).ok).toBe(true);
    expect((await errorsOf(nested(3000)))[0]?.message).toContain('more than 200 deep');
  });

  test('of a layout engine that is not here are words, not a crash', async () => {
    const errors = await errorsOf('vars: { d2-config: { layout-engine: tala } }\na -> b');
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toContain('tala');
  });
});

test('every class of the palette compiles and every colour of it is one class and use', async () => {
  const { classColours, palette } = await import('../../plugins/d2/classes.ts');
  const source = `...@gitops/classes\n${Object.keys(palette)
    .map((name) => `${name}: { class: ${name} }`)
    .join('\n')}`;
  expect((await compiled(source)).shapes).toHaveLength(15);
  expect(classColours.size).toBe(45);
});
