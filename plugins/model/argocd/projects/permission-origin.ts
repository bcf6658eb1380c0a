/** Where an Application comes from: the namespace that it lives in, the repositories that it reads. */
import { isObject, type JsonObject, type JsonPath, textAt } from '../../../base/index.ts';
import type { Reason } from '../../finding-types.ts';
import { settingsMap } from '../settings.ts';
import { sourcesOf } from '../sources/deployments.ts';
import { isSourcePermitted } from '../sources/permitted-sources.ts';
import { type Question, sourceOf } from './permission-parts.ts';
import { sourceReposOf } from './project-lists.ts';
import { isAppNamespacePermitted, isNamespaceEnabled } from './project-namespaces.ts';
import { hasScopedSecrets } from './project-rules.ts';

export function checkNamespace(question: Question, reasons: Reason[]): void {
  const { application, rules, name, project, refuse, unknown, context } = question;
  const home = project.namespace;
  const own = application.namespace;
  if (own === null || home === null || own === home) return;
  const list = Array.isArray(rules.sourceNamespaces) ? rules.sourceNamespaces : [];
  const allowed = list.filter((entry) => typeof entry === 'string');
  const permitted = isAppNamespacePermitted(allowed, own, home);
  if (permitted === null) {
    unknown.push(`whether a regular expression of \`sourceNamespaces\` of project ${name} fits \`${own}\``);
  } else if (!permitted) {
    refuse(
      'namespace',
      `application in namespace \`${own}\` is not permitted to use project \`${name}\``,
      [application, ['metadata', 'namespace']],
      ['spec', 'sourceNamespaces'],
      allowed.length > 0 ? `one of ${allowed.join(', ')}` : `namespace ${home}`,
      own,
    );
  }
  const parameters = settingsMap('argocd-cmd-params-cm', home, context);
  const enabled = textAt(parameters?.rendered, 'data', 'application.namespaces');
  if (!parameters || enabled === undefined) return;
  const entries = enabled.split(',').map((entry) => entry.trim());
  const isEnabled = isNamespaceEnabled(own, home, entries);
  if (isEnabled === null)
    unknown.push(`whether a regular expression of \`application.namespaces\` fits \`${own}\``);
  if (isEnabled !== false) return;
  reasons.push({
    message: `Argo CD does not look for applications in namespace \`${own}\``,
    about: 'namespace that is not enabled',
    expected: `one of ${entries.join(', ')}`,
    actual: own,
    help: 'Add the namespace to `application.namespaces`, or move the application.',
    application: sourceOf(application, ['metadata', 'namespace'], 'application', context),
    project: sourceOf(parameters, ['data', 'application.namespaces'], 'settings', context),
  });
}

export function checkSources({ application, spec, rules, name, refuse, unknown, context }: Question): void {
  const repos = sourceReposOf(rules);
  for (const { url, path } of repositoriesOf(spec)) {
    if (url === '' || isSourcePermitted(repos, url)) continue;
    // A repository that belongs to a project is permitted in it.
    if (hasScopedSecrets('repository', context)) {
      unknown.push(`whether \`${url}\` is a repository of project ${name} itself`);
      continue;
    }
    refuse(
      'source',
      `application repo \`${url}\` is not permitted in project \`${name}\``,
      [application, path],
      ['spec', 'sourceRepos'],
      repos.join(', ') || 'nothing',
      url,
    );
  }
}

/**
 * Every repository that an Application names: those of its sources, or of a hydrator its dry and its sync
 * source.
 */
function repositoriesOf(spec: JsonObject): { url: string; path: JsonPath }[] {
  if (isObject(spec.sourceHydrator)) {
    return ['drySource', 'syncSource'].flatMap((key) => {
      const url = textAt(spec.sourceHydrator, key, 'repoURL') ?? '';
      return url === '' ? [] : [{ url, path: ['spec', 'sourceHydrator', key, 'repoURL'] }];
    });
  }
  const several = Array.isArray(spec.sources) && spec.sources.length > 0;
  return sourcesOf(spec).map((source, index) => ({
    url: textAt(source, 'repoURL') ?? '',
    path: several ? ['spec', 'sources', index, 'repoURL'] : ['spec', 'source', 'repoURL'],
  }));
}
