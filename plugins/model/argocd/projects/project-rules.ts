/** The rules of a project together with those that global projects lend it. */
import { isObject, type JsonObject, objectAt, oncePer, textAt } from '../../../base/index.ts';
import type { ResourceIndex } from '../../resource-index.ts';
import type { Resource } from '../../types.ts';
import { type SettingsTest, settingsMap } from '../settings.ts';
import { globalProjectsFor, globalProjectsOf, mergeVirtualProject } from './global-projects.ts';

/**
 * The `spec` that Argo CD judges each project by, and which projects lent to it; worked out once for each.
 */
export function createProjectRules(
  lookup: ResourceIndex,
  isOpen: SettingsTest,
): (project: Resource) => ProjectRules {
  const known = new Map<string, ProjectRules>();
  return (project) => {
    const rules = known.get(project.id) ?? mergeRules(project, lookup, isOpen);
    known.set(project.id, rules);
    return rules;
  };
}

function mergeRules(project: Resource, lookup: ResourceIndex, isOpen: SettingsTest): ProjectRules {
  const spec = objectAt(project.rendered, 'spec');
  const settings = settingsMap('argocd-cm', project.namespace, { lookup });
  const globals = settings === undefined ? [] : globalsOf(settings);
  const named = (name: string): Resource | undefined =>
    lookup.find('argoproj.io', 'AppProject', project.namespace, name);
  const lenders = globalProjectsFor(project, globals, (name) => named(name) !== undefined);
  const rules = lenders.reduce<JsonObject>(
    (merged, name) => mergeVirtualProject(merged, objectAt(named(name)?.rendered, 'spec')),
    spec,
  );
  return {
    spec: rules,
    globalProjects: lenders,
    mayBeLentMore: isOpen(settings, 'globalProjects'),
  };
}

const globalsOf = oncePer(({ rendered }: Resource) =>
  globalProjectsOf(textAt(rendered, 'data', 'globalProjects')),
);

/**
 * Whether Secrets of the repository give a project repositories or clusters of its own. Which ones is in
 * their values, which are not read.
 */
export function hasScopedSecrets(
  type: 'repository' | 'cluster',
  { lookup }: { lookup: ResourceIndex },
): boolean {
  return lookup.ofKind('', 'Secret').some(({ labels, rendered }) => {
    const kind = labels['argocd.argoproj.io/secret-type'] ?? '';
    const fits = kind === type || (type === 'repository' && kind === 'repo-creds');
    return fits && [rendered.data, rendered.stringData].some((data) => isObject(data) && 'project' in data);
  });
}

export interface ProjectRules {
  spec: JsonObject;
  /** Names. */
  globalProjects: string[];
  /** True where argocd-cm is in sight and what it says of global projects is not known. */
  mayBeLentMore: boolean;
}
