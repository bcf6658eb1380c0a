import { counted, firstOf, inCode } from '../../base/index.ts';
import type { Platform } from '../../platform/index.ts';
import { differingOverlays } from '../../query/index.ts';
import type { Remedy, Unverified, UnverifiedKind } from '../../source/index.ts';
import { idleCharts, rootCharts } from './root-charts.ts';

/** What was found in a repository, as lines of a label and what was found of it. */
export function survey(platform: Platform): [string, string][] {
  const { config, model, sources } = platform;
  const { applications, applicationSets, projects, kustomizations, helmReleases, resources } = model;
  const some = (list: readonly unknown[], one: string) =>
    list.length > 0 ? [counted(list.length, one)] : [];
  const argo = [
    ...some(applications, 'application'),
    ...some(applicationSets, 'ApplicationSet'),
    ...some(projects, 'project'),
  ];
  const flux = [...some(kustomizations, 'Kustomization'), ...some(helmReleases, 'HelmRelease')];
  const manifests = [...sources.files.values()].filter(({ role }) => role !== 'other' && role !== 'values');
  const stacks = model.stacks.filter(isDeployed).map(({ name }) => name);
  // Those that would bring the rest come first.
  const idle = [...new Set([...rootCharts(platform).map(({ folder }) => folder), ...idleCharts(platform)])];
  const overlays = differingOverlays(platform);
  const { urls, browse } = config.repository;
  return [
    [
      'manifests',
      `${counted(manifests.length, 'file')}, ${counted(resources.length, 'resource')} after rendering`,
    ],
    ...(argo.length > 0 ? [row('Argo CD', argo.join(', '))] : []),
    ...(flux.length > 0 ? [row('Flux', flux.join(', '))] : []),
    ...(argo.length + flux.length === 0
      ? [row('deployer', 'none that is known: folders of manifests, read as they are')]
      : []),
    ...(idle.length > 0
      ? [
          row(
            'charts',
            `nothing here deploys ${firstOf(idle.map(inCode), 4)}: name what is applied by hand under \`deploy\` in plumbline.yaml`,
          ),
        ]
      : []),
    ...(overlays.things > 0
      ? [
          row(
            'overlays',
            `${firstOf(overlays.folders.map(inCode), 4)} make ${counted(overlays.things, 'thing')} differently, and nothing here says which is applied: name it under \`deploy\` in plumbline.yaml`,
          ),
        ]
      : []),
    ...(stacks.length > 0 ? [row('stacks', firstOf(stacks.map(inCode), 6))] : []),
    row('layers', layerWords(config.layers)),
    row('repository', urls.join(', ') || 'no Git remote, and no manifest names it'),
    row('links', browse === null ? 'none: of this host the address of a line is not known' : browse),
    ...unknowns(model.unverified),
  ];
}

/**
 * The folder at the top that is applied by hand, by its name and because nothing deploys what lies in it;
 * null where there is none.
 */
export function bootstrapFolder({ sources, model }: Platform): string | null {
  const tops = new Set([...sources.files.keys()].map((file) => file.split('/', 1)[0] ?? ''));
  const [folder, other] = [...tops].filter((name) => /^(?:cluster-)?bootstrap$/i.test(name)).toSorted();
  if (folder === undefined || other !== undefined) return null;
  const inside = model.resources.filter(({ origin }) => origin.file.startsWith(`${folder}/`));
  return inside.length > 0 && inside.every(({ deployer }) => deployer === null) ? folder : null;
}

function row(word: string, text: string): [string, string] {
  return [word, text];
}

function isDeployed(stack: Platform['model']['stacks'][number]): boolean {
  return stack.applications.length + stack.kustomizations.length + stack.helmReleases.length > 0;
}

function layerWords({ bootstrap, gitops }: Platform['config']['layers']): string {
  if (bootstrap.length === 0 && gitops.join() === '.') return 'everything is read as reconciled';
  const of = (name: string, folders: string[]) =>
    folders.length > 0
      ? [`${name} ${folders.map((one) => (one === '.' ? 'all else' : inCode(one))).join(', ')}`]
      : [];
  return [...of('bootstrap', bootstrap), ...of('gitops', gitops)].join('; ');
}

/** What is not known, by its reason, with what would settle it. */
function unknowns(unverified: Platform['model']['unverified']): [string, string][] {
  const numbers = new Map<string, number>();
  for (const one of unverified) {
    const words = `${reasonOf(one)}${one.remedy === undefined ? '' : `: ${remedies[one.remedy]}`}`;
    numbers.set(words, (numbers.get(words) ?? 0) + 1);
  }
  return [...numbers]
    .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([words, many]): [string, string] => ['not known', `${many} × ${words}`]);
}

function reasonOf(one: Unverified): string {
  if (one.kind !== 'chart') return reasons[one.kind] ?? 'other things that are not known here';
  if (one.chart.directory !== null)
    return 'a chart of this repository that no application renders, or that Helm refuses';
  return one.remedy === undefined ? 'a chart of which not all is known' : 'a chart from elsewhere';
}

const remedies: Record<Remedy, string> = {
  fetch: '`plumbline fetch` brings it',
  'fetch --locked': '`plumbline fetch --locked` brings it',
  generators: 'say it under `generators` in plumbline.yaml',
  deploy: 'say under `deploy` in plumbline.yaml what is applied',
};

const reasons: Partial<Record<UnverifiedKind, string>> = {
  base: 'a remote base of a kustomization',
  file: 'a file of a kustomization that is not here',
  plugin: 'what only a program makes: a plugin of kustomize or of Argo CD',
  kustomization: 'a kustomization that does not build here',
  dependent: 'what refers to something that is not known',
  repository: 'a folder of another repository',
  revision: 'a folder at another revision than this one',
  cluster: 'what only the Secrets of clusters say: name the clusters under `generators` in plumbline.yaml',
  generator: 'what a generator gives that asks a cluster or a network',
  template: 'a template of an ApplicationSet that is not rendered here',
  project: 'a project that something unread may declare',
  path: 'a folder outside of those that are read',
  jsonnet: 'what Jsonnet makes, which is a program and not run',
  source: 'a source of which it is not known what it makes',
  refused: 'a source of which Argo CD makes nothing',
  partial: 'a part of an object that something left out makes',
  options: 'what an Application adds to a kustomization',
  schema: 'a schema of values that lies elsewhere',
};
