import { charts } from './kinds/charts.ts';
import { diagrams } from './kinds/diagrams.ts';
import { kustomizations } from './kinds/kustomizations.ts';
import { shapes, syntax } from './kinds/manifests.ts';
import { damaged, expressions, written } from './kinds/pages.ts';
import { configurations, fileNames, repositories } from './kinds/surroundings.ts';
import { createRandom, type Random } from './random.ts';
import type { Files } from './repository.ts';
import { samples } from './samples.ts';
import type { Seeds } from './seeds.ts';
import { reshaped } from './shapes.ts';

/**
 * Every kind of input, with how often it comes. Engines take a hundred times as long as parsers, so what
 * starts one comes seldom. Pages and manifests may lie together in one repository, as each is read for
 * itself; what a whole repository hangs on is tried alone.
 */
export const kinds: Record<string, Kind> = {
  shapes: { weight: 26, together: true, make: shapes },
  syntax: { weight: 16, together: true, make: syntax },
  sets: {
    weight: 12,
    together: true,
    make: (random) => ({
      'K8s/m.yaml': reshaped(random.pick(samples.sets ?? []), random),
      'K8s/a/config.json': '{"a": {"b": 1}}',
    }),
  },
  pages: { weight: 16, together: true, make: written },
  'damaged-pages': { weight: 9, together: true, make: damaged },
  expressions: { weight: 10, together: true, make: expressions },
  configurations: { weight: 5, make: configurations },
  names: { weight: 4, make: fileNames },
  repositories: { weight: 0.2, make: repositories },
  kustomizations: { weight: 0.7, make: kustomizations },
  charts: { weight: 0.15, make: charts },
  diagrams: { weight: 0.5, make: diagrams },
};

/** The repository of a number: the same for the same seed, whatever ran before. */
export function repositoryOf(number: number, { seed, kind }: Drawn, seeds: Seeds): Repository {
  const random = createRandom(seed, number);
  const first = kind ?? random.weighted(alone);
  const more = kinds[first]?.together ? random.below(2 * beside + 1) : 0;
  const inputs = [first, ...Array.from({ length: more }, () => kind ?? random.weighted(together))];
  const made: Files = {};
  for (const [index, name] of inputs.entries())
    for (const [path, content] of Object.entries(kinds[name]?.make(random, seeds) ?? {}))
      made[apart(path, index)] ??= content;
  const value = `Hunter${number}Planted`;
  const hasSecret = random.chance(0.3);
  const files: Files = { ...around, ...(hasSecret ? planted(random, value) : {}), ...made };
  if (random.chance(0.06)) misplace(files, random);
  return { number, inputs, files, planted: hasSecret ? value : null };
}

/** Of several inputs each has a folder of its own; there is one site. */
function apart(path: string, index: number): string {
  return index === 0 ? path : path.replace(/^(K8s|docs)\//, `$1/${index}/`);
}

/** How many inputs lie beside another on the average, where they may. */
const beside = 4;
const together = Object.entries(kinds).flatMap(([name, kind]) =>
  kind.together ? [[kind.weight, name] as const] : [],
);
/** What is tried alone has as large a share of all inputs as its weight says. */
const alone = Object.entries(kinds).map(
  ([name, kind]) => [kind.weight * (kind.together ? 1 : beside + 1), name] as const,
);

/** Something else in the place of a file, or where a program looks for one: a folder, or a link. */
function misplace(files: Files, random: Random): void {
  const path = random.pick([...Object.keys(files), ...looked]);
  Reflect.deleteProperty(files, path);
  if (random.chance(0.4)) files[`${path}/x`] = 'x\n';
  else
    files[path] = {
      link: random.pick([
        '.',
        '..',
        '../..',
        path.replace(/.*\//, ''),
        'none',
        '/',
        '/etc/hostname',
        '/dev/null',
        'a.yaml',
      ]),
    };
  if (random.chance(0.5)) files['astro.config.mjs'] ??= 'export default { integrations: [plumbline()] };\n';
}

const looked = [
  'K8s',
  'docs',
  'IT',
  '.git',
  '.gitmodules',
  '.gitignore',
  '.git/HEAD',
  '.git/config',
  '.git/commondir',
  '.git/index',
  'plumbline.yaml',
  'astro.config.mjs',
  'src/pages/a',
  'src/content/docs',
  'public',
  'public/a',
  'docs/a',
  'docs/index.mdx',
  'docs/README.md',
  'K8s/kustomization.yaml',
  'K8s/Chart.yaml',
  'K8s/values.yaml',
  'K8s/templates',
];

/** So little that a run is quick, and enough that statements have something to be about. */
const around: Files = {
  'K8s/a.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop, labels: {a: b}}\ndata: {x: z}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n',
  'docs/index.md': '# A\n\n`ConfigMap/a` and :fact[2]{count="kind == \'ConfigMap\'"}, see [p](p.md).\n',
};

/** A Secret, whole or damaged where that leaves no doubt that it is one. */
function planted(random: Random, value: string): Files {
  const text = [
    'apiVersion: v1',
    'kind: Secret',
    'metadata: {name: planted}',
    'stringData:',
    `  password: ${value}`,
    `  more: "${value}"`,
    'type: Opaque',
  ];
  const damage = random.pick([
    '',
    '',
    '',
    '  : [',
    '\t- x',
    '  z: "',
    '  q: *none',
    '}',
    '  a: b: c',
    '\0',
    '  password: other',
    '!!binary',
    '? {',
  ]);
  if (damage !== '') text.splice(random.between(3, text.length), 0, damage);
  return { 'K8s/planted.yaml': `${text.join('\n')}\n` };
}

interface Kind {
  weight: number;
  /** It lies beside others in one repository. */
  together?: true;
  make: (random: Random, seeds: Seeds) => Files;
}

interface Drawn {
  seed: number;
  /** Only this kind. */
  kind?: string | undefined;
}

export interface Repository {
  number: number;
  /** The kind of each input in it. */
  inputs: string[];
  files: Files;
  /** A value that nothing may show; null where none was planted. */
  planted: string | null;
}
