import { parse } from 'yaml';
import type { Random } from '../random.ts';
import type { Files } from '../repository.ts';
import { kustomization, samples } from '../samples.ts';
import type { Seeds } from '../seeds.ts';
import { reshape, written } from '../shapes.ts';
import { mutated } from '../text.ts';
import { hostileText } from '../words.ts';

/**
 * A kustomization of a few fields that may stand in one, some of them wrong, over files that may be wrong.
 */
export function kustomizations(random: Random, seeds: Seeds): Files {
  const all = parse(kustomization) as Record<string, unknown>;
  const names = Object.keys(all);
  const chosen = ['resources', ...random.some(4, () => random.pick(names))];
  const value = Object.fromEntries(chosen.map((name) => [name, all[name]]));
  if (random.chance(0.5)) value.resources = ['a.yaml'];
  if (random.chance(0.6)) reshape([value], random);
  let text = written([value], random);
  if (random.chance(0.2))
    text = mutated(random.pick([text, random.pick(seeds.kustomizations)]), random, text);
  const files: Files = {
    [`K8s/k/${random.pick(['kustomization.yaml', 'kustomization.yaml', 'kustomization.yml', 'Kustomization'])}`]:
      text,
    ...beside,
    ...around(random),
  };
  for (const path of Object.keys(files)) {
    const content = files[path];
    if (path.startsWith('K8s/k/k') || typeof content !== 'string') continue;
    if (random.chance(0.1)) files[path] = mutated(content, random);
    else if (random.chance(0.05)) Reflect.deleteProperty(files, path);
    else if (random.chance(0.02))
      files[path] = {
        link: random.pick([
          '.',
          '..',
          'a.yaml',
          '/etc/hostname',
          hostileText(random).replaceAll('\0', '') || 'x',
        ]),
      };
  }
  return files;
}

function around(random: Random): Files {
  if (!random.chance(0.3)) return {};
  return random.pick<Files>([
    { 'K8s/other/kustomization.yaml': 'resources: [../k]\n' },
    { 'K8s/k/base/kustomization.yaml': 'resources: [../../k]\n' },
    { 'K8s/other/kustomization.yaml': 'components: [../k/component]\n', 'K8s/other/b.yaml': 'a: [' },
    { 'K8s/app.yaml': random.pick(samples.applications ?? ['']) },
  ]);
}

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: "b:c"}\n';
const deployment =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w}\nspec: {template: {spec: {containers: [{name: c, image: "i:1"}]}}}\n';

const beside: Files = {
  'K8s/k/a.yaml': `${configMap}---\n${deployment}`,
  'K8s/k/p.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w}\nspec: {replicas: 2}\n',
  'K8s/k/j.yaml': '- {op: replace, path: /data/x, value: z}\n',
  'K8s/k/r.yaml':
    'source: {kind: ConfigMap, name: a, fieldPath: data.x}\ntargets: [{select: {kind: ConfigMap}, fieldPaths: [data.n], options: {create: true}}]\n',
  'K8s/k/f.txt': 'text\n',
  'K8s/k/e.env': 'A=b\n# c\n',
  'K8s/k/g.yaml': 'apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: gen}\nliterals: [a=b]\n',
  'K8s/k/t.yaml':
    'apiVersion: builtin\nkind: LabelTransformer\nmetadata: {name: t}\nlabels: {a: b}\nfieldSpecs: [{path: metadata/labels, create: true}]\n',
  'K8s/k/base/kustomization.yaml': 'resources: [b.yaml]\n',
  'K8s/k/base/b.yaml': configMap.replace('name: a', 'name: b'),
  'K8s/k/component/kustomization.yaml':
    'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{target: {kind: ConfigMap}, patch: "- {op: add, path: /data/n, value: m}"}]\n',
  'K8s/k/charts/chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
  'K8s/k/charts/chart/templates/a.yaml': configMap.replace('b:c', '{{ .Values.a }}'),
};
