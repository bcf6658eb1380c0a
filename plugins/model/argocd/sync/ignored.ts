/** What argocd-cm leaves out of comparisons on the whole platform. */
import { compareText, objectAt } from '../../../base/index.ts';
import type { BuildContext } from '../../context.ts';
import type { IgnoredDifference } from '../../types.ts';
import { resourceOverrides } from './ignore-differences.ts';

export function ignoredDifferencesOf(context: BuildContext): IgnoredDifference[] {
  const found: IgnoredDifference[] = [];
  for (const config of context.lookup.ofKind('', 'ConfigMap')) {
    if (config.name !== 'argocd-cm') continue;
    const { overrides } = resourceOverrides(objectAt(config.rendered, 'data'));
    for (const [key, lists] of overrides) {
      // What Argo CD does by itself (`/status`) is nobody's line.
      if (lists.from === null) continue;
      const slash = key.indexOf('/');
      found.push({
        group: slash < 0 ? '' : key.slice(0, slash),
        kind: key.slice(slash + 1),
        name: null,
        namespace: null,
        fields: [
          ...lists.jqPathExpressions,
          ...lists.jsonPointers.filter((pointer) => lists.written.includes(pointer)),
          ...lists.managedFieldsManagers,
        ],
        origin: context.locate(config, ['data', lists.from]),
      });
    }
  }
  return found.sort((a, b) => compareText(`${a.group}/${a.kind}`, `${b.group}/${b.kind}`));
}
