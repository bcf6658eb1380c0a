import type { Random } from '../random.ts';
import type { Files } from '../repository.ts';
import type { Seeds } from '../seeds.ts';
import { mutated } from '../text.ts';
import { hostileText, names } from '../words.ts';

/** Fences of D2: from its parts, or those of the pages, damaged. */
export function diagrams(random: Random, seeds: Seeds): Files {
  const fences = seeds.pages.flatMap((page) => page.match(/^```d2[^\n]*\n[\s\S]*?^```$/gm) ?? []);
  const fence = random.chance(0.4)
    ? mutated(random.pick(fences), random)
    : `\`\`\`d2 ${head(random)}\n${random.some(8, () => line(random, 2)).join('\n')}\n\`\`\``;
  return {
    'docs/p.md': `# P\n\n${fence}\n`,
    'docs/part.d2': `${line(random, 1)}\n`,
    'docs/i.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  };
}

function head(random: Random): string {
  const word = () => hostileText(random).replaceAll(/["\n]/g, '');
  return random.pick([
    '',
    `title="${word()}"`,
    `covers="kind == '${word()}'" exact`,
    `covers="${word()}"`,
    `edges="unchecked: ${word()}"`,
    `layout="${random.pick(['elk', 'dagre', word()])}"`,
    `{title="${word()}"}`,
  ]);
}

function line(random: Random, depth: number): string {
  const id = () =>
    random.chance(0.7)
      ? random.pick(['a', 'b', 'c', 'a.b', '"x y"', 'layers', '_', '_.a', 'a.b.c', '*', '**', '&a', '!&a'])
      : hostileText(random).replaceAll('\n', ' ');
  const value = () => random.pick([...names, ...values, hostileText(random).replaceAll('\n', ' ')]);
  return random.weighted<() => string>([
    [
      3,
      () =>
        `${id()} ${random.pick(['->', '<-', '--', '<->', '-->', '->->'])} ${id()}${random.pick(['', `: ${value()}`, `: {${random.pick(keys)}: ${value()}}`])}`,
    ],
    [
      3,
      () => `${id()}: ${value()} { ${random.some(3, () => `${random.pick(keys)}: ${value()}`).join('; ')} }`,
    ],
    [depth, () => `${id()}: {\n${random.some(3, () => line(random, depth - 1)).join('\n')}\n}`],
    [
      depth,
      () =>
        `${random.pick(['layers', 'scenarios', 'steps', 'vars', 'classes'])}: {\n${id()}: {\n${random.some(3, () => line(random, depth - 1)).join('\n')}\n}\n}`,
    ],
    [1, () => `(${id()} -> ${id()})[${random.pick(['0', '*', '99', 'x'])}].${random.pick(keys)}: ${value()}`],
    [
      1,
      () =>
        `...@${random.pick(['gitops/classes', 'gitops/projects', 'gitops/none', 'part', '../docs/part', '../../x', '/etc/hostname', 'p'])}`,
    ],
    [1, () => `${id()}: @${random.pick(['part', 'part.a', '../x', 'p'])}`],
    [1, () => `${id()}: |${random.pick(['md', 'latex', 'go', 'svg', ''])} ${value()} |`],
    [
      1,
      () =>
        `vars: { d2-config: { layout-engine: ${random.pick(['elk', 'dagre', 'tala', value()])}; sketch: true; theme-id: ${value()} } }`,
    ],
    [1, () => `${id()}: \${${random.pick(['a', 'b.c', '', '...a'])}}`],
    [1, () => value()],
  ])();
}

const keys = [
  'label',
  'shape',
  'link',
  'class',
  'icon',
  'near',
  'width',
  'height',
  'style.fill',
  'style.opacity',
  'style.animated',
  'tooltip',
  'grid-rows',
  'direction',
  'source-arrowhead.shape',
  'constraint',
  'style.font-size',
  'x',
  'vars.a',
];
const values = [
  'gitops:ConfigMap/a',
  'gitops:None/x',
  'gitops:',
  'sequence_diagram',
  'sql_table',
  'class',
  'image',
  'circle',
  'cloud',
  './i.svg',
  'https://x/i.svg',
  'layers.a',
  '_.layers.a',
  'javascript:x',
  'red',
  '#ff',
  '0.4',
  '-5',
  '99999',
  'top-center',
  'down',
  'null',
  '|md # x |',
  '${a}',
  '"\\u0000"',
  '[a; b]',
  'belongs to',
  'permits',
];
