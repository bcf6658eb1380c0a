import { describe, expect, it } from 'vitest';
import { drawingSteps } from '../../plugins/d2/index.ts';

const steps = (source: string, files = {}) => drawingSteps({ source, files });
const lines = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n');
/** What a page may take for all of its drawings. */
const allowed = 40_000_000;

describe('the work of a drawing', () => {
  it('is little for what somebody draws', () => {
    const shapes = lines(100, (at) => `a${at}: One {\n  link: "gitops:AppProject/a"\n  style.fill: red\n}`);
    const edges = lines(100, (at) => `a${at} -> a${at + 1}: to`);
    expect(steps(`${shapes}\n${edges}`)).toBeLessThan(3_000_000);
    expect(steps('vars: {\n  colour: red\n}\n...@gitops/classes\na.style.fill: ${colour}')).toBeLessThan(
      100_000,
    );
    expect(
      steps(`a\nlayers: {\n${lines(10, (at) => `l${at}: {\n${lines(20, (to) => `b${to}`)}\n}`)}\n}`),
    ).toBeLessThan(2_000_000);
  });

  it('counts to begin one, however little it draws', () => {
    expect(steps('a') * 600).toBeGreaterThan(allowed * 0.9);
  });

  it.each<[string, string, Record<string, string>?]>([
    ['edges without number', lines(10_000, (at) => `a${at} -> a${at + 1}`)],
    [
      'variables that double',
      `vars: {\n  a0: x\n${lines(40, (at) => `a${at + 1}: \${a${at}}\${a${at}}`)}\n}\nx: \${a40}`,
    ],
    [
      'variables that spread',
      `vars: {\n  a0: {x; y}\n${lines(40, (at) => `a${at + 1}: {p: {...\${a${at}}}; q: {...\${a${at}}}}`)}\n}\nx: {...\${a40}}`,
    ],
    [
      'imports that double',
      'x: @i0',
      Object.fromEntries(
        Array.from({ length: 40 }, (_, at) => [`i${at}.d2`, `a: @i${at + 1}\nb: @i${at + 1}`]),
      ),
    ],
    ['edges between all', `${lines(300, (at) => `a${at}`)}\n* -> *`],
    ['containers in containers', `${'a: {'.repeat(400)}${'}'.repeat(400)}`],
    [
      'steps over steps',
      `a\nsteps: {\n${lines(400, (at) => `s${at}: {\n${lines(10, (to) => `b${at}x${to}`)}\n}`)}\n}`,
    ],
  ])('is too much for %s', (_, source, files) => {
    expect(steps(source, files)).toBeGreaterThan(allowed);
  });

  it('of what imports or holds itself has an end', () => {
    expect(steps('@a', { 'a.d2': 'x: @a' })).toBeLessThan(allowed);
    expect(steps('vars: {\n  a: ${b}\n  b: ${a}\n}\nx: ${a}')).toBeLessThan(allowed);
  });
});
