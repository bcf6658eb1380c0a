import { counted, firstOf, inCode } from '../../base/index.ts';
import type { Platform } from '../../platform/index.ts';

/** What was found in a repository, in lines for whoever asked. */
export function survey({ config, model, sources }: Platform): string[] {
  const { applications, applicationSets, projects, kustomizations, helmReleases, resources } = model;
  const argo = [
    applications.length > 0 && counted(applications.length, 'application'),
    applicationSets.length > 0 && counted(applicationSets.length, 'application set'),
    projects.length > 0 && counted(projects.length, 'project'),
  ].filter((part) => part !== false);
  const flux = [
    kustomizations.length > 0 && counted(kustomizations.length, 'Kustomization'),
    helmReleases.length > 0 && counted(helmReleases.length, 'HelmRelease'),
  ].filter((part) => part !== false);
  const stacks = model.stacks.filter((stack) => stack.applicationSet !== null).map(({ name }) => name);
  return [
    `manifests   ${counted(sources.files.size, 'file')}, ${counted(resources.length, 'resource')} after rendering`,
    ...(argo.length > 0 ? [`Argo CD     ${argo.join(', ')}`] : []),
    ...(flux.length > 0 ? [`Flux        ${flux.join(', ')}`] : []),
    ...(argo.length + flux.length === 0 ? ['deployer    none: neither Argo CD nor Flux is seen'] : []),
    ...(stacks.length > 0 ? [`stacks      ${firstOf(stacks.map(inCode), 6)}`] : []),
    `layers      ${layerWords(config.layers)}`,
    `repository  ${config.repository.urls.join(', ') || 'no Git remote'}`,
    ...unknowns(model.unverified),
  ];
}

/** Folders at the top that hold manifests, those that are usually applied by hand apart. */
export function topFolders({ sources }: Platform): { bootstrap: string[]; gitops: string[] } {
  const tops = [...sources.files.keys()].flatMap((file) =>
    file.includes('/') ? [file.split('/', 1)[0]] : [],
  );
  const folders = [...new Set(tops)].filter((name) => name !== undefined && !name.startsWith('.')).toSorted();
  const names = folders.filter((name) => name !== undefined);
  const bootstrap = names.filter((name) => /^(?:cluster-)?bootstrap$/i.test(name));
  return { bootstrap, gitops: names.filter((name) => !bootstrap.includes(name)) };
}

function layerWords({ bootstrap, gitops }: Platform['config']['layers']): string {
  if (bootstrap.length === 0 && gitops.join() === '.')
    return 'everything under the root is read as reconciled';
  const of = (name: string, folders: string[]) =>
    folders.length > 0 ? [`${name} ${folders.map(inCode).join(', ')}`] : [];
  return [...of('bootstrap', bootstrap), ...of('gitops', gitops)].join('; ');
}

function unknowns(unverified: Platform['model']['unverified']): string[] {
  const numbers = new Map<string, number>();
  for (const { kind } of unverified) numbers.set(kind, (numbers.get(kind) ?? 0) + 1);
  return [...numbers]
    .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([kind, many]) => `not known   ${counted(many, kind)}${cures[kind] ?? ''}`);
}

const cures: Record<string, string> = {
  generator: ': say under `generators` in plumbline.yaml what it would find',
  chart: ': keep it as `charts/NAME-VERSION/NAME` beside the kustomization that names it',
};
