import { counted, pluralOf } from '../../base/index.ts';
import { isMadeSecret, type Model } from '../../model/index.ts';

/** What there is in numbers, the fullest sentence first. */
export function summarySentences(model: Model): string[] {
  const { applications, applicationSets, projects, kustomizations, helmReleases } = model;
  const argo = [
    counting(applications.length, 'application', 'applications'),
    counting(projects.length, 'project', 'projects'),
    counting(applicationSets.length, 'ApplicationSet', 'applicationsets'),
  ];
  const flux = [
    counting(kustomizations.length, 'Kustomization', 'kustomizations'),
    counting(helmReleases.length, 'HelmRelease', 'helmreleases'),
  ];
  // What a controller makes counts as declared here, and is held by no manifest.
  const made = new Set(model.resources.filter(isMadeSecret).map(({ kind }) => kind));
  const kinds = kindsOf(model)
    .filter(({ name }) => !made.has(name))
    .slice(0, 6)
    .map(({ name, many }) => {
      const noun = many === 1 ? name : pluralOf(name);
      return `:fact[${many}]{count="written && kind == '${name}'"} ${noun}`;
    });
  return [
    sentence('Argo CD runs', argo.flat()),
    sentence('Argo CD runs', argo.flat().slice(0, 1)),
    sentence('Flux runs', flux.flat()),
    sentence('The manifests of this repository hold', kinds.slice(0, 3)),
    ...kinds.map((kind) => sentence('The manifests of this repository hold', [kind])),
  ].filter((line) => line !== '');
}

function counting(number: number, one: string, over: string): string[] {
  if (number === 0) return [];
  const noun = counted(number, one).replace(/^\d+ /, '');
  return [`:fact[${number}]{count="written" over="${over}"} ${noun}`];
}

function sentence(begin: string, parts: string[]): string {
  if (parts.length === 0) return '';
  const list = [parts.slice(0, -1).join(', '), ...parts.slice(-1)].filter(Boolean).join(' and ');
  return `${begin} ${list}.`;
}

/** Kinds, the most frequent first; what is written as none of Kubernetes' is left out. */
export function kindsOf({ resources }: Model): { name: string; many: number }[] {
  const numbers = new Map<string, number>();
  for (const { kind } of resources) numbers.set(kind, (numbers.get(kind) ?? 0) + 1);
  return [...numbers]
    .map(([name, many]) => ({ name, many }))
    .filter(({ name }) => /^[A-Z][A-Za-z0-9]{0,62}$/.test(name))
    .toSorted((a, b) => b.many - a.many || (a.name < b.name ? -1 : 1));
}
