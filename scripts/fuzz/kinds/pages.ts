import { diagramViews, tableViews } from '../../../plugins/views/index.ts';
import type { Random } from '../random.ts';
import type { Files } from '../repository.ts';
import type { Seeds } from '../seeds.ts';
import { encoded, mutated } from '../text.ts';
import { hostileText, isHostilePath, names } from '../words.ts';

/** A page of blocks that a page may hold, each with an attribute or word that may be wrong. */
export function written(random: Random): Files {
  const isMdx = random.chance(0.2);
  const blocks = random.some(8, () => block(random));
  const text = `${random.chance(0.4) ? frontMatter(random) : ''}${blocks.join('\n\n')}\n${isMdx && random.chance(0.5) ? mdx(random) : ''}`;
  const path = `docs/p.${isMdx ? 'mdx' : 'md'}`;
  return { [path]: encoded(random.chance(0.4) ? mutated(text, random) : text, random), ...site(random) };
}

/** A page of this repository, damaged. */
export function damaged(random: Random, seeds: Seeds): Files {
  const page = random.pick(seeds.pages).replaceAll(/^```d2[\s\S]*?^```$/gm, '');
  const lines = page.split('\n');
  const from = random.below(lines.length);
  const part = random.chance(0.3) ? page : lines.slice(from, from + 60).join('\n');
  return { [`docs/p.${random.pick(['md', 'md', 'mdx'])}`]: encoded(mutated(part, random, page), random) };
}

/** Expressions from the words of the language, in every place that takes one. */
export function expressions(random: Random): Files {
  const lines = random.some(6, () => {
    const cel = quoted(expression(random, 4));
    return random.pick([
      `::table{view="resources" where=${cel} columns="name, x = ${expression(random, 2).replaceAll('"', "'")}"}`,
      `:fact[2]{count=${cel}}`,
      `:fact[x]{value=${cel}}`,
      `:claim[All]{of=${cel} all=${quoted(expression(random, 3))}}`,
      `:claim[Some]{over="applications" of=${cel} count=${cel}}`,
      `::diagram{view="projects" where=${cel}}`,
    ]);
  });
  return { 'docs/p.md': `${lines.join('\n\n')}\n` };
}

function expression(random: Random, depth: number): string {
  const inner = () => expression(random, depth - 1);
  return random.weighted<() => string>([
    [2, () => random.pick(fields)],
    [
      2,
      () =>
        random.pick([
          '1',
          '-1',
          '1.5',
          "'a'",
          'true',
          'null',
          '[]',
          '{}',
          "b'x'",
          '0u',
          "'\\u0041'",
          '1e400',
        ]),
    ],
    [1, () => `'${hostileText(random).replaceAll(/['\\\n\r]/g, '')}'`],
    [
      depth,
      () =>
        `${inner()} ${random.pick(['==', '!=', '<', '>=', '&&', '||', '+', '-', '*', '/', '%', 'in'])} ${inner()}`,
    ],
    [depth, () => `(${inner()})${random.pick(['', '.x', '[0]', "['a']", '.?a.orValue(1)', '[?0]'])}`],
    [depth, () => `${random.pick(functions)}(${random.some(3, inner).join(', ')})`],
    [
      depth,
      () =>
        `${inner()}.${random.pick(methods)}(${random.pick(['', inner(), `x, ${inner()}`, `x, x, ${inner()}`])})`,
    ],
    [depth, () => `${inner()} ? ${inner()} : ${inner()}`],
    [depth, () => `[${random.some(3, inner).join(', ')}]`],
    [depth, () => `{${random.some(2, () => `${inner()}: ${inner()}`).join(', ')}}`],
    [depth, () => `${random.pick(['!', '-', '--', '!!'])}${inner()}`],
    [1, () => hostileText(random)],
  ])();
}

function block(random: Random): string {
  const word = () => hostileText(random).replaceAll(/\n/g, ' ');
  const near = () => random.pick([...names, ...fields, ...views, ...files]);
  const some = () => (random.chance(0.5) ? near() : word());
  const attribute = () => `${random.pick(attributes)}=${quoted(some())}`;
  const several = () => `{${random.some(4, attribute).join(' ')}}`;
  return random.weighted<() => string>([
    [3, () => `::${random.pick(directives)}[${some()}]${several()}`],
    [
      3,
      () =>
        `Text :${random.pick(directives)}[${some()}]${several()} and :fact[${some()}]{count="kind == '${word()}'"}.`,
    ],
    [2, () => `:::${random.pick(directives)}${several()}\n${block(random)}\n:::`],
    [2, () => `::table{view="${random.pick(views)}" ${attribute()} ${attribute()}}`],
    [1, () => `::diagram{view="${random.pick(views)}" ${attribute()}}`],
    [
      2,
      () =>
        `<!-- plumbline:table ${random.pick(views)} ${attribute()} -->\n\n| a | b |\n|--|--|\n| ${some()} | ${some()} |\n\n<!-- /plumbline:table -->`,
    ],
    [
      1,
      () =>
        `<!-- plumbline-ignore ${random.pick(['path-missing', 'link-broken', word()])}: ${word()} -->\n${block(random)}`,
    ],
    [
      2,
      () =>
        `\`\`\`yaml source="${random.pick(files)}" ${random.pick(['at', 'resource', 'lines'])}=${quoted(some())}\n${random.pick(['a: b', '# …', 'metadata:\n  name: a', ''])}\n\`\`\``,
    ],
    [
      2,
      () =>
        `\`\`\`${random.pick(['sh', 'console', 'bash'])}\n${random.some(3, () => command(random)).join('\n')}\n\`\`\``,
    ],
    [
      2,
      () =>
        `[${some()}](${some()}) ![${some()}](${random.pick(files)}) <${some()}> [a][${some()}]\n\n[a]: ${some()} "${some()}"`,
    ],
    [2, () => `\`${some()}\` and \`\`${some()}\`\` and \`${random.pick(files)}\``],
    [1, () => `${'#'.repeat(random.between(1, 7))} ${some()} {#${some()}}`],
    [1, () => `${random.pick(['> ', '- ', '1. ', '    ', '\t', '| ', '[^1]: '])}${block(random)}`],
    [
      1,
      () =>
        `<${random.pick(['a', 'img', 'Card', 'script', 'details', '!DOCTYPE', '?x', '/p'])} href="${some()}" src={${some()}} id='${some()}'>${some()}`,
    ],
    [
      1,
      () =>
        random
          .pick(['[', '*', '_', '> ', '- ', '`', '<', '(', '![', '~~', '|', '\\', '&#0;', ':::'])
          .repeat(random.pick([3, 40, 400])),
    ],
    [1, () => random.some(4, word).join(' ')],
  ])();
}

