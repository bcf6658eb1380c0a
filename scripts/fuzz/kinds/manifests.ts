import type { Random } from '../random.ts';
import type { Files } from '../repository.ts';
import { samples } from '../samples.ts';
import { oneOf, type Seeds } from '../seeds.ts';
import { reshaped } from '../shapes.ts';
import { encoded, mutated } from '../text.ts';

/** Fields of wrong shapes, in manifests of every family; now and then two families in one repository. */
export function shapes(random: Random, seeds: Seeds): Files {
  return Object.fromEntries(
    random.some(2, () => {
      const text = random.chance(0.6)
        ? random.pick(Object.values(samples).flat())
        : [oneOf(seeds, random), oneOf(seeds, random)].join('---\n');
      return [`K8s/${random.pick(['m', 'n', 'o'])}.yaml`, reshaped(text, random)];
    }),
  );
}

/** YAML that is written wrongly: syntax, indentation, anchors, tags, documents, encodings. */
export function syntax(random: Random, seeds: Seeds): Files {
  const text = random.chance(0.3)
    ? random.pick(Object.values(samples).flat())
    : random.chance(0.5)
      ? random.pick(seeds.manifests)
      : grammar(random);
  const name = random.pick(['m.yaml', 'm.yml', 'm.json', 'values.yaml', 'kustomization.yaml.bak']);
  return { [`K8s/${name}`]: encoded(mutated(text, random, random.pick(seeds.manifests)), random) };
}

/** Documents from the parts of YAML that most files never use. */
function grammar(random: Random): string {
  const node = (depth: number): string =>
    random.weighted<() => string>([
      [
        4,
        () =>
          random.pick(['x', '"q\\u0041"', "'it''s'", '1', '0o17', '~', 'null', '*a', '*b', '"\\x00"', '? k']),
      ],
      [depth, () => `&${random.pick(['a', 'b'])} ${node(depth - 1)}`],
      [
        depth,
        () =>
          `${random.pick(['!!str', '!!map', '!!seq', '!!int', '!!binary', '!x', '!', '!!set'])} ${node(depth - 1)}`,
      ],
      [depth, () => `[${random.some(3, () => node(depth - 1)).join(', ')}]`],
      [depth, () => `{${random.some(3, () => `${node(0)}: ${node(depth - 1)}`).join(', ')}}`],
      [depth, () => `{<<: ${node(depth - 1)}, k: ${node(0)}}`],
      [1, () => `${random.pick(['|', '>', '|-', '>+', '|2', '>1-'])}\n    text ${node(0)}\n\n    more\n`],
    ])();
  const head = random.pick([
    'apiVersion: v1\nkind: ConfigMap\n',
    'kind: &k ConfigMap\napiVersion: !!str v1\n',
    '',
  ]);
  const document = () =>
    `${head}metadata: {name: ${random.pick(['a', 'b', '*a', '&a c'])}}\n${random
      .some(
        4,
        () => `${random.pick(['data', 'spec', '? [a, b]\n', '<<', '"k"', '&a k', 'data'])}: ${node(3)}\n`,
      )
      .join('')}`;
  return `${random.pick(['', '%YAML 1.1\n---\n', '# c\n'])}${random.some(3, document).join(random.pick(['---\n', '--- # x\n', '...\n---\n']))}`;
}
