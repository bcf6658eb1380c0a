import type { Model } from '../../model/index.ts';
import type { Scope } from './scopes.ts';
import { kindsOf } from './summary-sentences.ts';

/** Tables and drawings that a first page could show, the most telling first; one of each is enough. */
export function firstViews(model: Model, scopes: Scope[]): { tables: string[]; diagrams: string[] } {
  const { applications, kustomizations, helmReleases, applicationSets, projects, routes, secrets } = model;
  const has = (list: unknown[], line: string) => (list.length > 0 ? [line] : []);
  return {
    tables: [
      ...has(
        applications,
        '::table{view="applications" where="written" columns="name, project, path, namespace" limit="30" caption="Applications"}',
      ),
      ...has(
        kustomizations,
        '::table{view="kustomizations" where="written" columns="name, path, dependsOn, prune" limit="30" caption="What Flux applies, and after what"}',
      ),
      ...has(helmReleases, '::table{view="helmreleases" where="written" limit="30" caption="HelmReleases"}'),
      ...has(applicationSets, '::table{view="applicationsets" where="written" caption="ApplicationSets"}'),
      ...kindsOf(model)
        .filter(({ name }) => ['Deployment', 'StatefulSet', 'Service', 'Namespace'].includes(name))
        .map(({ name }) => `::table{view="resources" where="written && kind == '${name}'" limit="30"}`),
      ...scopes.map(
        ({ of, words }) =>
          `::table{view="resources" where="${of}" limit="30" caption="${words.replaceAll('`', '')}"}`,
      ),
    ],
    diagrams: [
      ...has(
        kustomizations.filter(({ dependsOn }) => dependsOn.length > 0),
        '::diagram{view="dependencies"}',
      ),
      ...has(projects.slice(1), '::diagram{view="projects"}'),
      ...has(applications, '::diagram{view="applications"}'),
      ...has(routes, '::diagram{view="routes"}'),
      ...has(secrets, '::diagram{view="secrets"}'),
    ],
  };
}