function command(random: Random): string {
  const word = () =>
    random.chance(0.5) ? random.pick([...names, ...files]) : hostileText(random).replaceAll('\n', ' ');
  return random.pick([
    `kubectl ${random.pick(['get', 'describe', 'apply', 'logs', 'diff', word()])} ${word()} -${random.pick(['n', 'f', 'k', 'o'])} ${word()}`,
    `$ argocd app ${random.pick(['get', 'sync', 'diff'])} ${word()} --${word()}`,
    `helm ${random.pick(['template', 'upgrade', 'install'])} ${word()} ${word()} -f ${word()} --set ${word()}=${word()}`,
    `kustomize build ${word()} | kubectl apply -f -`,
    `for x in ${word()} ${word()}; do kyverno apply "$x" <<EOF\n${word()}\nEOF\ndone`,
    `if [ ${word()}; then $(kubectl get ${word()}`,
    `${word()} && ${word()} "$\{${word()}}" \\\n  ${word()}`,
  ]);
}

function frontMatter(random: Random): string {
  const lines = random.some(
    5,
    () =>
      `${random.pick(['title', 'description', 'draft', 'slug', 'prev', 'next', 'hero', 'sidebar', 'head', 'banner', 'plumbline'])}: ${random.pick([hostileText(random), 'true', '{text: a, link: x}', '{actions: [{text: a, link: /x/}], image: {file: ./x.png}}', '[', '|\n  a'])}`,
  );
  return `---\n${lines.join('\n')}\n${random.pick(['---\n', '--- \n', '...\n', ''])}`;
}

function mdx(random: Random): string {
  const word = hostileText(random);
  return random.pick([
    `\nimport X from '${word.replaceAll(/['\n\r]/g, '')}'\n`,
    `\nexport const a = ${word}\n`,
    `\n<X a={${word}}>{${word}}</X>\n`,
    '\n<X>\n',
    '\n{/* plumbline:table resources */}\n\n{/* /plumbline:table */}\n',
    '\n{`${1}`}\n',
    '\n<a.b.c {...x} />\n',
  ]);
}

/** Beside the page: others that it may link to, and what says that there is a site. */
function site(random: Random): Files {
  if (!random.chance(0.25)) return {};
  return {
    'docs/q/index.md': '# Q\n\n[p](../p.md#a)\n',
    'docs/q.md': '---\ntitle: Q\nslug: q\n---\n',
    'astro.config.mjs': mutated(
      "import { defineConfig } from 'astro/config';\nexport default defineConfig({ site: 'https://a.example', base: '/b', trailingSlash: 'always', redirects: { '/x': '/q/' } });\n",
      random,
    ),
    ...(isHostilePath(hostileText(random)) ? { 'public/a.svg': '<svg/>' } : {}),
  };
}

function quoted(text: string): string {
  return text.includes('"') ? `'${text.replaceAll("'", '')}'` : `"${text.replaceAll('\n', ' ')}"`;
}

const directives = ['table', 'fact', 'claim', 'diagram', 'tabel', 'note', 'constructor', 'fact2', 'x'];
const attributes = [
  'view',
  'where',
  'columns',
  'sort',
  'group',
  'limit',
  'caption',
  'count',
  'value',
  'of',
  'all',
  'any',
  'none',
  'over',
  'title',
  'covers',
  'layout',
  'id',
  'x',
];
const views = [...Object.keys({ ...tableViews, ...diagramViews }), 'nothing'];
const files = [
  'K8s/a.yaml',
  'K8s/',
  'K8s/*.yaml',
  'K8s/none.yaml',
  './p.md',
  '../K8s/a.yaml',
  '/p/',
  '#a',
  'q.md#',
  'K8s/a.yaml:3',
  'docs/',
  '../../x',
];
const fields = [
  'kind',
  'name',
  'namespace',
  'wave',
  'spec',
  'labels',
  'annotations',
  'file',
  'layer',
  'application',
  'stack',
  'written',
  'resource',
  'spec.a.b',
  "labels['a']",
  'metadata.name',
  'self',
  'resources',
  'applications',
  "application('a')",
  'origin',
  'x',
];
const functions = [
  'size',
  'has',
  'glob',
  'application',
  'resource',
  'int',
  'string',
  'double',
  'timestamp',
  'duration',
  'type',
  'dyn',
  'max',
  'count',
  'x',
];
const methods = [
  'all',
  'exists',
  'exists_one',
  'filter',
  'map',
  'size',
  'contains',
  'startsWith',
  'matches',
  'split',
  'join',
  'orValue',
  'getHours',
  'replace',
  'substring',
  'lowerAscii',
  'x',
];
