/** The rules of a project together with those that global projects lend it. */
import { isObject, type JsonObject, objectAt, textAt } from '../../../base/index.ts';
import type { BuildContext } from '../../context.ts';
import type { Resource } from '../../types.ts';
import { settingsMap } from '../settings.ts';
import { globalProjectsFor, globalProjectsOf, mergeVirtualProject } from './global-projects.ts';

/** The `spec` that Argo CD judges by, and which projects lent to it. */
export function rulesOf(project: Resource, context: BuildContext): ProjectRules {
  const known = cache.get(context.lookup) ?? new Map<string, ProjectRules>();
  cache.set(context.lookup, known);
  const found = known.get(project.id) ?? workOut(project, context);
  known.set(project.id, found);
  return found;
}

function workOut(project: Resource, context: BuildContext): ProjectRules {
  const spec = objectAt(project.rendered, 'spec');
  const settings = settingsMap('argocd-cm', project.namespace, context);
  const globals = globalProjectsOf(textAt(settings?.rendered, 'data', 'globalProjects'));
  const named = (name: string): Resource | undefined =>
    context.lookup.find('argoproj.io', 'AppProject', project.namespace, name);
  const lenders = globalProjectsFor(project, globals, (name) => named(name) !== undefined);
  const rules = lenders.reduce<JsonObject>(
    (merged, name) => mergeVirtualProject(merged, objectAt(named(name)?.rendered, 'spec')),
    spec,
  );
  return { spec: rules, globalProjects: lenders };
}

/**
 * Whether Secrets of the repository give a project repositories or clusters of its own. Which ones is in their values, which are not read.
 */
export function hasScopedSecrets(type: 'repository' | 'cluster', context: BuildContext): boolean {
  return context.lookup.ofKind('', 'Secret').some(({ labels, rendered }) => {
    const kind = labels['argocd.argoproj.io/secret-type'] ?? '';
    const fits = kind === type || (type === 'repository' && kind === 'repo-creds');
    return fits && [rendered.data, rendered.stringData].some((data) => isObject(data) && 'project' in data);
  });
}

const cache = new WeakMap<object, Map<string, ProjectRules>>();

interface ProjectRules {
  spec: JsonObject;
  /** Names. */
  globalProjects: string[];
}
